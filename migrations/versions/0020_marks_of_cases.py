"""what lists show beside the title of a case: 紧急

Revision ID: 0020
Revises: 0022
"""
import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("case", sa.Column("mark", sa.String(), nullable=False, server_default=""))


def downgrade():
    with op.batch_alter_table("case") as batch_op:
        batch_op.drop_column("mark")
