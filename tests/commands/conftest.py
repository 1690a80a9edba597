"""`flask …` as an operator types it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from app import create_app
from models import db, session

Verb = Callable[..., Result]


@pytest.fixture
def app(url: str) -> Iterator[Flask]:
    made = create_app(DATABASE_URL=url, SECRET_KEY="test", TESTING=True)
    with made.app_context():
        yield made
        session.remove()
        db.engine.dispose()


@pytest.fixture
def flask(app: Flask) -> Verb:
    """Run a verb; the second thing typed may be what stands on its standard input."""

    def run(*arguments: object, stdin: str = "") -> Result:
        result = app.test_cli_runner().invoke(args=[str(each) for each in arguments], input=stdin)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        session.rollback()
        return result

    return run


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Any], Path]:
    """A JSON file with this in it."""

    def make(content: Any) -> Path:
        path = tmp_path / "file.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return make
