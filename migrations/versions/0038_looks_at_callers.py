"""who was shown a caller's earlier cases is written down

Revision ID: 0038
Revises: 0034
"""
import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "caller_look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_caller_look_case_id_case"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_caller_look_user_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_caller_look"),
    )
    op.create_index("ix_caller_look_case_id", "caller_look", ["case_id"])


def downgrade():
    op.drop_table("caller_look")
