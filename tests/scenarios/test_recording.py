"""A real case is recorded as a scenario, which passes against the version that the case ran under (S-04)."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from commands.scenarios import open_database
from models import Identity, ProcessInstance, session, virtual_clock
from operations.gate.suspension import suspend
from scenarios.databases import SQLiteTemplate
from scenarios.entries import usual_fields
from scenarios.features import Scenario, folder_background, read_feature, read_features
from scenarios.people import anyone
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


def played(
    scenario: Scenario, county: SQLiteTemplate, by: Identity, then: Callable[[ProcessInstance], object] = id
) -> str:
    """The text that this person makes of the first case of the scenario, after what is `then` done to it."""
    with county.fresh(), virtual_clock(BEGIN) as clock:
        play(scenario, World(clock, BEGIN))
        instance = session.scalars(select(ProcessInstance).order_by(ProcessInstance.id).limit(1)).one()
        then(instance)
        usual = usual_fields(folder_background(scenario.path))
        return tell(instance, usual, by)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_was_recorded_passes_when_it_is_played(case, county, tmp_path):
    text = played(case, county, anyone())
    for kept_apart in ("某退役军人", "某继承人", "某村民", "100000001"):  # who brought it, and their number
        assert kept_apart not in text
    path = tmp_path / "xt_cannot" / "scenarios" / "录制.feature"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    (path.parent / "背景.feature").write_bytes((XT / "scenarios" / "背景.feature").read_bytes())
    [scenario] = read_feature(path)
    with county.fresh(), virtual_clock(BEGIN) as clock:
        play(scenario, World(clock, BEGIN))


def test_who_may_not_know_of_clues_records_nothing_of_them_and_staff_are_not_named(county):  # XT-20, S-04
    [case] = [each for each in read_features([XT / "scenarios"]) if each.name == "督查室认定仍未办理，登记线索"]
    told = played(case, county, anyone(), then=partial(suspend, why="查证", by=Identity(None, "zhang", "张三丰")))
    assert "N19_accountability" in told
    assert "某甲02暂停办理" in told
    assert "张三丰" not in told
    told = played(case, county, Identity(None, "sheji", "设计员", permissions=frozenset({"see_all"})))
    assert "N19" not in told
    assert "问责" not in told
