"""Path coverage: what no scenario has walked, by name."""

from pathlib import Path

import pytest

from scenarios.coverage import unwalked
from tests.scenarios.small import make_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path).parent


def test_elements_that_nobody_walked_are_named(folder) -> None:
    walks = [{"small": {"start", "sign"}}, {"small": {"signed", "handle"}}]
    left = {element.id for element in unwalked(walks, [folder])["small"]}
    assert left >= {"unsigned", "late", "urge", "done"}
    assert not left & {"start", "sign", "signed", "handle"}


def test_a_flow_that_no_scenario_touches_is_wholly_left(folder) -> None:
    assert "start" in {element.id for element in unwalked([], [folder])["small"]}


def test_one_flow_can_be_asked_for(folder) -> None:
    assert unwalked([], [folder], "small").keys() == {"small"}
    assert unwalked([], [folder], "other") == {}
