from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from models import Task, session
from models.task import OPEN
from tests.databases import Template, bound
from tests.faults.flow import begin_cases

CASES = 6


@pytest.fixture(scope="session")
def steady(template: Template) -> Iterator[Template]:
    """A county with cases of the steady flow, all at 办理."""
    made = template.derive(lambda: begin_cases(CASES))
    yield made
    made.close()


@pytest.fixture
def url(steady: Template) -> Iterator[str]:
    with steady.copy() as address:
        yield address


@pytest.fixture
def county(url: str) -> Iterator[None]:
    """The session bound to a fresh copy of that county; time passes as the database says."""
    with bound(url):
        yield


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """What the outside world was given."""
    return tmp_path / "sent"


@pytest.fixture
def open_tasks(county: None) -> tuple[str, ...]:
    return tuple(session.scalars(select(Task.id).where(Task.state == OPEN).order_by(Task.instance_id)))
