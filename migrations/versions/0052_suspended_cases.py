"""a case that an operator has suspended: since when, why, and which deadlines go on with it

Revision ID: 0052_suspended
Revises: 0051
"""
import sqlalchemy as sa
from alembic import op

revision = "0052_suspended"
down_revision = "0051"
branch_labels = None
depends_on = None

SUSPENDED = sa.text("suspended_at IS NOT NULL")


def upgrade():
    op.add_column("process_instance", sa.Column("suspended_at", sa.DateTime(), nullable=True))
    op.add_column("process_instance", sa.Column("suspended_why", sa.String(), nullable=False, server_default=""))
    op.add_column("process_instance", sa.Column("suspended_limits", sa.JSON(), nullable=True))
    op.create_index(
        "ix_process_instance_suspended",
        "process_instance",
        ["suspended_at"],
        sqlite_where=SUSPENDED,
        postgresql_where=SUSPENDED,
    )


def downgrade():
    op.drop_index("ix_process_instance_suspended", "process_instance")
    with op.batch_alter_table("process_instance") as batch_op:
        batch_op.drop_column("suspended_limits")
        batch_op.drop_column("suspended_why")
        batch_op.drop_column("suspended_at")
