"""Rows that a step will write, gathered: each kind then goes to the database at once, however many cases it is of."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Update, insert

from errors import AlreadyChanged
from models.db import Base, session

Statement = Insert | Update | Delete
Row = dict[str, Any]


class Writes:
    """In the order in which each kind was first asked for."""

    def __init__(self) -> None:
        self._rows: dict[tuple[Statement, *tuple[str, ...]], list[Row]] = {}

    def add(self, model: type[Base], **values: Any) -> None:
        """A new row."""
        self.change(_insert(model), **values)

    def change(self, statement: Statement, **values: Any) -> None:
        """One run of a statement, with these values of its parameters."""
        self._rows.setdefault((statement, *values), []).append(values)

    def send(self) -> None:
        """Write it all. Raises AlreadyChanged when a row that was to be changed is not there as it was read (P2)."""
        connection = session.connection()
        for (statement, *_), rows in self._rows.items():
            send_rows(connection, statement, rows)
        self._rows.clear()


def send_rows(connection: Connection, statement: Statement, rows: Sequence[Row]) -> None:
    done = connection.execute(statement, rows if len(rows) > 1 else rows[0])
    if not statement.is_insert and done.rowcount != len(rows):
        raise AlreadyChanged


def add_row(model: type[Base], **values: Any) -> None:
    """Insert what is only ever added: three times as fast as an object that the session would have to watch."""
    send_rows(session.connection(), _insert(model), [values])


@cache
def _insert(model: type[Base]) -> Insert:
    return insert(model.__table__).inline()  # type: ignore[arg-type]
