"""A fresh database for each scenario: one template is filled and the flow deployed, every scenario gets a copy.

On SQLite in memory, for one connection: that is fast. tests/databases.py makes files, which several processes open.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from config import ZONE
from models import Base, db, keep_files_in, virtual_clock
from operations.folders import deploy_folder
from operations.organisation import load_organisation
from operations.seeds import load_reference_data
from reference.cache import forget
from reference.seeds import read_seed
from scenarios.servers import Server

#: From an address to what binds the session to the database there; whoever may import Flask hands it in.
OpenDatabase = Callable[[str], Callable[[], AbstractContextManager[Any]]]

FILLED_AT = datetime(2020, 1, 6, tzinfo=ZONE)  # before any scenario begins; the first fortnight there is a calendar for


class Template:
    """A county with one flow folder deployed."""

    def fresh(self) -> AbstractContextManager[None]:
        """The session bound to a new copy, which is gone afterwards."""
        raise NotImplementedError

    def close(self) -> None:
        """Leave nothing behind."""


class SQLiteTemplate(Template):
    """In memory, so that no commit waits for a disk. One connection, whose content is put in each time."""

    def __init__(self, open_database: OpenDatabase, folder: Path):
        self._bound = _in_memory(open_database)
        self._filled = sqlite3.connect(":memory:")
        with self._bound():
            self._filled.backup(_driver_connection())
            forget()
            _fill(folder)
            _driver_connection().backup(self._filled)

    @contextmanager
    def fresh(self) -> Iterator[None]:
        with self._bound():
            self._filled.backup(_driver_connection())
            forget()
            with _own_files():
                yield

    def close(self) -> None:
        self._filled.close()


@cache
def _in_memory(open_database: OpenDatabase) -> Callable[[], AbstractContextManager[Any]]:
    """One for all flows: SQLAlchemy keeps the statements it has compiled with the database."""
    return open_database("sqlite://")


class PostgresTemplate(Template):
    """A database of its own on a server."""

    def __init__(self, open_database: OpenDatabase, folder: Path, server: Server):
        self._open = open_database
        self._server = server
        self._filled = server.create()
        with self._bound(self._filled):
            _fill(folder)

    @contextmanager
    def fresh(self) -> Iterator[None]:
        url = self._server.create(like=self._filled)
        try:
            with self._bound(url), _own_files():
                yield
        finally:
            self._server.drop(url)

    def close(self) -> None:
        self._server.drop(self._filled)

    @contextmanager
    def _bound(self, url: str) -> Iterator[None]:
        with self._open(url)():
            yield
            db.session.remove()
            db.engine.dispose()


@contextmanager
def _own_files() -> Iterator[None]:
    """A folder for what is attached, gone afterwards."""
    with TemporaryDirectory() as folder:
        before = keep_files_in(Path(folder))
        try:
            yield
        finally:
            keep_files_in(before)


def _fill(folder: Path) -> None:
    with virtual_clock(FILLED_AT):
        Base.metadata.create_all(db.engine)
        load_reference_data()
        load_organisation(read_seed("demo_county.json"), password=f"Nobody-{uuid4().hex}")
        deploy_folder(folder)
        db.session.remove()


def template(open_database: OpenDatabase, folder: Path, server: str = "") -> Template:
    """On PostgreSQL when a server's address is given, else on SQLite."""
    return PostgresTemplate(open_database, folder, Server(server)) if server else SQLiteTemplate(open_database, folder)


def _driver_connection() -> sqlite3.Connection:
    """The one connection that an in-memory database has."""
    with db.engine.connect() as connection:
        driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
        return driver
