"""What must not happen twice at once, such as making a database ready, happens in one process after the other."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy import text

from models.db import db, session, unavailable

KEY = 0x6269_6875_616E  # "bihuan"; PostgreSQL keeps the locks of each database apart
WORDS, AUDIT, DISPATCHES = KEY + 1, KEY + 2, KEY + 3  # of first_to()
PATIENCE = 300  # seconds; only SQLite gives up


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other process on this database is inside. A process that dies is out at once.

    Raises StorageUnavailable.
    """
    url = db.engine.url
    if url.get_backend_name() == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": KEY})
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": KEY})
    elif url.database in (None, "", ":memory:"):
        yield  # nobody else can see it
    else:
        with closing(_held(f"{url.database}-starting")):
            yield


def first_to(key: int) -> bool:
    """Whether no other transaction does what `key` stands for; nobody else does until this one ends, and nobody waits.

    SQLite has one writer at a time anyway.
    """
    connection = session.connection()
    if connection.dialect.name != "postgresql":
        return True
    return bool(connection.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": key}))


def _held(path: str) -> sqlite3.Connection:
    try:
        lock = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        raise unavailable(error) from error
    return lock
