"""Throw-away databases on a PostgreSQL server that lets us make some."""

from uuid import uuid4

from sqlalchemy import create_engine, make_url, text


class Server:
    """`address` is of any database there: postgresql+psycopg://postgres@127.0.0.1/postgres."""

    def __init__(self, address: str):
        self._address = make_url(address)

    def create(self, like: str = "") -> str:
        """The address of a new database: empty, or a copy of the one at `like`, to which nobody is connected."""
        url = self._address.set(database=f"bihuan_{uuid4().hex}")
        self._run(f'CREATE DATABASE "{url.database}"' + (f' TEMPLATE "{make_url(like).database}"' if like else ""))
        return url.render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        engine = create_engine(self._address, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()
