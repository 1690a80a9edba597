"""Clues (CA-12) on the diagrams: nothing of one is on a page of the unit it is about, and each is decided by itself."""

import pytest

from engine.reading import read_processes
from tests.bpmn.flows import FLOWS, definition


def nodes(key):
    drawn = read_processes(FLOWS[key]).values()
    return {id_: (node, each) for each in drawn for id_, node in each.nodes.items()}


@pytest.mark.parametrize("key", sorted(FLOWS))
def test_a_button_that_leads_to_secrets_alone_is_one_itself(key):  # CA-12, XX-20: 批示追责 tells the reason of the clue
    secrets = definition(key).secrets
    for id_, (node, process) in nodes(key).items():
        said = node.element.properties
        after = {flow.target for flow in process.flows if flow.source == id_}
        if node.kind == "boundaryEvent" and said.get("form") and after and after <= secrets:
            assert id_ in secrets, f"{key}: {id_}"


@pytest.mark.parametrize("key", sorted(FLOWS))
def test_a_task_about_one_clue_names_it_and_has_its_limit_alone(key):  # CA-12
    tasks = [each for each in definition(key).elements.values() if "clue" in each.properties]
    for each in tasks:
        if not each.id.startswith("L"):  # 郾城's ladder raises one clue in a case
            assert each.properties.get("deadlineFor") == "clue_entry.id", each.id
            assert each.properties.get("itemLabel") == "clue_entry.reason", each.id


@pytest.mark.parametrize(("key", "task"), [("yl_whistle", "N15_answer"), ("yc_accountability", "L3_pursue")])
def test_the_tasks_after_a_clue_say_which_one(key, task):  # CA-12
    assert definition(key).elements[task].properties["clue"] == "clue_entry.id"
