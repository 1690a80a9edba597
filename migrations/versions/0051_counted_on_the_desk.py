"""indexes for what the desk counts and the deliveries are narrowed to

Revision ID: 0051
Revises: 0050_case_migration
"""
import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050_case_migration"
branch_labels = None
depends_on = None

#: As handlers/period_troubles.py had it then.
RETURNS = {
    "F-C-1.apply": None,
    "F-TZ-1.review": ("review_decision", "fail"),
    "F-TZ-1.write_off": ("park_confirm", "no"),
    "F-XX-1.review": ("review_result", "return"),
}
submission = sa.table(
    "submission", sa.column("form", sa.String), sa.column("values", sa.JSON), sa.column("goes_back", sa.Boolean)
)


def upgrade():
    op.add_column("submission", sa.Column("goes_back", sa.Boolean(), nullable=False, server_default=sa.false()))
    for form, said in RETURNS.items():
        of_form = submission.c.form == form
        if said:
            of_form &= submission.c["values"][said[0]].as_string() == said[1]
        op.execute(submission.update().where(of_form).values(goes_back=True))
    op.create_index(
        "ix_submission_back",
        "submission",
        ["goes_back", "case_id"],
        sqlite_where=sa.text("goes_back = 1"),
        postgresql_where=sa.text("goes_back"),
    )
    op.create_index("ix_outbox_message_channel_id", "outbox_message", ["channel", "id"])


def downgrade():
    op.drop_index("ix_outbox_message_channel_id", "outbox_message")
    op.drop_index("ix_submission_back", "submission")
    with op.batch_alter_table("submission") as batch_op:
        batch_op.drop_column("goes_back")
