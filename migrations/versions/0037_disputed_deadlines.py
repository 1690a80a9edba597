"""who has to keep a deadline may say why its day is wrong, and is answered

Revision ID: 0037
Revises: 0039
"""
import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "deadline_dispute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("deadline_id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer()),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("verdict", sa.String()),
        sa.Column("answer", sa.String(), nullable=False, server_default=""),
        sa.Column("answered_by", sa.String(), nullable=False, server_default=""),
        sa.Column("answered_at", sa.DateTime()),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_deadline_dispute_case_id_case"),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadline.id"], name="fk_deadline_dispute_deadline_id_deadline"),
        sa.PrimaryKeyConstraint("id", name="pk_deadline_dispute"),
    )
    op.create_index("ix_deadline_dispute_case_id", "deadline_dispute", ["case_id"])


def downgrade():
    op.drop_table("deadline_dispute")
