"""the last step of a case can be taken back (撤回): its state of before, and the forms that count no more

Revision ID: 0025
Revises: 0023
"""
import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("process_instance", sa.Column("before", sa.LargeBinary()))
    op.add_column("process_instance", sa.Column("undo", sa.JSON()))
    op.create_table(
        "recalled_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.String(), nullable=False),
        sa.Column("element", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("recalled_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_recalled_form_case_id_case"),
        sa.PrimaryKeyConstraint("id", name="pk_recalled_form"),
    )
    op.create_index("ix_recalled_form_case_id", "recalled_form", ["case_id"])


def downgrade():
    op.drop_table("recalled_form")
    with op.batch_alter_table("process_instance") as batch_op:
        batch_op.drop_column("undo")
        batch_op.drop_column("before")
