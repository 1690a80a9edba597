"""official papers: title, issuer, who may read, and the template they are printed on

Revision ID: 0006
Revises: 0005
"""
import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "template_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("of_project", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_edition")),
    )
    op.create_index(op.f("ix_template_edition_key"), "template_edition", ["key"], unique=False)
    with op.batch_alter_table("document") as batch_op:
        batch_op.add_column(sa.Column("title", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("issuer", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("confidential", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("template_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_document_raised_at"), ["raised_at"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_document_template_id_template_edition"), "template_edition", ["template_id"], ["id"]
        )


def downgrade():
    with op.batch_alter_table("document") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_document_template_id_template_edition"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_document_raised_at"))
        for column in ("template_id", "confidential", "issuer", "title"):
            batch_op.drop_column(column)
    op.drop_index(op.f("ix_template_edition_key"), table_name="template_edition")
    op.drop_table("template_edition")
