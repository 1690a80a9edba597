"""What the search of cases reads: one row a case, and an index of the short pieces of its words."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import DDL, ForeignKey, Index, Text, column, event, table
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from models.db import Base


class Pieces(TypeDecorator[Iterable[str]]):
    """A set of short texts without blanks: an array on PostgreSQL, one text on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        on_postgresql = dialect.name == "postgresql"
        return dialect.type_descriptor(postgresql.ARRAY(Text()) if on_postgresql else Text())

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> Any:
        pieces = sorted(value or ())
        return pieces if dialect.name == "postgresql" else " ".join(pieces)

    def process_result_value(self, value: Any, dialect: Dialect) -> frozenset[str]:
        return frozenset(value if dialect.name == "postgresql" else value.split())


class CaseText(Base):
    """Made anew soon after a step has changed what it is made of (operations/gate/case_words.py).

    `words` is what everybody reads who may see the case; `clear` its title as it was typed, where that says more, for
    the unit that registered it and the offices that see all (S-04, C-09). `pieces` of both are only the way to the
    row: the words decide.
    """

    __tablename__ = "case_text"
    __table_args__ = (Index("ix_case_text_pieces", "pieces", postgresql_using="gin").ddl_if("postgresql"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True, autoincrement=False)
    mark: Mapped[str]  # of the facts of the case that it was made from
    words: Mapped[str]
    clear: Mapped[str]
    pieces: Mapped[Iterable[str]] = mapped_column(Pieces)


class StaleText(Base):
    """A step has changed what the words of a case are made of: until they are made anew, it is not found by them.

    A row a step, and never changed, so that no step waits for another or for the ticker, and none is lost to it.
    """

    __tablename__ = "stale_text"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)


#: On SQLite the index of the pieces is a table, kept by triggers: whatever changes the row changes it too.
#: Nothing but ASCII letters, digits and what is not ASCII stands in a piece, so this tokenizer splits at blanks alone.
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
for statement in INDEX_ON_SQLITE:
    event.listen(CaseText.__table__, "after_create", DDL(statement).execute_if(dialect="sqlite"))

#: That table, as a query names it.
case_pieces = table("case_pieces", column("rowid"), column("case_pieces"))


def is_index_of_pieces(name: str) -> bool:
    """Tables and indexes that Alembic need not compare: on each database others keep the pieces."""
    return name.startswith(("case_pieces", "ix_case_text_pieces"))
