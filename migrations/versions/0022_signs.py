"""colleagues are asked about a task before it is completed (加签、委派)

Revision ID: 0022
Revises: 0021
"""
import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

ASKED = sa.text("state = 'asked'")


def upgrade():
    op.create_table(
        "task_sign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("agrees", sa.Boolean()),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime()),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_task_sign_task_id_task"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_task_sign_case_id_case"),
        sa.PrimaryKeyConstraint("id", name="pk_task_sign"),
    )
    op.create_index("ix_task_sign_post", "task_sign", ["post"], sqlite_where=ASKED, postgresql_where=ASKED)
    op.create_index("ix_task_sign_task_id_id", "task_sign", ["task_id", "id"])
    op.create_index("ix_task_sign_case_id", "task_sign", ["case_id"])
    op.create_table(
        "held_form",
        sa.Column("task_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_held_form_task_id_task"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_held_form_user_id_user"),
        sa.PrimaryKeyConstraint("task_id", name="pk_held_form"),
    )


def downgrade():
    op.drop_table("held_form")
    op.drop_table("task_sign")
