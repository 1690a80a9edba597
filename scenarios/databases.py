"""A fresh database for each scenario: one template is filled and the flow deployed, every scenario gets a copy."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

from config import ZONE
from models import Base, db, virtual_clock
from operations.folders import deploy_folder
from operations.organisation import load_organisation
from operations.seeds import load_reference_data, read_seed

#: Binds the session to the database at an address; whoever may import Flask hands it in.
OpenDatabase = Callable[[str], AbstractContextManager[Any]]

FILLED_AT = datetime(2020, 1, 1, tzinfo=ZONE)  # before any scenario begins


class Template:
    """A county with one flow folder deployed."""

    def __init__(self, open_database: OpenDatabase, folder: Path):
        self._open = open_database
        self._folder = folder

    def fresh(self) -> AbstractContextManager[None]:
        """The session bound to a new copy, which is gone afterwards."""
        raise NotImplementedError

    def close(self) -> None:
        """Leave nothing behind."""

    def _fill(self) -> None:
        with virtual_clock(FILLED_AT):
            Base.metadata.create_all(db.engine)
            load_reference_data()
            load_organisation(read_seed("demo_county.json"), password=uuid4().hex)
            deploy_folder(self._folder)
            db.session.remove()


class SQLiteTemplate(Template):
    """In memory, so that no commit waits for a disk."""

    def __init__(self, open_database: OpenDatabase, folder: Path):
        super().__init__(open_database, folder)
        with open_database("sqlite://"):
            self._fill()
            self._image = _driver_connection().serialize()

    @contextmanager
    def fresh(self) -> Iterator[None]:
        with self._open("sqlite://"):
            _driver_connection().deserialize(self._image)
            yield


class PostgresTemplate(Template):
    """A database of its own on a server that lets us make some."""

    def __init__(self, open_database: OpenDatabase, folder: Path, server: str):
        super().__init__(open_database, folder)
        self._server = server
        self._name = self._create()
        with open_database(self._url(self._name)):
            self._fill()
            db.engine.dispose()

    @contextmanager
    def fresh(self) -> Iterator[None]:
        name = self._create(f'TEMPLATE "{self._name}"')
        try:
            with self._open(self._url(name)):
                yield
        finally:
            self._drop(name)

    def close(self) -> None:
        self._drop(self._name)

    def _create(self, how: str = "") -> str:
        name = f"bihuan_scenario_{uuid4().hex}"
        self._run(f'CREATE DATABASE "{name}" {how}')
        return name

    def _drop(self, name: str) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _url(self, name: str) -> str:
        return make_url(self._server).set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        engine = create_engine(self._server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


def template(open_database: OpenDatabase, folder: Path, server: str = "") -> Template:
    """On PostgreSQL when a server's address is given, else on SQLite."""
    return PostgresTemplate(open_database, folder, server) if server else SQLiteTemplate(open_database, folder)


def _driver_connection() -> sqlite3.Connection:
    """The one connection that an in-memory database has."""
    with db.engine.connect() as connection:
        driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
        return driver
