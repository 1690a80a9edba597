"""running cases that were taken to another version

Revision ID: 0050_case_migration
Revises: 0049_publishing
"""
import sqlalchemy as sa
from alembic import op

revision = "0050_case_migration"
down_revision = "0049_publishing"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "case_migration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), sa.ForeignKey("job.id"), nullable=False),
        sa.Column("instance_id", sa.Integer(), sa.ForeignKey("process_instance.id"), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("before", sa.LargeBinary()),
        sa.Column("kept", sa.JSON()),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_case_migration_job_id_outcome_id", "case_migration", ["job_id", "outcome", "id"])
    op.create_index("ix_case_migration_instance_id", "case_migration", ["instance_id"])


def downgrade():
    op.drop_table("case_migration")
