"""the closed case that an entry of the knowledge base was made from

Revision ID: 0056_taught_by
Revises: 0055_writers
"""
import sqlalchemy as sa
from alembic import op

revision = "0056_taught_by"
down_revision = "0055_writers"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("knowledge_entry") as batch_op:
        batch_op.add_column(sa.Column("case_id", sa.Integer()))
        batch_op.create_unique_constraint("uq_knowledge_entry_case_id", ["case_id"])


def downgrade():
    with op.batch_alter_table("knowledge_entry") as batch_op:
        batch_op.drop_constraint("uq_knowledge_entry_case_id", type_="unique")
        batch_op.drop_column("case_id")
