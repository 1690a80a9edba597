"""The database: the session, the transaction, and the base of every table."""

import select
import sqlite3
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, MetaData, event
from sqlalchemy.engine import Dialect, ExceptionContext
from sqlalchemy.exc import DisconnectionError, InterfaceError, OperationalError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import Pool
from sqlalchemy.types import DateTime, TypeDecorator

from errors import AlreadyChanged, StorageBusy, StorageUnavailable
from models.as_json import as_json

P = ParamSpec("P")
R = TypeVar("R")


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


# Objects stay readable after a commit: a view shows what the operation returned without asking again.
db = SQLAlchemy(
    model_class=Base, session_options={"expire_on_commit": False}, engine_options={"json_serializer": as_json}
)
session = db.session

#: PostgreSQL ended one of two transactions that waited for each other; the other has gone on.
LOST_A_RACE = ("40001", "40P01")

#: PostgreSQL's lock_timeout and statement_timeout, where a county sets them.
WAITED_TOO_LONG = ("55P03", "57014")

_in_transaction: ContextVar[bool] = ContextVar("in_transaction", default=False)


def transactional(function: Callable[P, R]) -> Callable[P, R]:
    """Commit when the function returns, roll back when it raises; join the caller's transaction.

    Raises AlreadyChanged when somebody else moved a row it had read, StorageUnavailable when the database is away,
    StorageBusy when others keep it locked for too long.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _in_transaction.get():
            return function(*args, **kwargs)
        token = _in_transaction.set(True)
        try:
            _begin_anew()
            result = function(*args, **kwargs)
            session.commit()
            return result
        except StaleDataError as error:
            session.rollback()
            raise AlreadyChanged from error
        except BaseException:
            _roll_back_if_reachable()
            raise
        finally:
            _in_transaction.reset(token)

    return run


def _begin_anew() -> None:
    """What a view has read so far was another transaction, and objects of it may be old.

    PostgreSQL sees at each statement what is committed by then: where nothing but plain rows was read, as of who
    asks, going on saves it two answers over the network. SQLite takes its write lock only at the beginning.
    """
    if db.engine.dialect.name == "sqlite" or session.identity_map or session.new:
        session.rollback()


def _roll_back_if_reachable() -> None:
    try:
        session.rollback()
    except StorageUnavailable:
        session.remove()


@event.listens_for(Engine, "handle_error")
def _say_in_words(context: ExceptionContext) -> None:
    """What the database cannot do now is an error of ours wherever it shows: in a query, a handler, a commit.

    A wrong statement is none of these, though sqlite3 calls it operational too.
    """
    error = context.original_exception
    if getattr(error, "sqlstate", None) in LOST_A_RACE:
        raise AlreadyChanged from error
    away = isinstance(context.sqlalchemy_exception, OperationalError | InterfaceError)
    if away and getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR:
        raise unavailable(error) from error


def unavailable(error: BaseException) -> StorageUnavailable:
    """A database that is there and lets nobody in for too long is busy, and not away.

    `error`: the driver's.
    """
    # An extended code of SQLite has the plain one in its last byte.
    busy = getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return StorageBusy() if busy or getattr(error, "sqlstate", None) in WAITED_TOO_LONG else StorageUnavailable()


@event.listens_for(Engine, "connect")
def _configure_sqlite(connection, _record) -> None:
    """WAL lets readers go on while one writes; FULL makes a commit survive a power cut (P6)."""
    if type(connection).__module__.startswith("sqlite3"):
        connection.isolation_level = None  # we begin transactions ourselves, see _begin
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "connect")
def _keep_what_is_prepared(connection, _record) -> None:
    """psycopg forgets all that a connection has prepared at each rollback, and every page ends with one: what
    models/libpq.py has prepared would go along.
    """
    if hasattr(connection, "prepare_threshold"):
        connection.prepare_threshold = None


@event.listens_for(Pool, "checkout")
def _put_aside_what_has_ended(connection, _record, _proxy) -> None:
    """The server says nothing to an idle connection but that it ends. Looking costs microseconds, and `pool_pre_ping`
    a round trip each time; the pool then connects anew.
    """
    if hasattr(connection, "fileno"):
        said = select.poll()
        said.register(connection.fileno(), select.POLLIN)
        if said.poll(0):
            raise DisconnectionError


@event.listens_for(Engine, "begin")
def _begin(connection) -> None:
    """A writer takes SQLite's only write lock at once: a read lock that has to be raised later can deadlock (P2)."""
    if connection.dialect.name == "sqlite":
        try:  # by the driver: SQLAlchemy makes more work of it than SQLite
            connection.connection.driver_connection.execute("BEGIN IMMEDIATE" if _in_transaction.get() else "BEGIN")
        except sqlite3.OperationalError as error:
            raise unavailable(error) from error


class UTCDateTime(TypeDecorator[datetime]):
    """Aware in Python, UTC in every database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None
