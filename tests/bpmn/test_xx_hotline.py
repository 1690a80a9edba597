"""萧县: every node and rule of SPEC 1.5, the five elements, the tables; and no flow decides about a person."""

import json

import pytest

from operations.house.folders import BPMN, read_folder
from tests.bpmn.flows import definition

FOLDER = BPMN / "xx_hotline"
FLOWS = ("xx_hotline", "xx_leader_duty", "xx_stats")
NODES = [f"N{n:02}" for n in range(1, 15)]
CALLED = ("xx_handle", "xx_verify", "xx_supervise", "xx_consult")
NOT_EXECUTED = ("XX-01", "XX-A5")
TABLES = ("D-01", "D-03", "D-04", "D-06", "D-08", "D-09", "D-10")


def elements():
    return [each for key in FLOWS for each in definition(key).elements.values()]


def test_three_flows_can_be_started_and_four_are_called():
    assert set(read_folder(FOLDER)) == set(FLOWS)
    assert set(CALLED) <= set(definition("xx_hotline").diagrams)


@pytest.mark.parametrize("node", NODES)
def test_every_node_is_drawn(node):
    assert any(each.id.startswith(f"{node}_") for each in elements())


@pytest.mark.parametrize("rule", NOT_EXECUTED)
def test_what_is_not_executed_is_listed_with_its_reason(rule):
    reasons = (FOLDER / "README.md").read_text().partition("## 不由系统执行的")[2]
    assert f"|{rule} " in reasons


def test_what_begins_by_the_calendar_has_a_timer():
    assert {key for key in FLOWS if definition(key).start_timers} == {"xx_leader_duty", "xx_stats"}


@pytest.mark.parametrize("table", TABLES)
def test_a_table_answers_every_case_with_one_row(table):
    check = definition("xx_hotline").decisions[table].check({"param": lambda key: 1})
    assert (check.problems, check.complete) == ((), True)


@pytest.mark.parametrize(
    ("urgency", "category", "words", "alert"),
    [
        ("emergency", "help", "停水", "emergency"),
        ("normal", "complaint", "厂房爆炸", "emergency"),
        ("normal", "complaint", "业主聚集", "sensitive"),
        ("normal", "report", "举报占道", "sensitive"),
        ("normal", "complaint", "停车", "none"),
    ],
)
def test_keywords_tell_what_is_urgent_and_what_is_sensitive(urgency, category, words, alert):  # XX-21
    given = {"urgency": urgency, "category": category, "title": words, "description": "", "request_text": ""}
    assert definition("xx_hotline").decisions["D-13"].decide(given)["alert"] == alert


def test_the_ladder_climbs_from_the_bureau_to_the_county_leader():  # XX-10, XX-11, XX-12
    table = definition("xx_hotline").decisions["D-08"]
    steps = [
        table.decide(
            {"scheme": "XX", "stage": "supervise", "rung": rung, "lead_org": "xx_water"},
            {"param": lambda key: 1, "post": lambda unit, role: f"post:{unit}:{role}"},
        )["ladder_unit"]
        for rung in (1, 2, 3)
    ]
    assert steps == ["xx_data", "xx_supervision", "xx_government"]


def test_the_five_elements_are_asked_for():
    form = definition("xx_hotline").forms["F-XX-1.register"]
    required = {field.key for field in form.inputs if field.required}
    assert {"occurred_at", "place", "reporter_name", "description", "request_text"} <= required


def test_every_field_says_where_it_comes_from():
    schemas = [json.loads(path.read_text()) for path in FOLDER.glob("*.form.json")]
    assert {c["properties"]["origin"] for schema in schemas for c in schema["components"]} <= {"T", "P", "I"}


def test_every_form_is_used():
    used = {each.properties.get("form") for each in elements()}
    assert {path.name.removesuffix(".form.json") for path in FOLDER.glob("*.form.json")} <= used


def test_a_user_task_has_a_post_a_form_and_a_deadline():
    for each in elements():
        if each.kind == "userTask":
            assert {"candidates", "form"} <= each.properties.keys(), each.id
            assert "deadline" in each.properties or each.id == "N01_register", each.id


def test_what_concerns_a_clue_is_confidential_and_done_by_people():  # XX-20
    hidden = {each.id for each in elements() if each.properties.get("confidential") == "yes"}
    assert {"N13_blame", "N13_clue", "N13_account", "N13_account_end"} <= hidden
    assert definition("xx_hotline").elements["N13_account"].kind == "userTask"
