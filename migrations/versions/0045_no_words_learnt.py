"""what is learnt of dispatches is which cases, and no words of theirs: the ticker learns anew (S-04)

Revision ID: 0045
Revises: 0044
"""
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade():
    op.execute("DELETE FROM dispatch_model")


def downgrade():
    op.execute("DELETE FROM dispatch_model")
