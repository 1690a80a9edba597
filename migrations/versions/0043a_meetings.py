"""meetings: agenda from cases, who was asked, who signed in

Revision ID: 0043a
Revises: 0043
"""
import sqlalchemy as sa
from alembic import op

revision = "0043a"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("meets_at", sa.DateTime(), nullable=False),
        sa.Column("has_time", sa.Boolean(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("called_by", sa.String(), nullable=False),
        sa.Column("called_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_meeting"),
    )
    op.create_index("ix_meeting_meets_at_id", "meeting", ["meets_at", "id"])
    op.create_index("ix_meeting_post", "meeting", ["post"])
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("raised_at", sa.DateTime(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("minutes", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_agenda_item_case_id_case"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_agenda_item_meeting_id_meeting"),
        sa.PrimaryKeyConstraint("id", name="pk_agenda_item"),
    )
    for column in ("case_id", "meeting_id", "post"):
        op.create_index(f"ix_agenda_item_{column}", "agenda_item", [column])
    op.create_table(
        "meeting_seat",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("deputy", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_meeting_seat_meeting_id_meeting"),
        sa.PrimaryKeyConstraint("meeting_id", "unit", name="pk_meeting_seat"),
    )
    op.create_index("ix_meeting_seat_unit", "meeting_seat", ["unit"])
    op.create_table(
        "meeting_sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("post_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_meeting_sign_in_meeting_id_meeting"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_meeting_sign_in_user_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_sign_in"),
        sa.UniqueConstraint("meeting_id", "user_id", name="uq_meeting_sign_in_meeting_id_user_id"),
    )


def downgrade():
    op.drop_table("meeting_sign_in")
    op.drop_table("meeting_seat")
    op.drop_table("agenda_item")
    op.drop_table("meeting")
