"""an entry of the knowledge base knows the request that made it: a double click writes one (P3)

Revision ID: 0043
Revises: 0041
"""
import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("knowledge_entry") as batch_op:
        batch_op.add_column(sa.Column("request", sa.String(), nullable=True))
        batch_op.create_unique_constraint("uq_knowledge_entry_request", ["request"])


def downgrade():
    with op.batch_alter_table("knowledge_entry") as batch_op:
        batch_op.drop_constraint("uq_knowledge_entry_request", type_="unique")
        batch_op.drop_column("request")
