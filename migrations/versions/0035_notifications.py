"""who is told of notices outside the house, and which of them

Revision ID: 0035
Revises: 0037
"""
import sqlalchemy as sa
from alembic import op

from models.db import UTCDateTime

revision = "0035"
down_revision = "0037"
branch_labels = None
depends_on = None

FAILED = sa.text("state = 'failed'")
FRESH = sa.text("forwarded IS FALSE")


def upgrade():
    op.create_table(
        "notify_person",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("addresses", sa.JSON(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("digested_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_notify_person_user_id_user")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_notify_person")),
    )
    op.create_table(
        "notify_post",
        sa.Column("post_key", sa.String(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["post_key"], ["post.key"], name=op.f("fk_notify_post_post_key_post")),
        sa.PrimaryKeyConstraint("post_key", name=op.f("pk_notify_post")),
    )
    op.add_column("notice", sa.Column("forwarded", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE notice SET forwarded = TRUE")  # what was placed before is in the inbox, and goes nowhere else
    op.create_index("ix_notice_fresh", "notice", ["at"], sqlite_where=FRESH, postgresql_where=FRESH)
    with op.batch_alter_table("outbox_message") as batch_op:
        batch_op.alter_column("instance_id", existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column("user_id", sa.Integer()))
        batch_op.add_column(sa.Column("urgent", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index("ix_outbox_failed", ["id"], sqlite_where=FAILED, postgresql_where=FAILED)
        batch_op.create_foreign_key("fk_outbox_message_user_id_user", "user", ["user_id"], ["id"])


def downgrade():
    op.execute("DELETE FROM outbox_message WHERE user_id IS NOT NULL OR instance_id IS NULL")
    with op.batch_alter_table("outbox_message") as batch_op:
        batch_op.drop_index("ix_outbox_failed")
        batch_op.drop_constraint("fk_outbox_message_user_id_user", type_="foreignkey")
        batch_op.drop_column("urgent")
        batch_op.drop_column("user_id")
        batch_op.alter_column("instance_id", existing_type=sa.Integer(), nullable=False)
    op.drop_index("ix_notice_fresh", "notice")
    with op.batch_alter_table("notice") as batch_op:
        batch_op.drop_column("forwarded")
    op.drop_table("notify_post")
    op.drop_table("notify_person")
