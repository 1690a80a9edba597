import pytest

from engine.forms import parse_form
from tests.engine.forms.schemas import component, faults, form, schema

REASON = component("textarea", "reason", "理由", validate={"required": True}, properties={"origin": "T", "rows": "6"})


def test_a_field_holds_what_a_template_needs():
    [field] = form(REASON).fields
    assert (field.key, field.type, field.label, field.required, field.rows) == ("reason", "textarea", "理由", True, 6)
    assert field.properties["origin"] == "T"


def test_a_form_takes_key_and_title_from_its_schema():
    found = parse_form("x.form.json", schema(REASON, properties={"title": "申请退回"}))
    assert (found.key, found.title) == ("F-C-1.apply", "申请退回")
    assert found.schema["schemaVersion"] == 19


def test_groups_nest_and_their_inputs_are_all_found():
    inner = component("group", "", "内", components=[REASON])
    found = form(component("group", "", "外", components=[inner]), component("number", "n", "数"))
    assert [field.key for field in found.inputs] == ["reason", "n"]
    assert found.fields[0].fields[0].fields[0].label == "理由"


def test_a_condition_becomes_a_tree_for_the_browser():
    [_, field] = form(REASON, component("textfield", "x", "甲", conditional={"hide": '=reason = "a"'})).fields
    assert field.visible_when == ["not", ["=", ["name", "reason"], ["literal", "a"]]]


def test_words_are_shown_and_drawings_are_left_to_form_js():
    found = form({"type": "text", "text": "# 填写说明"}, {"type": "separator"}, {"type": "html"}, {"type": "button"})
    assert [(field.type, field.label, field.key) for field in found.fields] == [("text", "填写说明", "")]


VALUES = [{"value": "a", "label": "甲"}]


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (component("textfield", "typename", "甲"), "“typename”不能用"),
        (component("textfield", "a.b", "甲"), "“a.b”不能用"),
        (component("textfield", "", "甲"), "不能用"),
        (component("textfield", "and", "甲"), "不能用"),
        (component("textfield", "x" * 61, "甲"), "不能用"),
        (component("group", "part", "甲", components=[]), "请清空"),
        (component("canvas", "x", "甲"), "不能用组件“canvas”"),
        (
            component("dynamiclist", "a", "甲", components=[component("dynamiclist", "b", "乙", components=[])]),
            "不能用组件",
        ),
        (component("textfield", "x", "甲", conditional={"hide": "=param(1) = 2"}), "隐藏条件"),
        (component("textfield", "x", "甲", conditional={"hide": "=y = "}), "隐藏条件"),
        (component("textfield", "x", "甲", conditional={"hide": "=y = 1"}), "表单里没有的“y”"),
        (component("textfield", "x", "甲", validate={"maxLength": "=n"}), "最多字数没有写对"),
        (component("number", "x", "甲", validate={"max": "1e999"}), "最大值没有写对"),
        (component("textfield", "x", "甲", validate={"required": "=a"}), "必填没有写对"),
        (component("textfield", "x", "甲", validate=[1]), "校验没有写对"),
        (component("select", "x", "甲"), "列出选项"),
        (component("select", "x", "甲", values=VALUES, valuesKey="units"), "列出选项"),
        (component("select", "x", "甲", valuesExpression="=a"), "列出选项"),
        (component("select", "x", "甲", values=VALUES * 2), "选项没有写对"),
        (component("select", "x", "甲", values=[{"label": "甲"}]), "选项没有写对"),
        (component("datetime", "x", "甲", subtype="week"), "日期种类"),
        (component("datetime", "x", "甲", subtype="date", disallowPassedDates=True), "过去的日期"),
        ("x", "没有写对"),
    ],
)
def test_what_a_form_may_not_hold_is_refused_in_words(broken, words):
    assert words in faults(schema(broken))


def test_two_fields_of_one_key_are_refused():
    assert "都是“reason”" in faults(schema(REASON, component("group", "", "组", components=[REASON])))


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a|a)*$",
        "(a|ab)*c",
        "(.*)*",
        "a*a*a*a*b",
        "(a?){30}",
        "x{1,5000}y{1,5000}",
        "(?=a)b",
        r"(a)\1",
        "(",
        "[",
        "a" * 201,
        "((a{1,9}){1,9}){1,9}",
        "a?" * 40,
    ],
)
def test_a_pattern_that_could_run_long_is_refused(pattern):
    assert "格式" in faults(schema(component("textfield", "x", "甲", validate={"pattern": pattern})))


@pytest.mark.parametrize(
    "pattern", ["", r"^1[3-9]\d{9}$", "^(XT|YL)-[0-9]{1,6}$", "^(ab)+$", r"^[^\]()+*]{2,20}$", "^.+@.+$", r"^\(\d+\)$"]
)
def test_an_ordinary_pattern_is_accepted(pattern):
    assert form(component("textfield", "x", "甲", validate={"pattern": pattern})).fields[0].pattern == pattern


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"id": NaN}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b" " * 500_001,
        b'{"id": "x"}',
        b'{"id": "x", "components": {}}',
        b'{"id": 1, "components": []}',
        b'{"id": "x", "components": [null]}',
        b'{"id": ' + b"9" * 5000 + b"}",
        schema(*[REASON] * 301),
    ],
)
def test_a_hostile_or_broken_file_is_refused_in_words(content):
    assert "退单" in faults(content)


def test_groups_may_not_nest_without_end():
    nested = REASON
    for _ in range(10):
        nested = component("group", "", "组", components=[nested])
    assert "太深" in faults(schema(nested))


@pytest.mark.parametrize(
    ("properties", "words"),
    [
        ({"barred": 'reason == ""'}, "要一起写"),
        ({"barredWords": '"不收"'}, "要一起写"),
        ({"barred": "reason ==", "barredWords": '"不收"'}, "不收的情形有误"),
    ],
)
def test_what_only_the_house_can_judge_is_an_expression_with_a_sentence(properties, words):  # YC-01, YC-18
    assert words in faults(schema(REASON | {"properties": properties}))
