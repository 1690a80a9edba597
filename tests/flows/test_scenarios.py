"""Every scenario of every flow, one test each, on every database we have; and that together they walk everything."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from commands.scenarios import open_database
from models import Case, Deadline, ProcessInstance, session, virtual_clock
from models.deadline import RUNNING
from operations.house.folders import BPMN, flow_folders
from scenarios import runner
from scenarios.coverage import unwalked
from scenarios.databases import Template, template
from scenarios.features import COMMON, Scenario, read_features
from scenarios.handbook import handbook
from scenarios.runner import Walked, play_fresh
from scenarios.walking import walked
from scenarios.world import World
from tests.databases import BACKENDS, POSTGRES

SCENARIOS = read_features([BPMN])
#: PostgreSQL plays the six cases of every flow; for the others making a database each takes longer than it tells.
RUNS = [
    (backend, scenario)
    for backend in BACKENDS
    for scenario in SCENARIOS
    if backend == "sqlite" or scenario.path.stem == "六个案例"
]


@pytest.fixture(scope="module")
def templates() -> Iterator[dict[tuple[str, Path], Template]]:
    made: dict[tuple[str, Path], Template] = {}
    yield made
    for each in made.values():
        each.close()


@pytest.fixture(scope="module")
def walks() -> dict[Scenario, Walked]:
    """What each scenario has walked on SQLite; filled as they run."""
    return {}


def play(scenario: Scenario, backend: str, templates: dict[tuple[str, Path], Template]) -> Walked:
    key = (backend, scenario.flow_folder)
    if key not in templates:
        server = POSTGRES if backend == "postgresql" else ""
        templates[key] = template(open_database, scenario.flow_folder, server)
    with templates[key].fresh(), virtual_clock(runner.BEGIN) as clock:
        runner.play(scenario, World(clock, runner.BEGIN))
        assert running_in_ended_cases() == []
        return walked()


def running_in_ended_cases() -> list[str]:
    """What would say 正在计时 of a case in which nothing waits any more."""
    rows = (
        select(Case.flow, Deadline.key)
        .join(Case, Case.id == Deadline.case_id)
        .join(ProcessInstance, ProcessInstance.case_id == Case.id)
        .where(Deadline.state == RUNNING, ProcessInstance.ended_at.is_not(None))
    )
    return [f"{flow}: {key}" for flow, key in session.execute(rows)]


@pytest.mark.parametrize(("backend", "scenario"), RUNS, ids=str)
def test_a_scenario_goes_as_it_is_written(backend, scenario, templates, walks) -> None:
    passed = play(scenario, backend, templates)
    if backend == "sqlite":
        walks[scenario] = passed


def test_together_the_scenarios_walk_every_element(templates, walks) -> None:
    for scenario in SCENARIOS:
        if scenario not in walks:
            walks[scenario] = play(scenario, "sqlite", templates)
    left = {
        flow: [str(element) for element in elements]
        for flow, elements in unwalked(walks.values(), flow_folders()).items()
    }
    assert left == {flow: [] for flow in left}
    assert "xt_cannot" in left
    assert "xt_monthly" in left


def test_the_six_cases_are_among_them() -> None:
    names = " ".join(scenario.name for scenario in SCENARIOS)
    assert all(case in names for case in ("XT-C01", "XT-C03", "XT-C05", "XT-C07", "XT-C09", "XT-C11"))


def test_every_rule_of_the_document_has_a_scenario() -> None:
    proven = {tag for scenario in SCENARIOS for tag in scenario.tags}
    rules = {f"XT-{number:02}" for number in range(1, 24)}
    assert rules - proven == set()


def test_the_example_of_the_handbook_can_be_played(tmp_path) -> None:
    folder = BPMN / "xt_cannot"
    mine = tmp_path / "xt_cannot" / "scenarios"
    mine.mkdir(parents=True)
    shutil.copy(folder / "scenarios" / COMMON, mine)
    example = handbook().partition("```gherkin\n")[2].partition("```")[0]
    (mine / "例.feature").write_text(example, encoding="utf-8")
    [scenario] = read_features([mine])
    with closing(template(open_database, folder)) as fresh:
        assert "N07_auto_sign" in play_fresh(scenario, fresh)["xt_cannot"]
