"""which parameters a draft's value was typed over

Revision ID: 0057_draft_value_seen
Revises: 0056_taught_by
"""
import sqlalchemy as sa
from alembic import op

revision = "0057_draft_value_seen"
down_revision = "0056_taught_by"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("flow_draft_value", sa.Column("seen", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE flow_draft_value SET seen = (SELECT max(id) FROM parameter_value)")


def downgrade():
    with op.batch_alter_table("flow_draft_value") as table:
        table.drop_column("seen")
