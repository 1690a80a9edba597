import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.forms import clean
from tests.engine.forms.schemas import LISTS, accepted, component, form, refused

REASON = component("textarea", "reason", "理由", validate={"required": True, "maxLength": 10})
KINDS = [{"value": "a", "label": "甲"}, {"value": "b", "label": "乙"}]


@pytest.mark.parametrize(
    ("type_", "more", "text", "value"),
    [
        ("textfield", {}, "  张三 ", "张三"),
        ("textarea", {}, "一\r\n二", "一\n二"),
        ("number", {}, "12", 12),
        ("number", {}, "１２.5", 12.5),
        ("number", {}, 0, 0),
        ("number", {}, "", None),
        ("checkbox", {}, "on", True),
        ("checkbox", {}, None, False),
        ("datetime", {"subtype": "date"}, "2026-02-28", "2026-02-28"),
        ("datetime", {"subtype": "time"}, "09:30", "09:30"),
        ("datetime", {"subtype": "datetime"}, "2026-02-28T09:30", "2026-02-28T09:30:00+08:00"),
        ("datetime", {"subtype": "datetime"}, "2026-02-28T01:30:00Z", "2026-02-28T09:30:00+08:00"),
        ("radio", {"values": KINDS}, "a", "a"),
        ("select", {"valuesKey": "units"}, "law", "law"),
        ("checklist", {"values": KINDS}, ["b", "a", "b"], ["b", "a"]),
        ("taglist", {"valuesKey": "units"}, "gov", ["gov"]),
        ("taglist", {"valuesKey": "units"}, None, []),
        ("textfield", {"validate": {"validationType": "phone"}}, "13800000000", "13800000000"),
        ("textfield", {"validate": {"validationType": "phone"}}, "0731-12345", None),
        ("textfield", {"validate": {"validationType": "email"}}, "a.b@example.gov.cn", "a.b@example.gov.cn"),
        ("textfield", {"validate": {"pattern": "^[A-Z]{2}[0-9]+$"}}, "XT12", "XT12"),
    ],
)
def test_a_text_becomes_the_value_of_its_field(type_, more, text, value):
    field = component(type_, "x", "甲", **more)
    if text == "0731-12345":
        assert "电话" in refused(form(field), {"x": text})["x"]
    else:
        assert accepted(field, text) == value


@pytest.mark.parametrize(
    ("type_", "more", "text", "words"),
    [
        ("textfield", {"validate": {"required": True}}, " ", "“甲”必填"),
        ("number", {"validate": {"required": True}}, "", "“甲”必填"),
        ("select", {"values": KINDS, "validate": {"required": True}}, "", "请选择“甲”"),
        ("checklist", {"values": KINDS, "validate": {"required": True}}, [], "请选择“甲”"),
        ("checkbox", {"validate": {"required": True}}, "", "需要勾选"),
        ("textfield", {"validate": {"minLength": 3}}, "一", "至少 3 字，现在是 1 字"),
        ("textfield", {"validate": {"maxLength": "3"}}, "一二三四", "最多 3 字"),
        ("textfield", {}, "一\n二", "一行"),
        ("textfield", {"validate": {"pattern": "^[0-9]+$"}}, "x", "格式不对"),
        ("textfield", {"validate": {"validationType": "email"}}, "a@b", "电子邮箱"),
        ("textarea", {}, "x" * 20_001, "最多 20000 字"),
        ("textarea", {}, "a\0b", "控制字符"),
        ("textarea", {}, "a\u202eb", "控制字符"),
        ("textarea", {}, "\ud800", "控制字符"),
        ("textarea", {}, {"a": 1}, "无法识别"),
        ("number", {}, "abc", "数字"),
        ("number", {}, "nan", "数字"),
        ("number", {}, "inf", "数字"),
        ("number", {}, "1e9", "数字"),
        ("number", {}, float("inf"), "数字"),
        ("number", {}, "9" * 16, "太大"),
        ("number", {}, "9" * 10000, "数字"),
        ("number", {"validate": {"min": 1}}, "0", "不能小于 1"),
        ("number", {"validate": {"max": 1.5}}, "2", "不能大于 1.5"),
        ("number", {"decimalDigits": 0}, "1.5", "整数"),
        ("number", {"decimalDigits": 1}, "1.55", "1 位小数"),
        ("datetime", {"subtype": "date"}, "2026-02-30", "不是存在的日期"),
        ("datetime", {"subtype": "date"}, "0001-01-01", "不是存在的日期"),
        ("datetime", {"subtype": "datetime"}, "2026-02-28", "不是存在的时间"),
        ("datetime", {"subtype": "time"}, "25:00", "不是存在的钟点"),
        ("checkbox", {}, "maybe", "是或否"),
        ("radio", {"values": KINDS}, "c", "不在可选范围"),
        ("select", {"valuesKey": "nobody"}, "law", "不在可选范围"),
        ("checklist", {"values": KINDS}, ["a", "c"], "不在可选范围"),
        ("checklist", {"values": KINDS}, ["a"] * 201, "最多选 200 项"),
    ],
)
def test_a_wrong_text_is_refused_in_a_sentence_with_its_label(type_, more, text, words):
    problem = refused(form(component(type_, "x", "甲", **more)), {"x": text})["x"]
    assert words in problem
    assert "甲" in problem


def test_all_wrong_fields_are_told_at_once():
    both = form(REASON, component("number", "days", "天数"))
    assert set(refused(both, {"reason": "", "days": "x"})) == {"reason", "days"}


def test_unknown_keys_and_read_only_fields_are_left_out():
    fields = form(
        REASON, component("textfield", "no", "编号", readonly=True), component("textfield", "by", "人", disabled=True)
    )
    assert clean(fields, {"reason": "因", "no": "1", "by": "2", "typename": "x", "is_admin": "1"}) == {"reason": "因"}


def test_a_required_number_may_be_zero():
    assert accepted(component("number", "n", "天数", validate={"required": True}), "0") == 0


SOLVED = component(
    "radio", "solved", "是否解决", values=[{"value": "yes", "label": "是"}, {"value": "no", "label": "否"}]
)
WHY = component("textfield", "why", "原因", validate={"required": True}, conditional={"hide": '=solved != "no"'})
DETAIL = component("textfield", "detail", "详情", validate={"required": True}, conditional={"hide": "=why = null"})


def test_a_hidden_field_is_neither_required_nor_taken():
    assert clean(form(SOLVED, WHY), {"solved": "yes", "why": "x"}) == {"solved": "yes", "why": None}
    assert "why" in refused(form(SOLVED, WHY), {"solved": "no"})


def test_what_is_hidden_counts_as_empty_for_other_conditions():
    fields = form(SOLVED, DETAIL, WHY)
    assert clean(fields, {"solved": "yes", "why": "x", "detail": "y"}) == {"solved": "yes", "why": None, "detail": None}
    assert clean(fields, {"solved": "no", "why": "x", "detail": "y"})["detail"] == "y"


def test_a_hidden_group_hides_what_is_in_it():
    group = component("group", "", "审核", components=[REASON], conditional={"hide": '=solved = "yes"'})
    assert clean(form(SOLVED, group), {"solved": "yes", "reason": "x"}) == {"solved": "yes", "reason": None}
    assert clean(form(SOLVED, group), {"solved": "no", "reason": "x"})["reason"] == "x"


def test_a_condition_on_a_read_only_field_sees_what_the_case_says():
    source = component("textfield", "source", "哨源", readonly=True)
    order = component("textfield", "order", "批示", conditional={"hide": '=source != "领导交办"'})
    assert clean(form(source, order), {"order": "x", "source": "领导交办"})["order"] is None
    assert clean(form(source, order), {"order": "x"}, given={"source": "领导交办"})["order"] == "x"


TASKS = component(
    "dynamiclist",
    "tasks",
    "任务清单",
    properties={"required": "true"},
    components=[
        component("textfield", "task", "任务", validate={"required": True}),
        component("taglist", "units", "责任单位", valuesKey="units"),
        component("number", "days", "天数", conditional={"hide": '=task = null or solved = "yes"'}),
    ],
)


@pytest.mark.parametrize(
    "sent",
    [
        {"tasks": [{"task": "甲", "units": ["gov"], "days": "3"}, {"task": "", "units": []}, {"task": "乙"}]},
        {
            "tasks[0].task": "甲",
            "tasks[0].units[]": ["gov"],
            "tasks[0].days": "3",
            "tasks[4]": "",
            "tasks[7].task": "乙",
        },
        {"tasks[0][task]": "甲", "tasks[0][units][]": ["gov"], "tasks[0][days]": "3", "tasks[7][task]": "乙"},
    ],
)
def test_rows_come_nested_or_by_their_names_and_blank_rows_fall_away(sent):
    assert clean(form(SOLVED, TASKS), sent, LISTS)["tasks"] == [
        {"task": "甲", "units": ["gov"], "days": 3},
        {"task": "乙", "units": [], "days": None},
    ]


def test_a_problem_in_a_row_is_named_by_its_path():
    fields = form(SOLVED, TASKS)
    assert refused(fields, {"tasks": [{}, {"task": "", "units": ["x"]}]}) == {
        "tasks.1.task": "“任务”必填。",
        "tasks.1.units": "“责任单位”所选的不在可选范围内，请重新选择。",
    }
    assert fields.find("tasks.1.units").label == "责任单位"


@pytest.mark.parametrize("rows", [None, "", "x", [], [[]], ["x"], [{}], {"a": 1}])
def test_a_required_list_needs_a_row(rows):
    assert refused(form(SOLVED, TASKS), {"tasks": rows}) == {"tasks": "“任务清单”至少填写一行。"}


def test_too_many_rows_are_refused():
    assert "最多 200 行" in refused(form(SOLVED, TASKS), {"tasks": [{"task": "x"}] * 201})["tasks"]


def test_a_pattern_cannot_be_made_to_run_long():
    field = form(component("textfield", "x", "甲", validate={"pattern": "^.+@.+$"}))
    started = time.perf_counter()
    refused(field, {"x": "a" * 200})
    refused(field, {"x": "@" * 20_000})
    assert time.perf_counter() - started < 2


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
ANYTHING = form(
    SOLVED,
    TASKS,
    REASON,
    component("number", "n", "数"),
    component("checkbox", "c", "勾"),
    component("datetime", "d", "日期"),
    component("checklist", "l", "多选", values=KINDS),
)


@given(
    st.dictionaries(st.sampled_from(["solved", "tasks", "reason", "n", "c", "d", "l", "tasks[0].task"]), json_values)
)
def test_whatever_is_sent_is_taken_or_refused_in_words(values):
    try:
        cleaned = clean(ANYTHING, values, LISTS)
    except Exception as error:
        problems = getattr(error, "problems", None)
        if not problems:
            raise
    else:
        assert set(cleaned) == {"solved", "tasks", "reason", "n", "c", "d", "l"}
