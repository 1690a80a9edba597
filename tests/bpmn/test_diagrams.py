"""The flows this checkout carries are whole: every node and rule of the document, every field, well drawn."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from operations.house.folders import BPMN
from tests.bpmn.drawing import NS, Drawing
from tests.bpmn.flows import FLOWS, definition, obstacles
from tests.bpmn.labels import unreadable

DIAGRAMS = sorted(BPMN.rglob("*.bpmn"))


@dataclass(frozen=True)
class Document:
    """What a county's document asks of its folder."""

    folder: str
    keys: tuple[str, ...]  # flows that can be started
    nodes: tuple[str, ...]
    tables: tuple[str, ...]
    sheet: str  # the work sheet whose fields are asked for in parts
    fields: tuple[str, ...]
    at_once: frozenset[str]  # user tasks without a deadline of their own
    clue: tuple[str, ...]  # beginnings of what only the holders of `clues` may see


XT = Document(
    folder="xt_cannot",
    keys=("xt_cannot", "xt_monthly"),
    nodes=(*(f"N{n:02}" for n in range(1, 21)), "N30"),
    tables=("D-01", "D-04", "D-05", "D-06", "D-08", "D-09"),
    sheet="F-XT-1",
    # The system knows its number and times; 退回 and 延期 have forms of their own.
    fields=(
        *("channel", "reporter", "confidential", "matter", "submitted_before", "blocked_reason", "request", "route"),
        *("level", "complexity", "assign", "sign", "contact_log[]", "result_type", "result", "leader_sign", "verify"),
        *("revisit", "urge_log[]"),
    ),
    at_once=frozenset({"N02_register", "N10_handle", "N12_feedback"}),  # N10 and N12 share the limit of their round
    clue=("N19_",),
)
YL = Document(
    folder="yl_whistle",
    keys=("yl_whistle",),
    nodes=tuple(f"N{n:02}" for n in range(1, 18)),
    tables=("D-01", "D-02", "D-08"),
    sheet="F-YL-2",
    # The system knows its number and the filing's.
    fields=(
        *("initiator_org", "filler", "source", "instruction", "media_ref", "category", "sub_category", "title"),
        *("description", "objective", "participants[]", "county_leaders", "citizens", "consultations[]", "report_time"),
        *("report_place", "need_city", "initiator_sign", "review", "attendance[]", "plan", "tasks[]", "result"),
        *("verification", "attachments"),
    ),
    at_once=frozenset({"N02_register"}),
    clue=("N15_report", "N15_gate", "N15_clue", "N15_answer", "N15_end"),
)
DOCUMENTS = (XT, YL)
EACH = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.folder)


def _with(field: str) -> pytest.MarkDecorator:
    pairs = [(document, value) for document in DOCUMENTS for value in getattr(document, field)]
    return pytest.mark.parametrize(("document", "wanted"), pairs, ids=[f"{d.folder}-{value}" for d, value in pairs])


def elements(document: Document) -> dict[str, Any]:
    return {id_: element for key in document.keys for id_, element in definition(key).elements.items()}


def components(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for component in schema.get("components", []):
        yield component
        yield from components(component)


def form_fields(*folders: str) -> list[dict[str, Any]]:
    paths = [path for folder in (*folders, "shared") for path in (BPMN / folder).glob("*.form.json")]
    schemas = [json.loads(path.read_text()) for path in paths]
    return [component for schema in schemas for component in components(schema) if "properties" in component]


@pytest.mark.parametrize("path", DIAGRAMS, ids=lambda path: path.stem)
def test_a_diagram_is_well_drawn(path: Path) -> None:
    assert list(Drawing(path).faults()) == []


@pytest.mark.parametrize("path", DIAGRAMS, ids=lambda path: path.stem)
def test_the_names_in_a_diagram_can_be_read(path: Path) -> None:
    assert list(unreadable(path)) == []


@pytest.mark.parametrize("key", FLOWS)
def test_nothing_stands_in_the_way_of_deploying_it(key: str) -> None:
    assert obstacles(key) == []


@_with("nodes")
def test_every_node_of_the_document_is_drawn(document: Document, wanted: str) -> None:
    assert [id_ for id_ in elements(document) if id_.startswith(f"{wanted}_")]


@EACH
def test_every_form_of_a_diagram_exists_and_every_form_of_the_folder_is_asked(document: Document) -> None:
    forms = definition(document.keys[0]).forms.keys()
    asked = {e.properties["form"] for e in elements(document).values() if "form" in e.properties}
    own = {path.name.removesuffix(".form.json") for path in (BPMN / document.folder).glob("*.form.json")}
    assert own <= asked <= forms


@EACH
def test_every_table_of_a_diagram_exists_and_every_table_of_the_folder_is_asked(document: Document) -> None:
    drawn = {process for key in document.keys for process in definition(key).process_names}
    asked = {
        entry.text
        for folder in (document.folder, "shared")
        for path in (BPMN / folder).glob("*.bpmn")
        if path.stem in drawn
        for entry in etree.parse(path).iterfind(".//{http://spiffworkflow.org/bpmn/schema/1.0/core}calledDecisionId")
    }
    known = definition(document.keys[0]).decisions.keys()
    assert asked <= known
    assert set(document.tables) <= asked


@_with("tables")
def test_a_table_answers_every_case(document: Document, wanted: str) -> None:
    check = definition(document.keys[0]).decisions[wanted].check({"param": lambda key: 1})
    assert (check.problems, check.complete) == ((), True)


@pytest.mark.parametrize(("remaining", "light"), [(-1, "red"), (0, "yellow"), (1, "yellow"), (2, "blue"), (3, "green")])
def test_the_light_of_a_deadline(remaining: int, light: str) -> None:  # C-07
    given = {"remaining": remaining, "yellow_before": 1, "blue_before": 2}
    assert definition("xt_cannot").decisions["D-07"].decide(given) == {"light": light}


def test_no_light_is_blue_when_blue_comes_no_earlier_than_yellow() -> None:
    given = {"remaining": 2, "yellow_before": 1, "blue_before": 1}
    assert definition("xt_cannot").decisions["D-07"].decide(given) == {"light": "green"}


@_with("fields")
def test_every_field_of_the_work_sheet_is_asked_for(document: Document, wanted: str) -> None:
    of_sheet = [c for c in form_fields(document.folder) if c["properties"].get("sheet") == document.sheet]
    assert wanted in {component["properties"].get("field") for component in of_sheet}


@pytest.mark.parametrize("sheet", ["F-C-1", "F-C-2", "F-C-3"])
def test_a_part_of_the_work_sheet_that_has_a_form_of_its_own(sheet: str) -> None:
    assert [c for c in form_fields() if c["properties"].get("sheet") == sheet]


@pytest.mark.parametrize("mark", ["A1", "A2", "B1", "B2", "B3", "C1"])
def test_every_mark_of_the_evaluation_has_its_full_score(mark: str) -> None:  # YL-15, YL-19
    full = {"A1": 40, "A2": 60, "B1": 35, "B2": 30, "B3": 35, "C1": 100}
    [field] = [c for c in form_fields("yl_whistle") if c["properties"].get("field") == mark]
    assert (field["validate"]["min"], field["validate"]["max"]) == (0, full[mark])


@EACH
def test_every_field_says_where_it_comes_from(document: Document) -> None:
    assert {c["properties"]["origin"] for c in form_fields(document.folder)} <= {"T", "P", "I"}


@EACH
def test_a_user_task_has_a_post_a_form_and_a_deadline(document: Document) -> None:
    for task in [element for element in elements(document).values() if element.kind == "userTask"]:
        assert {"candidates", "form"} <= task.properties.keys(), task.id
        assert task.id in document.at_once or "deadline" in task.properties, task.id


@EACH
def test_what_concerns_a_clue_is_confidential(document: Document) -> None:
    hidden = [element for element in elements(document).values() if element.id.startswith(document.clue)]
    assert hidden
    assert all(element.properties.get("confidential") == "yes" for element in hidden)


def test_names_are_chinese() -> None:
    for path in DIAGRAMS:
        for flow in etree.parse(path).iterfind(".//bpmn:sequenceFlow", NS):
            assert not (flow.get("name") or "一").isascii()
    for document in DOCUMENTS:
        assert not [e.id for e in elements(document).values() if e.name.isascii() and e.name]
