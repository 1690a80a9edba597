"""indexes for a county with a million cases

Revision ID: 0044
Revises: 0043a
"""
import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043a"
branch_labels = None
depends_on = None

UNREAD, RUNNING = sa.text("read_at IS NULL"), sa.text("state = 'running'")


def upgrade():
    op.create_index("ix_notice_unread", "notice", ["post"], sqlite_where=UNREAD, postgresql_where=UNREAD)
    op.create_index("ix_case_status_created_at_id", "case", ["status", "created_at", "id"])
    op.create_index("ix_case_lead_org_created_at_id", "case", ["lead_org", "created_at", "id"])
    op.drop_index("ix_case_lead_org", "case")
    op.create_index("ix_document_case_id_kind", "document", ["case_id", "kind"])
    op.drop_index("ix_document_case_id", "document")
    op.create_index(
        "ix_deadline_counted", "deadline", ["calendar_revision"], sqlite_where=RUNNING, postgresql_where=RUNNING
    )
    op.drop_index("ix_deadline_state_calendar_revision", "deadline")


def downgrade():
    op.create_index("ix_deadline_state_calendar_revision", "deadline", ["state", "calendar_revision"])
    op.drop_index("ix_deadline_counted", "deadline")
    op.create_index("ix_document_case_id", "document", ["case_id"])
    op.drop_index("ix_document_case_id_kind", "document")
    op.create_index("ix_case_lead_org", "case", ["lead_org"])
    op.drop_index("ix_case_lead_org_created_at_id", "case")
    op.drop_index("ix_case_status_created_at_id", "case")
    op.drop_index("ix_notice_unread", "notice")
