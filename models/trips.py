"""Many rows sent to the database: to PostgreSQL in one round trip, whatever their kinds.

psycopg's pipeline sends the next statement without waiting for the answer to the one before. SQLAlchemy asks for each
answer at once, so what it would have sent goes past it, compiled once for each statement.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from typing import Any

import psycopg
from sqlalchemy import Connection, Delete, Insert, Update
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import IntegrityError

from errors import AlreadyChanged, StorageUnavailable
from models.db import LOST_A_RACE

Statement = Insert | Update | Delete
Row = dict[str, Any]
#: Sends rows of one kind: each the values of the statement's parameters.
Send = Callable[[Statement, Sequence[Row]], None]
Prepare = Callable[[Any], Any]


@contextmanager
def one_trip(connection: Connection) -> Iterator[Send]:
    """What rows are sent with. Raises AlreadyChanged, at the end of the block or before, when a row that was to be
    changed is not there as it was read (P2); StorageUnavailable; IntegrityError, SQLAlchemy's.
    """
    if connection.dialect.driver == "psycopg":
        yield from _pipelined(connection)
    else:
        yield partial(_send, connection)


def _send(connection: Connection, statement: Statement, rows: Sequence[Row]) -> None:
    done = connection.execute(statement, rows if len(rows) > 1 else rows[0])
    _check(statement, len(rows), done.rowcount)


def _pipelined(connection: Connection) -> Iterator[Send]:
    driver, sent = connection.connection.driver_connection, list[tuple[Statement, psycopg.Cursor]]()
    assert isinstance(driver, psycopg.Connection)

    def send(statement: Statement, rows: Sequence[Row]) -> None:
        text, fixed, prepare = _compiled(statement, tuple(rows[0]), connection.dialect)
        for row in rows:
            values = {name: prepare[name](value) if name in prepare else value for name, value in row.items()}
            sent.append((statement, driver.execute(text, fixed | values)))

    try:
        with driver.pipeline():
            yield send
    except psycopg.Error as error:  # as models/db.py says it of what SQLAlchemy sends
        if error.sqlstate in LOST_A_RACE or _overtaken(sent):
            raise AlreadyChanged from error
        if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
            raise StorageUnavailable from error
        if isinstance(error, psycopg.IntegrityError):
            raise IntegrityError(None, None, error) from error
        raise
    for statement, cursor in sent:
        _check(statement, 1, cursor.rowcount)


def _overtaken(sent: Sequence[tuple[Statement, psycopg.Cursor]]) -> bool:
    """Whether a row was not as it was read before something failed, as its key being taken: that is why it failed."""
    return any(not statement.is_insert and cursor.rowcount == 0 for statement, cursor in sent)


def _check(statement: Statement, asked: int, done: int) -> None:
    if not statement.is_insert and done != asked:
        raise AlreadyChanged


@lru_cache(maxsize=512)
def _compiled(statement: Statement, given: tuple[str, ...], dialect: Dialect) -> tuple[bytes, Row, dict[str, Prepare]]:
    """The text for the driver, the values that stand in the statement itself, and what makes a given value ready where
    it is not sent as it is.
    """
    compiled: Any = statement.compile(dialect=dialect, column_keys=given)
    assert not compiled.prefetch, "a column's default in Python is not asked for here"
    fixed = {name: bound.value for name, bound in compiled.binds.items() if name not in given}
    makers = {name: compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect) for name in given}
    return compiled.string.encode(), fixed, {name: make for name, make in makers.items() if make}
