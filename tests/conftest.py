"""What most tests start from: a county on a fresh database and a clock that stands still until it is moved."""

import gc
from collections.abc import Callable, Hashable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from config import ZONE
from models import virtual_clock
from models.clock import VirtualClock
from tests.compiled import compile_once
from tests.databases import BACKENDS, KeepTemplate, Template, bound

# A test says whether we are right, not whether the machine is busy.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

compile_once()

NOW = datetime(2026, 3, 12, 9, tzinfo=ZONE)


def pytest_collection_finish() -> None:
    """Modules and tests stay to the end: the collector need not walk them again and again."""
    gc.freeze()


@pytest.fixture(scope="session")
def kept() -> Iterator[KeepTemplate]:
    """Fills a template when it is first asked for, by what it holds, and keeps it for the process: of a fixture with
    parameters pytest keeps the newest alone, and each file goes from one database to the other.
    """
    made: dict[Hashable, Template] = {}

    def keep(what: Hashable, make: Callable[[], Template]) -> Template:
        if what not in made:
            made[what] = make()
        return made[what]

    yield keep
    for each in made.values():
        each.close()


@pytest.fixture(scope="session", params=BACKENDS)
def template(request: pytest.FixtureRequest, kept: KeepTemplate, tmp_path_factory: pytest.TempPathFactory) -> Template:
    return kept(request.param, lambda: Template(request.param, tmp_path_factory.mktemp("databases")))


@pytest.fixture
def url(template: Template) -> Iterator[str]:
    """The address of a fresh county."""
    with template.copy() as address:
        yield address


@pytest.fixture
def county(url: str) -> Iterator[None]:
    """A fresh county, and the session bound to it."""
    with bound(url):
        yield


@pytest.fixture
def clock() -> Iterator[VirtualClock]:
    """Thursday 2026-03-12, 09:00 in the county."""
    with virtual_clock(NOW) as virtual:
        yield virtual


@pytest.fixture
def bpmn() -> Path:
    return Path(__file__).parent.parent / "bpmn"
