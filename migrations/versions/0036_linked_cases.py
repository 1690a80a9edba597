"""cases that belong together (关联) or say the same (并案)

Revision ID: 0036
Revises: 0038
"""
import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "case_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("ended_reason", sa.String(), nullable=False, server_default=""),
        sa.Column("ended_by", sa.String(), nullable=False, server_default=""),
        sa.Column("ended_at", sa.DateTime()),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_case_link_case_id_case"),
        sa.ForeignKeyConstraint(["other_id"], ["case.id"], name="fk_case_link_other_id_case"),
        sa.PrimaryKeyConstraint("id", name="pk_case_link"),
    )
    op.create_index("ix_case_link_case_id", "case_link", ["case_id"])
    op.create_index("ix_case_link_other_id", "case_link", ["other_id"])


def downgrade():
    op.drop_table("case_link")
