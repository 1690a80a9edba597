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
from operations.house.folders import deploy_folder
from operations.house.seeds import load_reference_data
from operations.people.organisation import load_organisation
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

    def __init__(self, open_database: OpenDatabase, folder: Path, settle: Callable[[], object] = lambda: None):
        """`settle` changes the county before the flow is deployed."""
        self._bound, county = _in_memory(open_database)
        with self._bound():
            _put_in(county)
            with virtual_clock(FILLED_AT):
                settle()
            _deploy(folder)
            self._filled = _copied()

    @contextmanager
    def fresh(self) -> Iterator[None]:
        with self._bound():
            _put_in(self._filled)
            with _own_files():
                yield

    def close(self) -> None:
        self._filled.close()


@cache
def _in_memory(open_database: OpenDatabase) -> tuple[Callable[[], AbstractContextManager[Any]], sqlite3.Connection]:
    """One for all flows, as SQLAlchemy keeps with it what it has compiled; and the county that all begin with."""
    bound = open_database("sqlite://")
    with bound():
        _fill()
        return bound, _copied()


def _put_in(content: sqlite3.Connection) -> None:
    content.backup(_driver_connection())
    forget()


def _copied() -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:")
    _driver_connection().backup(copy)
    return copy


class PostgresTemplate(Template):
    """A database of its own on a server."""

    def __init__(self, open_database: OpenDatabase, folder: Path, server: Server):
        self._open = open_database
        self._server = server
        self._filled = server.create()
        with self._bound(self._filled):
            _fill()
            _deploy(folder)

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


def _fill() -> None:
    with virtual_clock(FILLED_AT):
        Base.metadata.create_all(db.engine)
        load_reference_data()
        load_organisation(read_seed("demo_county.json"), password=f"Nobody-{uuid4().hex}")
        db.session.remove()


def _deploy(folder: Path) -> None:
    with virtual_clock(FILLED_AT):
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
