"""Run migrations against the database of the Flask application in context (Flask-Migrate calls this)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from errors import AppError
from models import Base, db
from models.case_text import is_index_of_pieces
from models.db import UTCDateTime


def include_object(_item: Any, name: str | None, *_: Any) -> bool:
    return not is_index_of_pieces(name or "")


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """A migration stands by itself: our column type is written as what the database stores."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, UTCDateTime) else False


@contextmanager
def unenforced_references(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by copying it and dropping the old one, and to drop a table deletes its rows first, which
    a reference to one of them forbids. The pragma does nothing inside a transaction, so it is given around it.
    """
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def run(connection: Connection) -> None:
    """All steps or none: we begin transactions ourselves (models/db.py), so SQLite too takes a table's change back."""
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                names = "、".join(sorted({row[0] for row in broken}))
                raise AppError(f"升级没有完成，数据没有改动：{names} 里有的行指向不存在的记录。")


with db.engine.connect() as connection:
    arguments = current_app.extensions["migrate"].configure_args
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_item=render_item,
        include_object=include_object,
        transactional_ddl=True,
        **arguments,
    )
    if connection.dialect.name == "sqlite":
        with unenforced_references(connection):
            run(connection)
    else:
        run(connection)
