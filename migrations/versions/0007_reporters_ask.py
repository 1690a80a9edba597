"""reporters ask

Revision ID: 0007
Revises: 0006
"""
import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("case") as batch_op:
        batch_op.add_column(sa.Column("query_code", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("phone_hash", sa.String(), nullable=True))
        batch_op.create_index(batch_op.f("ix_case_phone_hash"), ["phone_hash"])


def downgrade():
    with op.batch_alter_table("case") as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_phone_hash"))
        batch_op.drop_column("phone_hash")
        batch_op.drop_column("query_code")
