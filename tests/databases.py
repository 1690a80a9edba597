"""Fresh databases for tests: a template is filled once, each test gets a copy of its own."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from uuid import uuid4

from flask import Flask
from sqlalchemy import create_engine, make_url, text

from models import Base, db
from operations.organisation import load_organisation
from operations.seeds import load_reference_data, read_seed

#: A server to make throw-away databases on; `.ci/run` starts one. Without it the tests run on SQLite only.
POSTGRES = os.environ.get("BIHUAN_TEST_POSTGRES", "")
BACKENDS = ["sqlite", "postgresql"] if POSTGRES else ["sqlite"]
PASSWORD = "Demo-county-2026"


@contextmanager
def bound(url: str) -> Iterator[Flask]:
    """An application context whose session talks to this database."""
    app = Flask("tests")
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db.init_app(app)
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


class Template:
    """A database with schema, calendar, parameters and the demonstration county's organisation."""

    def __init__(self, backend: str, folder: Path):
        self.backend = backend
        self._folder = folder
        self._url = self._new_url()
        if backend == "postgresql":
            _on_server(f'CREATE DATABASE "{make_url(self._url).database}"')
        with bound(self._url):
            Base.metadata.create_all(db.engine)
            load_reference_data()
            load_organisation(read_seed("demo_county.json"), password=PASSWORD)
            if backend == "sqlite":
                db.session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def derive(self, fill: Callable[[], object]) -> "Template":
        """A template with what this one holds and what `fill` adds to it."""
        other = copy(self)
        other._url = self._clone()
        with bound(other._url):
            fill()
        return other

    @contextmanager
    def copy(self) -> Iterator[str]:
        """The address of a copy, gone afterwards."""
        url = self._clone()
        try:
            yield url
        finally:
            if self.backend == "postgresql":
                _on_server(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')

    def _clone(self) -> str:
        url = self._new_url()
        mine, source = make_url(url).database, make_url(self._url).database
        assert mine
        assert source
        if self.backend == "sqlite":
            shutil.copy(source, mine)
        else:
            _on_server(f'CREATE DATABASE "{mine}" TEMPLATE "{source}"')
        return url

    @contextmanager
    def empty(self) -> Iterator[str]:
        """The address of a database with nothing in it, gone afterwards."""
        url = self._new_url()
        if self.backend == "postgresql":
            _on_server(f'CREATE DATABASE "{make_url(url).database}"')
        try:
            yield url
        finally:
            if self.backend == "postgresql":
                _on_server(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')

    def close(self) -> None:
        if self.backend == "postgresql":
            _on_server(f'DROP DATABASE "{make_url(self._url).database}" WITH (FORCE)')

    def _new_url(self) -> str:
        name = f"bihuan_{uuid4().hex}"
        if self.backend == "sqlite":
            return f"sqlite:///{self._folder / name}.db"
        return make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)


def _on_server(statement: str) -> None:
    engine = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
