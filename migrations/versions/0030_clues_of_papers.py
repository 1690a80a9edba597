"""which clue a paper is about

Revision ID: 0030
Revises: 0029
"""
import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("document") as batch_op:
        batch_op.add_column(sa.Column("clue_id", sa.Integer()))
        batch_op.create_foreign_key("fk_document_clue_id_clue", "clue", ["clue_id"], ["id"])


def downgrade():
    with op.batch_alter_table("document") as batch_op:
        batch_op.drop_constraint("fk_document_clue_id_clue", type_="foreignkey")
        batch_op.drop_column("clue_id")
