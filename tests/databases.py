"""Fresh databases for tests: a template is filled once, each test gets a copy of its own."""

import os
import shutil
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from uuid import uuid4

from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import make_url, update

from models import Base, User, db
from operations.house.seeds import load_reference_data
from operations.people.organisation import load_organisation
from reference.seeds import read_seed
from scenarios.servers import Server

#: A server to make throw-away databases on; `.ci/run` starts one. Without it the tests run on SQLite only.
POSTGRES = os.environ.get("BIHUAN_TEST_POSTGRES", "")
BACKENDS = ["sqlite", "postgresql"] if POSTGRES else ["sqlite"]
PASSWORD = "Demo-county-2026"
#: Says itself how little it costs to check, so that a thousand sign-ins do not cost what they must outside.
CHEAP_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


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
    """A database with schema, calendar, parameters and the demonstration county's organisation.

    On SQLite a file, unlike that of scenarios/databases.py: tests of several threads and processes open it by address.
    """

    def __init__(self, backend: str, folder: Path):
        self.backend = backend
        self._folder = folder
        self._url = self._create()
        with bound(self._url):
            Base.metadata.create_all(db.engine)
            load_reference_data()
            load_organisation(read_seed("demo_county.json"), password=PASSWORD)
            db.session.execute(update(User).values(password_hash=CHEAP_HASH))
            db.session.commit()
            if backend == "sqlite":
                db.session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def derive(self, fill: Callable[[], object]) -> "Template":
        """A template with what this one holds and what `fill` adds to it."""
        other = copy(self)
        other._url = self._create(like=self._url)
        with bound(other._url):
            fill()
        return other

    @contextmanager
    def copy(self) -> Iterator[str]:
        """The address of a copy, gone afterwards."""
        url = self._create(like=self._url)
        try:
            yield url
        finally:
            self._drop(url)

    @contextmanager
    def empty(self) -> Iterator[str]:
        """The address of a database with nothing in it, gone afterwards."""
        url = self._create()
        try:
            yield url
        finally:
            self._drop(url)

    def close(self) -> None:
        self._drop(self._url)

    def _create(self, like: str = "") -> str:
        if self.backend == "postgresql":
            return Server(POSTGRES).create(like)
        path = self._folder / f"{uuid4().hex}.db"
        if like:
            shutil.copy(str(make_url(like).database), path)
        return f"sqlite:///{path}"

    def _drop(self, url: str) -> None:
        if self.backend == "postgresql":
            Server(POSTGRES).drop(url)
        else:
            for tail in ("", "-wal", "-shm"):
                Path(f"{make_url(url).database}{tail}").unlink(missing_ok=True)


#: The fixture `kept`: what a template holds, and how it is made.
KeepTemplate = Callable[[Hashable, Callable[[], Template]], Template]
