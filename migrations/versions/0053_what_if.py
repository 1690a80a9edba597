"""real cases that were played again

Revision ID: 0053_what_if
Revises: 0052_suspended
"""
import sqlalchemy as sa
from alembic import op

revision = "0053_what_if"
down_revision = "0052_suspended"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "what_if_case",
        sa.Column("job_id", sa.Integer(), sa.ForeignKey("job.id"), nullable=False),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("left", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", "case_id"),
    )


def downgrade():
    op.drop_table("what_if_case")
