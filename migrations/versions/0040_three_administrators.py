"""three administrators, each with rights of their own (三员分立)

Revision ID: 0040
Revises: 0039a
"""
import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039a"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("user", sa.Column("administrator", sa.String(), nullable=False, server_default=""))
    op.execute("UPDATE \"user\" SET administrator = 'system' WHERE is_admin")
    with op.batch_alter_table("user") as batch_op:
        batch_op.drop_column("is_admin")


def downgrade():
    op.add_column("user", sa.Column("is_admin", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE \"user\" SET is_admin = (administrator = 'system')")
    with op.batch_alter_table("user") as batch_op:
        batch_op.drop_column("administrator")
