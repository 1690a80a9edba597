"""Rows read and sent past SQLAlchemy, each statement compiled once; what is sent goes to PostgreSQL in one round trip.

For the few statements that every act waits for. SQLAlchemy asks for each answer at once, and makes more work of a
statement than the driver; PostgreSQL's pipeline (models/libpq.py) is told all that there is and asked once.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache, lru_cache
from typing import Any, NoReturn

import psycopg
from sqlalchemy import CompoundSelect, Connection, Delete, Insert, Select, Update
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import IntegrityError

from errors import AlreadyChanged
from models.as_json import as_json
from models.db import LOST_A_RACE, db, session, unavailable
from models.libpq import Pipeline, Reply, pipeline

Statement = Insert | Update | Delete
Row = dict[str, Any]
#: The values of a row as a driver takes them, in the order of their places.
Prepare = Callable[[Row], Sequence[Any]]
#: Statement, answer, for how many rows.
Sent = list[tuple[Statement, "sqlite3.Cursor | Reply", int]]

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
    with one_trip(connection) as trip:
        answer = trip.ask(question, asked)
    return answer()


def read_first(question: Question, asked: Row) -> Answer:
    """As `read()`, where nothing of the session has been read yet: on SQLite outside any transaction, whose beginning
    and end cost more than the answer.
    """
    if db.engine.dialect.name != "sqlite" or session().in_transaction():
        return read(session.connection(), question, asked)
    try:
        with closing(db.engine.raw_connection()) as pooled:
            driver: Any = pooled.driver_connection
            return Trip(db.engine.dialect, Direct(driver)).ask(question, asked)()
    except sqlite3.Error as error:
        _tell(error, [])


class Direct:
    """SQLite answers at once."""

    def __init__(self, driver: sqlite3.Connection):
        self._driver = driver

    def execute(self, text: str, rows: Sequence[Sequence[Any]]) -> sqlite3.Cursor:
        """As a pipeline of PostgreSQL's."""
        return self._driver.execute(text, rows[0]) if len(rows) == 1 else self._driver.executemany(text, rows)


class Trip:
    """What is sent and asked in it is done in that order; answers are there when it is over."""

    def __init__(self, dialect: Dialect, way: Direct | Pipeline):
        self._dialect = dialect
        self._way = way
        self.sent: Sent = []

    def send(self, statement: Statement, rows: Sequence[Row]) -> None:
        """Rows of one kind: each the values of the statement's parameters."""
        text, prepare = _compiled(statement, tuple(rows[0]), self._dialect)
        self.sent.append((statement, self._way.execute(text, [prepare(row) for row in rows]), len(rows)))

    def ask(self, question: Question, asked: Row) -> Callable[[], Answer]:
        """As `read()`."""
        text, prepare = _compiled(question, tuple(asked), self._dialect)
        cursor = self._way.execute(text, [prepare(asked)])
        understand = _understanding(question, self._dialect)

        def answer() -> Answer:
            rows = cursor.fetchall()
            return [understand(row) for row in rows] if understand else list(rows)

        return answer


@contextmanager
def one_trip(connection: Connection) -> Iterator[Trip]:
    """Raises AlreadyChanged, at the end of the block or before, when a row that was to be changed is not there as it
    was read (P2); StorageUnavailable; IntegrityError, SQLAlchemy's.
    """
    driver: Any = connection.connection.driver_connection
    sent: Sent = []
    try:
        if isinstance(driver, psycopg.Connection):
            with pipeline(driver, connection.info.setdefault("known", {})) as way:
                trip = Trip(_numbered(connection.dialect), way)
                sent = trip.sent
                yield trip
        else:
            trip = Trip(connection.dialect, Direct(driver))
            sent = trip.sent
            yield trip
    except (sqlite3.Error, psycopg.Error) as error:
        _tell(error, sent)
    if _overtaken(sent):
        raise AlreadyChanged


@cache
def _numbered(dialect: Dialect) -> Dialect:
    """The same, with `$1` in the place of the first value."""
    kind: Any = type(dialect)
    return kind(paramstyle="numeric_dollar", json_serializer=as_json)


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
def _compiled(statement: Statement | Question, given: tuple[str, ...], dialect: Dialect) -> tuple[str, Prepare]:
    """The text for the driver, and what makes a row's values ready for it, with those that stand in the statement."""
    compiled: Any = statement.compile(dialect=dialect, column_keys=given)
    assert not compiled.post_compile_params, "no list of values is asked with here"
    assert statement.is_select or not compiled.prefetch, "a column's default in Python is not asked for here"
    fixed = {name: bound.value for name, bound in compiled.binds.items() if name not in given}
    makers = {name: compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect) for name in given}
    needed = [(name, make) for name, make in makers.items() if make]

    def prepare(row: Row) -> list[Any]:
        values = fixed | row
        for name, make in needed:
            values[name] = make(values[name])
        return [values[name] for name in compiled.positiontup]

    return compiled.string, prepare


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
