"""posts are given and taken

Revision ID: 0005
Revises: 0004
"""
import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "post_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("post_key", sa.String(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["post_key"], ["post.key"], name=op.f("fk_post_change_post_key_post")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_post_change_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_change")),
    )
    op.create_index(op.f("ix_post_change_user_id"), "post_change", ["user_id"])


def downgrade():
    op.drop_table("post_change")
