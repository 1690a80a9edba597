"""The flows this checkout carries are whole: every node and rule of the document, every field, well drawn."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import engine
import handlers
from engine import Definition
from tests.bpmn.drawing import NS, Drawing

ROOT = Path(__file__).parents[2]
BPMN = ROOT / "bpmn"
DIAGRAMS = sorted(BPMN.rglob("*.bpmn"))
FLOWS = ("xt_cannot", "xt_monthly")
NODES = [*(f"N{n:02}" for n in range(1, 21)), "N30"]
RULES = [*(f"XT-{n:02}" for n in range(1, 24)), *(f"XT-A{n}" for n in range(1, 10))]

# Fields of the work sheet (F-XT-1). The system knows its number and times; 退回 and 延期 have forms of their own.
SHEET = [
    *("channel", "reporter", "confidential", "matter", "submitted_before", "blocked_reason", "request", "route"),
    *("level", "complexity", "assign", "sign", "contact_log[]", "result_type", "result", "leader_sign", "verify"),
    *("revisit", "urge_log[]"),
]


def files(folder: str = "xt_cannot") -> dict[str, bytes]:
    paths = [*(BPMN / folder).iterdir(), *(BPMN / "shared").iterdir()]
    return {path.name: path.read_bytes() for path in paths if path.name.endswith((".bpmn", ".dmn", ".form.json"))}


@cache
def definition(key: str) -> Definition:
    return engine.parse(key, files())


def elements() -> dict[str, Any]:
    return {id_: element for key in FLOWS for id_, element in definition(key).elements.items()}


def parameters() -> set[str]:
    names = ("parameters.json", "parameters_added.json")
    return {entry["key"] for name in names for entry in json.loads((ROOT / "seeds" / name).read_text())["params"]}


def components(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for component in schema.get("components", []):
        yield component
        yield from components(component)


def form_fields() -> list[dict[str, Any]]:
    schemas = [json.loads(path.read_text()) for path in BPMN.rglob("*.form.json")]
    return [component for schema in schemas for component in components(schema) if "key" in component]


@pytest.mark.parametrize("path", DIAGRAMS, ids=lambda path: path.stem)
def test_a_diagram_is_well_drawn(path: Path) -> None:
    assert list(Drawing(path).faults()) == []


@pytest.mark.parametrize("key", FLOWS)
def test_nothing_stands_in_the_way_of_deploying_it(key: str) -> None:
    known = {name: info.takes for name, info in handlers.catalogue().items()}
    roles = json.loads((ROOT / "seeds" / "demo_county.json").read_text())["roles"]
    assert engine.check(key, files(), handlers=known, parameters=parameters(), posts=roles) == []


@pytest.mark.parametrize("node", NODES)
def test_every_node_of_the_document_is_drawn(node: str) -> None:
    assert [id_ for id_ in elements() if id_.startswith(f"{node}_")]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_of_the_document_is_enforced_somewhere(rule: str) -> None:
    assert [id_ for id_, element in elements().items() if rule in element.clauses]


def test_every_form_of_a_diagram_exists() -> None:
    forms = definition("xt_cannot").forms
    assert {e.properties["form"] for e in elements().values() if "form" in e.properties} == forms.keys()


def test_every_table_of_a_diagram_exists_and_every_table_of_the_flow_is_asked() -> None:
    asked = {
        entry.text
        for path in DIAGRAMS
        for entry in etree.parse(path).iterfind(".//{http://spiffworkflow.org/bpmn/schema/1.0/core}calledDecisionId")
    }
    assert asked == definition("xt_cannot").decisions.keys() - {"D-07"}  # inboxes ask the light, no diagram does


@pytest.mark.parametrize("id_", ["D-01", "D-04", "D-05", "D-06", "D-08", "D-09"])
def test_a_table_answers_every_case_with_one_row(id_: str) -> None:
    check = definition("xt_cannot").decisions[id_].check({"param": lambda key: 1})
    assert (check.problems, check.complete) == ((), True)


@pytest.mark.parametrize(("remaining", "light"), [(-1, "red"), (0, "yellow"), (1, "yellow"), (2, "blue"), (3, "green")])
def test_the_light_of_a_deadline(remaining: int, light: str) -> None:  # C-07
    given = {"remaining": remaining, "yellow_before": 1, "blue_before": 2}
    assert definition("xt_cannot").decisions["D-07"].decide(given) == {"light": light}


def test_no_light_is_blue_when_blue_comes_no_earlier_than_yellow() -> None:
    given = {"remaining": 2, "yellow_before": 1, "blue_before": 1}
    assert definition("xt_cannot").decisions["D-07"].decide(given) == {"light": "green"}


@pytest.mark.parametrize("field", SHEET)
def test_every_field_of_the_work_sheet_is_asked_for(field: str) -> None:
    asked = {c["properties"].get("field") for c in form_fields() if c["properties"].get("sheet") == "F-XT-1"}
    assert field in asked


@pytest.mark.parametrize("sheet", ["F-C-1", "F-C-2"])
def test_a_part_of_the_work_sheet_that_has_a_form_of_its_own(sheet: str) -> None:
    assert [c for c in form_fields() if c["properties"].get("sheet") == sheet]


def test_every_field_says_where_it_comes_from() -> None:
    assert {c["properties"]["origin"] for c in form_fields()} == {"T", "P", "I"}


def test_a_user_task_has_a_post_a_form_and_a_deadline() -> None:
    tasks = [element for element in elements().values() if element.kind == "userTask"]
    without = {"N02_register", "N10_handle", "N12_feedback"}  # at once; N10 and N12 share the limit of their round
    for task in tasks:
        assert {"candidates", "form"} <= task.properties.keys(), task.id
        assert task.id in without or "deadline" in task.properties, task.id


def test_what_concerns_a_clue_is_confidential() -> None:
    hidden = [e for e in elements().values() if e.id.startswith("N19_")]
    assert all(element.properties.get("confidential") == "yes" for element in hidden)


def test_names_are_chinese() -> None:
    for path in DIAGRAMS:
        for flow in etree.parse(path).iterfind(".//bpmn:sequenceFlow", NS):
            assert not (flow.get("name") or "一").isascii()
    assert not [e.id for e in elements().values() if e.name.isascii() and e.name]
