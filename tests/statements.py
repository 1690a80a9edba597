"""What is asked of the database, to be counted: a page costs the same however many rows it has."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from models import db


@contextmanager
def statements() -> Iterator[list[str]]:
    """The texts of all statements that go through SQLAlchemy inside the block, in their order."""
    asked: list[str] = []

    def note(_connection, _cursor, text: str, *_) -> None:
        asked.append(text)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
