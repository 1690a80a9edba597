"""wrong queries are counted by all web processes together

Revision ID: 0008
Revises: 0007
"""
import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "wrong_query",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_wrong_query_address_at", "wrong_query", ["address", "at"])
    op.create_index("ix_wrong_query_at", "wrong_query", ["at"])


def downgrade():
    op.drop_table("wrong_query")
