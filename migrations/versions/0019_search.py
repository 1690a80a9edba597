"""the words that cases are found by

Rows for the cases that are there are made by `flask prepare` (operations/gate/case_words.py), which knows their forms.

Revision ID: 0019
Revises: 0018
"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

INDEX_ON_SQLITE = (
    "CREATE VIRTUAL TABLE case_pieces USING fts5(pieces, content='case_text', content_rowid='case_id', "
    "detail=none, columnsize=0, tokenize='ascii')",
    "CREATE TRIGGER case_text_added AFTER INSERT ON case_text BEGIN "
    "INSERT INTO case_pieces (rowid, pieces) VALUES (new.case_id, new.pieces); END",
    "CREATE TRIGGER case_text_gone AFTER DELETE ON case_text BEGIN "
    "INSERT INTO case_pieces (case_pieces, rowid, pieces) VALUES ('delete', old.case_id, old.pieces); END",
    "CREATE TRIGGER case_text_changed AFTER UPDATE ON case_text BEGIN "
    "INSERT INTO case_pieces (case_pieces, rowid, pieces) VALUES ('delete', old.case_id, old.pieces); "
    "INSERT INTO case_pieces (rowid, pieces) VALUES (new.case_id, new.pieces); END",
)


def upgrade():
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    op.create_table(
        "case_text",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("clear", sa.String(), nullable=False),
        sa.Column("pieces", postgresql.ARRAY(sa.Text()) if on_postgresql else sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_case_text_case_id_case"),
        sa.PrimaryKeyConstraint("case_id", name="pk_case_text"),
    )
    op.create_table(
        "stale_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_stale_text_case_id_case"),
        sa.PrimaryKeyConstraint("id", name="pk_stale_text"),
    )
    op.create_index("ix_stale_text_case_id", "stale_text", ["case_id"])
    if on_postgresql:
        op.create_index("ix_case_text_pieces", "case_text", ["pieces"], postgresql_using="gin")
    else:
        for statement in INDEX_ON_SQLITE:
            op.execute(statement)


def downgrade():
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE case_pieces")
    op.drop_table("stale_text")
    op.drop_table("case_text")
