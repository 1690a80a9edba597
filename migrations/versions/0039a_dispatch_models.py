"""what a county has learnt from the cases it has closed

Revision ID: 0039a
Revises: 0035
"""
import sqlalchemy as sa
from alembic import op

revision = "0039a"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "dispatch_model",
        sa.Column("county", sa.String(), nullable=False),
        sa.Column("learnt_at", sa.DateTime(), nullable=False),
        sa.Column("examples", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("county", name="pk_dispatch_model"),
    )


def downgrade():
    op.drop_table("dispatch_model")
