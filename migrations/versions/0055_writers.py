"""whose words a form that was handed in are

Revision ID: 0055_writers
Revises: 0054_address_codes
"""
import sqlalchemy as sa
from alembic import op

revision = "0055_writers"
down_revision = "0054_address_codes"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("submission", sa.Column("user_id", sa.Integer()))


def downgrade():
    with op.batch_alter_table("submission") as batch_op:
        batch_op.drop_column("user_id")
