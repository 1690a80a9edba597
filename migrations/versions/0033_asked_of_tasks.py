"""a task's row says whether colleagues are asked about it

Revision ID: 0033
Revises: 0030
"""
import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0030"
branch_labels = None
depends_on = None

OF_OPEN_ONES = """
UPDATE task SET asked = CASE
    WHEN id IN (SELECT task_id FROM held_form) THEN 'held'
    WHEN id IN (SELECT task_id FROM task_sign WHERE state = 'asked') THEN 'asked'
    ELSE 'later' END
WHERE state = 'open' AND id IN (SELECT task_id FROM task_sign WHERE state IN ('asked', 'later'))
"""


def upgrade():
    op.add_column("task", sa.Column("asked", sa.String(), nullable=False, server_default=""))
    op.execute(OF_OPEN_ONES)


def downgrade():
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_column("asked")
