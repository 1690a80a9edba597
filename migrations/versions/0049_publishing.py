"""drafts on their way into use, and why each version was published

Revision ID: 0049_publishing
Revises: 0048_trials
"""
import sqlalchemy as sa
from alembic import op

revision = "0049_publishing"
down_revision = "0048_trials"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("flow_draft", sa.Column("base_revision", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("flow_draft") as table:
        table.add_column(sa.Column("approved_by_id", sa.Integer(), nullable=True))
        table.create_foreign_key("fk_flow_draft_approved_by_id_user", "user", ["approved_by_id"], ["id"])
    op.create_table(
        "flow_publication",
        sa.Column("definition_id", sa.Integer(), sa.ForeignKey("process_definition.id"), nullable=False),
        sa.Column("draft_id", sa.Integer(), sa.ForeignKey("flow_draft.id"), nullable=True),
        sa.Column("restored_id", sa.Integer(), sa.ForeignKey("process_definition.id"), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("definition_id"),
    )


def downgrade():
    op.drop_table("flow_publication")
    with op.batch_alter_table("flow_draft") as table:
        table.drop_constraint("fk_flow_draft_approved_by_id_user", type_="foreignkey")
        table.drop_column("approved_by_id")
        table.drop_column("base_revision")
