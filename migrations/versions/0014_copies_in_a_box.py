"""what was copied to a post has a box of its own

Revision ID: 0014
Revises: 0012
"""
import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0012"
branch_labels = None
depends_on = None

#: The notice of a copy was written in the moment in which the history of its case says that it was copied.
COPIES = """
UPDATE notice SET kind = 'copy' WHERE EXISTS (
    SELECT 1 FROM history_event JOIN process_instance ON process_instance.id = history_event.instance_id
    WHERE process_instance.case_id = notice.case_id AND history_event.kind = 'copied' AND history_event.at = notice.at
)
"""
OF_COPIES = sa.text("kind = 'copy'")


def upgrade():
    with op.batch_alter_table("notice") as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(), nullable=False, server_default=""))
    op.execute(COPIES)
    op.create_index(
        "ix_notice_copies", "notice", ["post", "id"], sqlite_where=OF_COPIES, postgresql_where=OF_COPIES
    )


def downgrade():
    op.drop_index("ix_notice_copies", "notice")
    with op.batch_alter_table("notice") as batch_op:
        batch_op.drop_column("kind")
