"""how the scenarios of a draft went

Revision ID: 0048_trials
Revises: 0047
"""
import sqlalchemy as sa
from alembic import op

revision = "0048_trials"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "trial_outcome",
        sa.Column("draft_id", sa.Integer(), sa.ForeignKey("flow_draft.id"), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("failure", sa.JSON(), nullable=False),
        sa.Column("walked", sa.JSON(), nullable=False),
        sa.Column("ways", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("draft_id", "file", "line"),
    )


def downgrade():
    op.drop_table("trial_outcome")
