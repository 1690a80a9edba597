"""units are abolished

Revision ID: 0004
Revises: 0003
"""
import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("unit") as batch_op:
        batch_op.add_column(sa.Column("successor_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("fk_unit_successor_id_unit", "unit", ["successor_id"], ["id"])


def downgrade():
    with op.batch_alter_table("unit") as batch_op:
        batch_op.drop_constraint("fk_unit_successor_id_unit", type_="foreignkey")
        batch_op.drop_column("successor_id")
