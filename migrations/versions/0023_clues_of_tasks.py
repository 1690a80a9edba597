"""which clue a task is about

Revision ID: 0023
Revises: 0020
"""
import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("task") as batch_op:
        batch_op.add_column(sa.Column("clue_id", sa.Integer()))
        batch_op.create_foreign_key("fk_task_clue_id_clue", "clue", ["clue_id"], ["id"])


def downgrade():
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_constraint("fk_task_clue_id_clue", type_="foreignkey")
        batch_op.drop_column("clue_id")
