"""somebody stands in at a post for a time

Revision ID: 0028
Revises: 0026
"""
import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "substitution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_key", sa.String(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("from_at", sa.DateTime(), nullable=False),
        sa.Column("to_at", sa.DateTime(), nullable=False),
        sa.Column("is_over", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["post_key"], ["post.key"], name="fk_substitution_post_key_post"),
        sa.ForeignKeyConstraint(["holder_id"], ["user.id"], name="fk_substitution_holder_id_user"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_substitution_user_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_substitution"),
    )
    op.create_index("ix_substitution_user_id", "substitution", ["user_id"])
    op.create_index("ix_substitution_post_key", "substitution", ["post_key"])


def downgrade():
    op.drop_table("substitution")
