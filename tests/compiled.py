"""Each test has a database of its own, and SQLAlchemy keeps what it has compiled with the engine: a fifth of the time
of a test went into compiling again what the test before it had asked. Here the engines of one kind share it.
"""

from functools import cache
from typing import Any

from flask import Flask
from sqlalchemy import Dialect, Engine, create_engine

from models import db
from tests.databases import POSTGRES

_ADDRESSES = {"sqlite": "sqlite://"} | ({"postgresql": POSTGRES} if POSTGRES else {})


def compile_once() -> None:
    """From here on, whatever database Flask-SQLAlchemy opens in this process."""
    make = db._make_engine

    def make_sharing(bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:
        return sharing(make(bind_key, options, app))

    db._make_engine = make_sharing  # type: ignore[method-assign]


def sharing(engine: Engine) -> Engine:
    """The same, with what the others of its kind have compiled."""
    if engine.dialect.name in _ADDRESSES:
        engine.dialect, compiled = _shared(engine.dialect.name)
        engine.update_execution_options(compiled_cache=compiled)
    return engine


@cache
def _shared(kind: str) -> tuple[Dialect, dict[Any, Any]]:
    """A dialect that has seen its server, and what is compiled for it."""
    engine = create_engine(_ADDRESSES[kind])
    engine.connect().close()
    engine.dispose()
    return engine.dialect, {}
