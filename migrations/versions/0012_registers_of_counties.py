"""each county numbers its papers for itself

Revision ID: 0012
Revises: 0011
"""
import sqlalchemy as sa
from alembic import op

from errors import AppError

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

old = sa.table("case_number", sa.column("scheme"), sa.column("year"), sa.column("last"))
new = sa.table("case_number_new", sa.column("county"), sa.column("scheme"), sa.column("year"), sa.column("last"))
document = sa.table("document", sa.column("kind", sa.String))
unit = sa.table("unit", sa.column("code", sa.String), sa.column("parent_id", sa.Integer))


def upgrade():
    with op.batch_alter_table("document") as batch_op:
        batch_op.add_column(sa.Column("county", sa.String(), nullable=False, server_default=""))
        batch_op.drop_constraint("uq_document_kind_number", type_="unique")
        batch_op.create_unique_constraint("uq_document_county_kind_number", ["county", "kind", "number"])
    op.create_table(
        "case_number_new",
        sa.Column("county", sa.String(), nullable=False, server_default=""),
        *numbers(),
        sa.PrimaryKeyConstraint("county", "scheme", "year", name="pk_case_number_new"),
    )
    of_papers = old.c.scheme.in_(sa.select(document.c.kind))
    every = sa.select(old.c.scheme, old.c.year, old.c.last)
    copy(sa.select(sa.literal(""), *every.selected_columns))
    # Papers were numbered through all counties: each goes on after the last of them, and none has a number twice.
    counties = sa.select(unit.c.code, *every.selected_columns).select_from(unit.join(old, sa.true()))
    copy(counties.where(unit.c.parent_id.is_(None), of_papers))
    rename("case_number_new", "case_number", "pk_case_number")


def downgrade():
    refuse_numbers_given_twice()
    op.create_table(
        "case_number_old",
        *numbers(),
        sa.PrimaryKeyConstraint("scheme", "year", name="pk_case_number_old"),
    )
    most = sa.select(old.c.scheme, old.c.year, sa.func.max(old.c.last)).group_by(old.c.scheme, old.c.year)
    target = sa.table("case_number_old", sa.column("scheme"), sa.column("year"), sa.column("last"))
    op.execute(sa.insert(target).from_select(["scheme", "year", "last"], most))
    rename("case_number_old", "case_number", "pk_case_number")
    with op.batch_alter_table("document") as batch_op:
        batch_op.drop_constraint("uq_document_county_kind_number", type_="unique")
        batch_op.create_unique_constraint("uq_document_kind_number", ["kind", "number"])
        batch_op.drop_column("county")


def refuse_numbers_given_twice():
    """An official number cannot be changed: what two counties have issued under one has no place in one register."""
    paper = sa.table("document", sa.column("kind"), sa.column("number"))
    twice = sa.select(paper.c.number).group_by(paper.c.kind, paper.c.number).having(sa.func.count() > 1)
    if number := op.get_bind().scalar(twice.limit(1)):
        raise AppError(f"不能退回旧结构，数据没有改动：“{number}”等文号两个县都发过，旧结构全库只能有一件。")


def numbers():
    return (
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
    )


def copy(rows):
    op.execute(sa.insert(new).from_select(["county", "scheme", "year", "last"], rows))


def rename(name, to, key):
    op.drop_table(to)
    op.rename_table(name, to)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {to} RENAME CONSTRAINT pk_{name} TO {key}")
