"""which process a task runs in

Revision ID: 0058_task_floor
Revises: 0057_draft_value_seen
"""
import sqlalchemy as sa
from alembic import op

revision = "0058_task_floor"
down_revision = "0057_draft_value_seen"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("task", sa.Column("floor", sa.String(), nullable=False, server_default=""))


def downgrade():
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_column("floor")
