"""one worker at a time has a due case

Revision ID: 0002
Revises: 0001
"""
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("process_instance") as batch_op:
        batch_op.add_column(sa.Column("leased_until", sa.DateTime(), nullable=True))


def downgrade():
    with op.batch_alter_table("process_instance") as batch_op:
        batch_op.drop_column("leased_until")
