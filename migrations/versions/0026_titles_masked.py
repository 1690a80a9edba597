"""titles are searched as they are read

What the search finds a case by said its title in clear; `flask prepare` makes every row anew.

Revision ID: 0026
Revises: 0024
"""
from alembic import op

revision = "0026"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade():
    op.execute("DELETE FROM case_text")


def downgrade():
    pass
