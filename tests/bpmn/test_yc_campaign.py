"""郾城: every step of SPEC §1.3, every rule, every field of its three sheets; and no flow decides about a person."""

import json

import pytest

from operations.house.folders import BPMN, read_folder
from tests.bpmn.flows import definition

FOLDER = BPMN / "yc_campaign"
STEPS = {
    "yc_task": 7,
    "yc_meeting": 3,
    "yc_bulletin": 3,
    "yc_review": 7,
    "yc_window_staff": 5,
    "yc_onething": 5,
    "yc_complaint": 6,
    "yc_reward": 5,
    "yc_accountability": 3,
}
BY_THE_CALENDAR = {"yc_meeting", "yc_bulletin", "yc_review"}
#: What the system adds by itself: the light, the anonymous mark, the days worked out.
SHEETS = {
    "F-YC-1": {"task", "unit", "kpi", "deadline", "progress", "problem", "highlight", "evidence"},
    "F-YC-2": {"unit", "panel", "score", "comment"},
    "F-YC-3": {"unit", "name", "identity", "qualify", "probation", "filed_at", "lock_until"},
}


def test_the_nine_flows_can_be_started():
    assert read_folder(FOLDER).keys() == STEPS.keys()


@pytest.mark.parametrize(("key", "steps"), STEPS.items())
def test_every_step_is_drawn(key, steps):
    drawn = {id_.partition("_")[0] for id_ in definition(key).elements}
    assert {f"N{step:02}" for step in range(1, steps + 1)} <= drawn


@pytest.mark.parametrize("key", STEPS)
def test_what_begins_by_the_calendar_has_a_timer(key):
    assert bool(definition(key).start_timers) == (key in BY_THE_CALENDAR)


@pytest.mark.parametrize("key", sorted(BY_THE_CALENDAR))
def test_what_begins_by_the_calendar_ends_with_the_campaign_and_says_so(key):  # YC-01
    said = definition(key).elements["N01_start"].properties
    assert "yc.campaign_end" in said["available"]
    assert "YC-01" in said["unavailable"]


@pytest.mark.parametrize("table", ["YC-light", "YC-staff", "D-12-YC"])
def test_a_table_answers_every_case_with_one_row(table):
    check = definition("yc_task").decisions[table].check({"param": lambda key: 1})
    assert (check.problems, check.complete) == ((), True)


@pytest.mark.parametrize(("sheet", "fields"), SHEETS.items())
def test_every_field_of_a_sheet_is_asked_for(sheet, fields):
    schemas = [json.loads(path.read_text()) for path in FOLDER.glob(f"{sheet}.*.form.json")]
    assert fields <= {c["properties"].get("field") for schema in schemas for c in schema["components"]}


@pytest.mark.parametrize("step", ["bulletin", "interview", "admonish", "deduct", "pursue"])
def test_each_measure_is_recorded_under_the_name_of_who_decided(step):  # YC-20, YC-21, YC-22
    form = definition("yc_accountability").forms[f"F-YC-8.{step}"]
    required = {field.key for field in form.inputs if field.required}
    assert {"decided", "decider_body", "decider", "decided_on", "decided_record"} <= required


def test_only_a_user_task_stands_for_a_measure_against_people():  # YC-21, YC-22
    elements = definition("yc_accountability").elements.values()
    measures = [each for each in elements if "登记决定" in each.name]
    assert len(measures) == 5
    assert {each.kind for each in measures} == {"userTask"}
    assert all(each.properties["confidential"] == "yes" for each in measures)


def test_a_user_task_has_a_deadline_unless_it_registers_the_case():
    for key in STEPS:
        for each in definition(key).elements.values():
            if each.kind == "userTask" and each.properties["candidates"] != "receiver_post":
                assert "deadline" in each.properties, (key, each.id)
