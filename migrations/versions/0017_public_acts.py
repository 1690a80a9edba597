"""what visitors without an account hand in is counted by all web processes together

Revision ID: 0017
Revises: 0019
"""
import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "public_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_public_act"),
        sa.UniqueConstraint("token", name="uq_public_act_token"),
    )
    op.create_index("ix_public_act_address_at", "public_act", ["address", "at"])
    op.create_index("ix_public_act_at", "public_act", ["at"])


def downgrade():
    op.drop_table("public_act")
