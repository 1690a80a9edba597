"""numbers and mailboxes that wait for the code that was sent to them

What was typed before goes on as it is: it has been told to since.

Revision ID: 0054_address_codes
Revises: 0053_what_if
"""
import sqlalchemy as sa
from alembic import op

from models.db import UTCDateTime

revision = "0054_address_codes"
down_revision = "0053_what_if"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "notify_code",
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("user.id"), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "channel"),
    )


def downgrade():
    op.drop_table("notify_code")
