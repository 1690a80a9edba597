"""Run migrations against the database of the Flask application in context (Flask-Migrate calls this)."""

from typing import Any, Literal

from alembic import context
from flask import current_app

from models import Base, db
from models.db import UTCDateTime


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """A migration stands by itself: our column type is written as what the database stores."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, UTCDateTime) else False


with db.engine.connect() as connection:
    arguments = current_app.extensions["migrate"].configure_args
    context.configure(connection=connection, target_metadata=Base.metadata, render_item=render_item, **arguments)
    with context.begin_transaction():
        context.run_migrations()
