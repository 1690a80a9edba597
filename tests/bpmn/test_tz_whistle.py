"""泰州: every node of SPEC §1.4, every rule, every field of its three sheets; and no flow decides about a person."""

import json

import pytest

from operations.house.folders import BPMN, read_folder
from reference.seeds import read_seed
from tests.bpmn.flows import definition

FOLDER = BPMN / "tz_whistle"
FLOWS = ("tz_annual", "tz_monthly", "tz_quarterly", "tz_whistle")
NODES = [*(f"N{n:02}" for n in range(1, 14)), "N20", "N21", "N22", "N23"]
#: The system adds the number and the moment of receipt; 延期 has a form of its own (F-C-2).
SHEETS = {
    "F-TZ-1": {
        *("park", "butler", "enterprise", "category", "is_project", "title", "expect", "office_route", "lead", "co[]"),
        *("response", "deadline", "owner", "minutes", "office_review", "progress[]", "exclude", "result"),
        *("park_confirm", "closed_at"),
    },
    "F-TZ-2": {"s1", "s2", "s3", "s4", "s5", "comment", "rater"},
    "F-TZ-3": {"s1", "s2", "s3", "s4", "comment", "rater"},
}


def elements():
    return [element for key in FLOWS for element in definition(key).elements.values()]


def test_the_flows_that_can_be_started():
    assert tuple(sorted(read_folder(FOLDER))) == FLOWS


@pytest.mark.parametrize("node", NODES)
def test_every_node_is_drawn(node):
    assert [each.id for each in elements() if each.id.startswith(f"{node}_")]


@pytest.mark.parametrize(("sheet", "fields"), SHEETS.items())
def test_every_field_of_a_sheet_is_asked_for(sheet, fields):
    schemas = [json.loads(path.read_text()) for path in FOLDER.glob("*.form.json")]
    asked = {
        component["properties"]["field"]
        for schema in schemas
        for component in schema["components"]
        if component["properties"].get("sheet") == sheet
    }
    assert asked == fields


def test_every_form_of_the_folder_is_asked_somewhere():
    asked = {each.properties["form"] for each in elements() if "form" in each.properties}
    assert {path.name.removesuffix(".form.json") for path in FOLDER.glob("*.form.json")} <= asked


@pytest.mark.parametrize("table", ["D-03", "D-06", "D-08", "D-12", "D-14"])
def test_a_table_answers_every_case_with_one_row(table):
    check = definition("tz_whistle").decisions[table].check({"param": lambda key: 1})
    assert (check.problems, check.complete) == ((), True)


def test_the_document_names_forty_units_in_three_classes():  # TZ-14
    units = definition("tz_quarterly").decisions["D-15"].decide({"scheme": "TZ"})
    assert [units["unit_classes"].count(each) for each in "ABC"] == [14, 16, 10]
    assert len(set(units["unit_codes"])) == 40
    assert definition("tz_quarterly").decisions["D-15"].decide({"scheme": "XT"})["unit_codes"] == []


def test_the_classes_name_the_units_of_the_county_by_their_names():
    county = read_seed("demo_county.json")
    names = {each["code"]: each["name"] for each in county["units"] if each["code"].startswith("tz_")}
    units = definition("tz_quarterly").decisions["D-15"].decide({"scheme": "TZ"})
    classed = dict(zip(units["unit_codes"], units["unit_names"], strict=True))
    handling = {each["code"] for each in county["units"] if each["code"].startswith("tz_") and each["handles_cases"]}
    assert handling <= classed.keys()
    assert all(names[code] == classed[code] for code in handling)


def test_the_whistle_office_rates_nobody():  # TZ-A11
    rating = [each for each in elements() if each.properties.get("form") in ("F-TZ-2", "F-TZ-3")]
    assert len({each.id for each in rating}) == 3
    assert not [each for each in rating if "tz_whistle_office" in each.properties["candidates"]]


def test_only_a_user_task_stands_for_a_decision_about_people():  # TZ-26…30
    decided = {each.id: each.kind for each in elements() if each.id in ("N22_decide", "N23_decide", "CA12_decide")}
    assert decided == dict.fromkeys(("N22_decide", "N23_decide", "CA12_decide"), "userTask")


def test_a_user_task_has_a_deadline_unless_it_registers_the_case_or_may_be_left_undone():
    without = [each.id for each in elements() if each.kind == "userTask" and "deadline" not in each.properties]
    assert set(without) == {"N01_collect", "N21_correct"}
