"""Throw-away databases on a PostgreSQL server that lets us make some."""

from functools import cache
from uuid import uuid4

from sqlalchemy import URL, Engine, create_engine, make_url, text

#: The first version that has to be told to copy files. By itself it logs every page of the copy, at twice the cost.
TOLD_HOW = (15,)


class Server:
    """`address` is of any database there: postgresql+psycopg://postgres@127.0.0.1/postgres."""

    def __init__(self, address: str):
        self._address = make_url(address)
        self._engine = _engine(self._address)

    def create(self, like: str = "") -> str:
        """The address of a new database: empty, or a copy of the one at `like`, to which nobody is connected."""
        url = self._address.set(database=f"bihuan_{uuid4().hex}")
        with self._engine.connect() as connection:
            how = " STRATEGY FILE_COPY" if (connection.dialect.server_version_info or ()) >= TOLD_HOW else ""
            template = f' TEMPLATE "{make_url(like).database}"{how}' if like else ""
            connection.execute(text(f'CREATE DATABASE "{url.database}"{template}'))
        return url.render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)'))


@cache
def _engine(address: URL) -> Engine:
    """Its connection stays open: to connect each time cost as much as what is asked there."""
    return create_engine(address, isolation_level="AUTOCOMMIT")
