"""drafts of forms, and who registered a case

Revision ID: 0010
Revises: 0009
"""
import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

#: The registrar completes the first task in the moment in which the case begins; only the name was kept on the case.
WHO_REGISTERED = """
UPDATE "case" SET registrar_id = (
    SELECT min(task.done_by) FROM task JOIN "user" ON "user".id = task.done_by
    WHERE task.case_id = "case".id AND task.created_at = "case".created_at AND task.closed_at = "case".created_at
      AND "user".name = "case".registered_by
)
"""


def upgrade():
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("flow", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_draft_user_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.UniqueConstraint("user_id", "task_id", "action", "flow", name="uq_draft_user_id_task_id_action_flow"),
    )
    op.create_index("ix_draft_user_id_at_id", "draft", ["user_id", "at", "id"])
    op.create_index("ix_draft_task_id", "draft", ["task_id"])
    with op.batch_alter_table("case") as batch_op:
        batch_op.add_column(sa.Column("registrar_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("fk_case_registrar_id_user", "user", ["registrar_id"], ["id"])
        batch_op.create_index("ix_case_registrar_id_created_at_id", ["registrar_id", "created_at", "id"])
    op.execute(WHO_REGISTERED)


def downgrade():
    with op.batch_alter_table("case") as batch_op:
        batch_op.drop_index("ix_case_registrar_id_created_at_id")
        batch_op.drop_constraint("fk_case_registrar_id_user", type_="foreignkey")
        batch_op.drop_column("registrar_id")
    op.drop_table("draft")
