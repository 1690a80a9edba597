"""a task's row says which limit ends first, where that is not its own

Revision ID: 0034
Revises: 0033
"""
import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("task", sa.Column("due_name", sa.String(), nullable=False, server_default=""))


def downgrade():
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_column("due_name")
