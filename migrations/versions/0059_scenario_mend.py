"""scenarios that were mended together, to be taken back

Revision ID: 0059_scenario_mend
Revises: 0058_task_floor
"""
import sqlalchemy as sa
from alembic import op

revision = "0059_scenario_mend"
down_revision = "0058_task_floor"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "scenario_mend",
        sa.Column("draft_id", sa.Integer(), sa.ForeignKey("flow_draft.id"), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("draft_id"),
    )


def downgrade():
    op.drop_table("scenario_mend")
