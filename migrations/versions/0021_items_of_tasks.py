"""which of several alike a task is about

Revision ID: 0021
Revises: 0017
"""
import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("task") as batch_op:
        batch_op.add_column(sa.Column("item", sa.String(), nullable=False, server_default=""))


def downgrade():
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_column("item")
