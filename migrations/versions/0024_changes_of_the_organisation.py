"""what was done to units and accounts, kept

Revision ID: 0024
Revises: 0025
"""
import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "organisation_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer()),
        sa.Column("user_id", sa.Integer()),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_organisation_change_unit_id_unit"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_organisation_change_user_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_organisation_change"),
    )
    op.create_index("ix_organisation_change_unit_id_id", "organisation_change", ["unit_id", "id"])
    op.create_index("ix_organisation_change_user_id_id", "organisation_change", ["user_id", "id"])


def downgrade():
    op.drop_table("organisation_change")
