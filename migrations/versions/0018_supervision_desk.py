"""the supervision desk: what is late in order, sheets by kind, orders by day; cases drawn to be looked at again

Revision ID: 0018
Revises: 0016
"""
import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0016"
branch_labels = None
depends_on = None

RUNNING = sa.text("state = 'running'")


def upgrade():
    op.create_index(
        "ix_deadline_running", "deadline", ["due_at", "id"], sqlite_where=RUNNING, postgresql_where=RUNNING
    )
    op.create_index("ix_case_closed_at_id", "case", ["closed_at", "id"])
    op.create_index("ix_submission_form_case_id", "submission", ["form", "case_id"])
    op.create_index("ix_document_kind_raised_at_id", "document", ["kind", "raised_at", "id"])
    op.create_table(
        "recheck_draw",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("request", sa.String()),
        sa.PrimaryKeyConstraint("id", name="pk_recheck_draw"),
        sa.UniqueConstraint("request", name="uq_recheck_draw_request"),
    )
    op.create_table(
        "recheck",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("finding", sa.String()),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime()),
        sa.ForeignKeyConstraint(["draw_id"], ["recheck_draw.id"], name="fk_recheck_draw_id_recheck_draw"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_recheck_case_id_case"),
        sa.PrimaryKeyConstraint("id", name="pk_recheck"),
        sa.UniqueConstraint("draw_id", "place", name="uq_recheck_draw_id_place"),
    )
    op.create_index("ix_recheck_case_id", "recheck", ["case_id"])


def downgrade():
    op.drop_table("recheck")
    op.drop_table("recheck_draw")
    op.drop_index("ix_document_kind_raised_at_id", "document")
    op.drop_index("ix_submission_form_case_id", "submission")
    op.drop_index("ix_case_closed_at_id", "case")
    op.drop_index("ix_deadline_running", "deadline")
