"""Where each clause is tried: the scenarios that lie beside the flows and, in a checkout, the tests."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from operations.house.folders import BPMN
from queries.house.clause_places import Place, ids_in
from scenarios.features import Scenario, read_features

TESTS = Path(__file__).parent.parent / "tests"
_TEST = re.compile(r"^ *def test_(\w+)\(.*#(.*)", re.MULTILINE)


@cache
def tried_in_scenarios(folder: Path = BPMN) -> tuple[Place, ...]:
    """Each scenario with the ids in its tags; a sample case in a name has an id of another kind."""
    return tuple(place for each in read_features([folder]) if (place := _scenario(each)).clauses)


@cache
def tried_in_tests(folder: Path = TESTS) -> tuple[Place, ...]:
    """Tests with the ids in the comment beside their name, and files with those in their first line.

    None on an installed system that carries no tests.
    """
    return tuple(place for path in sorted(folder.rglob("test_*.py")) for place in _tests(path, folder) if place.clauses)


def _scenario(scenario: Scenario) -> Place:
    ids = ids_in(" ".join(scenario.tags))
    return Place("scenario", scenario.name, f"{scenario.flow_folder.name} {scenario.feature}", ids)


def _tests(path: Path, folder: Path) -> Iterator[Place]:
    text, within = path.read_text(encoding="utf-8"), path.relative_to(folder.parent).as_posix()
    about = text.partition("\n")[0]
    yield Place("test", about.strip('"'), within, ids_in(about))
    for name, comment in _TEST.findall(text):
        yield Place("test", name.replace("_", " "), within, ids_in(comment))
