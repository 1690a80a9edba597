"""Rows read and sent past SQLAlchemy, each statement compiled once; what is sent goes to PostgreSQL in one round trip.

For the few statements that every act waits for. psycopg's pipeline sends the next statement without waiting for the
answer to the one before, where SQLAlchemy asks for each answer at once; and either driver takes or gives a row in a
third of the time without it.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import lru_cache
from typing import Any, NoReturn

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import CompoundSelect, Connection, Delete, Insert, Select, Update
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import IntegrityError

from errors import AlreadyChanged
from models.db import LOST_A_RACE, unavailable

Statement = Insert | Update | Delete
Row = dict[str, Any]
#: What a driver takes, of a row.
Prepare = Callable[[Row], Any]
#: Statement, answer, for how many rows.
Sent = list[tuple[Statement, "sqlite3.Cursor | psycopg.Cursor[Any]", int]]

Question = Select[Any] | CompoundSelect[Any]
#: A question, and the values of its parameters, none of them a list.
Asked = tuple[Question, Row]
#: The rows that answer.
Answer = list[Sequence[Any]]
#: Makes what a driver answers into what Python has, of a row.
Understand = Callable[[Sequence[Any]], Sequence[Any]]

UNREACHABLE = (sqlite3.OperationalError, psycopg.OperationalError, psycopg.InterfaceError)


def read(connection: Connection, question: Question, asked: Row) -> Answer:
    """The rows that answer; `asked`: the values of its parameters, none of them a list. Raises StorageUnavailable."""
    driver = _driver(connection)
    begins = isinstance(driver, psycopg.Connection) and driver.info.transaction_status == TransactionStatus.IDLE
    trip = Trip(connection, driver)
    try:
        with driver.pipeline() if begins else nullcontext():  # BEGIN goes along
            answer = trip.ask(question, asked)
        return answer()
    except (sqlite3.Error, psycopg.Error) as error:
        _tell(error, [])


class Trip:
    """What is sent and asked in it is done in that order; answers are there when it is over."""

    def __init__(self, connection: Connection, driver: Any):
        self._dialect = connection.dialect
        self._driver = driver
        self.sent: Sent = []

    def send(self, statement: Statement, rows: Sequence[Row]) -> None:
        """Rows of one kind: each the values of the statement's parameters."""
        text, prepare = _compiled(statement, tuple(rows[0]), self._dialect)
        if len(rows) == 1:
            cursor = self._driver.execute(text, prepare(rows[0]))
        else:  # half as dear a row as alone
            cursor = self._driver.cursor()
            cursor.executemany(text, map(prepare, rows))
        self.sent.append((statement, cursor, len(rows)))

    def ask(self, question: Question, asked: Row) -> Callable[[], Answer]:
        """As `read()`."""
        text, prepare = _compiled(question, tuple(asked), self._dialect)
        cursor = self._driver.execute(text, prepare(asked))
        understand = _understanding(question, self._dialect)

        def answer() -> Answer:
            rows = cursor.fetchall()
            return [understand(row) for row in rows] if understand else rows

        return answer


@contextmanager
def one_trip(connection: Connection) -> Iterator[Trip]:
    """Raises AlreadyChanged, at the end of the block or before, when a row that was to be changed is not there as it
    was read (P2); StorageUnavailable; IntegrityError, SQLAlchemy's.
    """
    driver = _driver(connection)
    trip = Trip(connection, driver)
    try:
        with driver.pipeline() if isinstance(driver, psycopg.Connection) else nullcontext():
            yield trip
    except (sqlite3.Error, psycopg.Error) as error:
        _tell(error, trip.sent)
    if _overtaken(trip.sent):
        raise AlreadyChanged


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _tell(error: sqlite3.Error | psycopg.Error, sent: Sent) -> NoReturn:
    """As models/db.py says it of what SQLAlchemy sends."""
    if getattr(error, "sqlstate", None) in LOST_A_RACE or _overtaken([each for each in sent if each[2] == 1]):
        raise AlreadyChanged from error
    if isinstance(error, UNREACHABLE) and getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR:
        raise unavailable(error) from error
    if isinstance(error, sqlite3.IntegrityError | psycopg.IntegrityError):
        raise IntegrityError(None, None, error) from error
    raise error


def _overtaken(sent: Sent) -> bool:
    """Whether a row was not as it was read; if something failed after that, as its key being taken, this is why.

    Each row of a change is found by its id, so that none stands for two. What was not done any more after a failure
    counts nothing (-1; of many rows nobody knows how far it went). A statement that `may_find_none` looks for rows
    that nobody has read: there may be none.
    """
    return any(
        0 <= cursor.rowcount < rows
        and not statement.is_insert
        and not statement.get_execution_options().get("may_find_none")
        for statement, cursor, rows in sent
    )


@lru_cache(maxsize=512)
def _compiled(statement: Statement | Question, given: tuple[str, ...], dialect: Dialect) -> tuple[Any, Prepare]:
    """The text for the driver, and what makes a row's values ready for it, with those that stand in the statement."""
    compiled: Any = statement.compile(dialect=dialect, column_keys=given)
    assert not compiled.post_compile_params, "no list of values is asked with here"
    assert statement.is_select or not compiled.prefetch, "a column's default in Python is not asked for here"
    fixed = {name: bound.value for name, bound in compiled.binds.items() if name not in given}
    makers = {name: compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect) for name in given}
    makers = {name: make for name, make in makers.items() if make}

    def named(row: Row) -> Row:
        return fixed | {name: makers[name](value) if name in makers else value for name, value in row.items()}

    if compiled.positiontup is None:
        return compiled.string.encode(), named  # bytes: psycopg takes no template for a text that was put together
    places = compiled.positiontup
    return compiled.string, lambda row: tuple(map(named(row).__getitem__, places))


@lru_cache(maxsize=64)
def _understanding(question: Question, dialect: Dialect) -> Understand | None:
    kinds = [column.type.dialect_impl(dialect) for column in question.selected_columns]
    makers = [(place, kind.result_processor(dialect, None)) for place, kind in enumerate(kinds)]
    needed = [(place, make) for place, make in makers if make]

    def understand(row: Sequence[Any]) -> Sequence[Any]:
        made = list(row)
        for place, make in needed:
            made[place] = make(made[place])
        return made

    return understand if needed else None
