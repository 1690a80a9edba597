from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from models import Task, seal_with, session
from models.task import OPEN
from tests.databases import KeepTemplate, Template
from tests.faults.flow import SECRET, begin_cases

CASES = 6


@pytest.fixture(autouse=True)
def _seal() -> None:
    """Whatever another test has sealed its history with."""
    seal_with(SECRET)


@pytest.fixture(scope="session")
def counties(template: Template, kept: KeepTemplate) -> Callable[[int], Template]:
    """A county with so many cases of the steady flow, all at 办理; made once."""

    def with_cases(count: int) -> Template:
        return kept(("cases", template.backend, count), lambda: template.derive(lambda: begin_cases(count)))

    return with_cases


@pytest.fixture
def cases() -> int:
    """How many cases the county has."""
    return CASES


@pytest.fixture
def url(counties: Callable[[int], Template], cases: int) -> Iterator[str]:
    """The address of a fresh copy of that county; time passes as the database says."""
    with counties(cases).copy() as address:
        yield address


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """What the outside world was given."""
    return tmp_path / "sent"


@pytest.fixture
def open_tasks(county: None) -> tuple[str, ...]:
    return tuple(session.scalars(select(Task.id).where(Task.state == OPEN).order_by(Task.instance_id)))
