"""A real case is recorded as a scenario, which passes against the version that the case ran under (S-04)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from commands.scenarios import open_database
from models import ProcessInstance, session, virtual_clock
from scenarios.databases import SQLiteTemplate
from scenarios.entries import usual_fields
from scenarios.features import Scenario, folder_background, read_feature, read_features
from scenarios.people import anyone
from scenarios.recording import record
from scenarios.runner import BEGIN, play
from scenarios.telling import tell
from scenarios.world import World

XT = Path(__file__).parents[2] / "bpmn" / "xt_cannot"
CASES = read_features([XT / "scenarios" / "六个案例.feature"])[:3]


@pytest.fixture(scope="module")
def county() -> Iterator[SQLiteTemplate]:
    made = SQLiteTemplate(open_database, XT)
    yield made
    made.close()


def played(scenario: Scenario, county: SQLiteTemplate) -> str:
    """The text that the first case of this scenario makes."""
    with county.fresh(), virtual_clock(BEGIN) as clock:
        play(scenario, World(clock, BEGIN))
        instance = session.scalars(select(ProcessInstance).order_by(ProcessInstance.id).limit(1)).one()
        usual = usual_fields(folder_background(scenario.path))
        return tell(instance, record(instance), usual, anyone())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_was_recorded_passes_when_it_is_played(case, county, tmp_path):
    text = played(case, county)
    for kept_apart in ("某退役军人", "某继承人", "某村民", "100000001"):  # who brought it, and their number
        assert kept_apart not in text
    path = tmp_path / "xt_cannot" / "scenarios" / "录制.feature"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    (path.parent / "背景.feature").write_bytes((XT / "scenarios" / "背景.feature").read_bytes())
    [scenario] = read_feature(path)
    with county.fresh(), virtual_clock(BEGIN) as clock:
        play(scenario, World(clock, BEGIN))
