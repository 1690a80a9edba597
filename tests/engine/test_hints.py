"""What runs and is a slip of the pen nearly always is named on its element, and stands in the way of nothing."""

import json
import re

import pytest

from engine import Surroundings, check
from tests.engine.diagrams import (
    DMN,
    boundary,
    call,
    diagram,
    each,
    end,
    message,
    messages,
    rule,
    script,
    service,
    start,
    sub,
    user,
    xor,
)

LEVELS = [{"value": "high", "label": "高"}, {"value": "low", "label": "低"}]
LEVEL = {"type": "radio", "key": "level", "label": "级别", "values": LEVELS}
YES_NO = {"type": "checkbox", "key": "urgent", "label": "紧急"}


def form(*components: dict) -> bytes:
    return json.dumps({"id": "F", "type": "default", "components": list(components)}).encode()


def hints(content: bytes, *components: dict, **more: bytes) -> list[str]:
    files = {"p.bpmn": content, "F.form.json": form(*components)} | {
        f"{name}.{'dmn' if name == 't' else 'bpmn'}": other for name, other in more.items()
    }
    around = Surroundings(
        handlers={"ask": {"to": False}}, parameters=(), given=["receiver_post"], lists=["units", "open_cases:"]
    )
    found = check("p", files, around)
    assert all(problem.warning for problem in found), found
    return [problem.message for problem in found]


def flow(*shapes, flows: str) -> bytes:
    return diagram("p", messages("m"), start(), *shapes, end(), end("e2"), flows=flows)


CHOICE = "start A G; G -> end: {condition}; G -> e2: else"


class TestVariables:
    """Every name that is read is given by something."""

    def test_a_condition_on_a_name_that_nothing_gives_is_named_with_the_closest(self):
        content = flow(user("A"), xor("G", name="急吗"), flows=CHOICE.format(condition='levle == "high"'))
        assert hints(content, LEVEL) == [
            "「急吗」（G） 的出路「p_f3」 的条件用到的“levle”没有表单、脚本、服务或决策表给出，是不是“level”。"
        ]

    @pytest.mark.parametrize(
        ("step", "reads"),
        [
            (user("A"), "level"),
            (script("A", "sum = 1"), "sum"),
            (script("A", "box = {}\nbox.size = 1"), "box.size"),
            (service("A", "ask", "answer"), 'get(answer, "yes")'),
            (each(user("A"), "receiver_post", "one", "marks", "mark"), "marks"),
            (rule("A", "kinds"), "level"),
            (user("A"), "receiver_post"),
        ],
    )
    def test_what_a_form_a_script_a_service_a_table_or_the_start_gives_is_known(self, step, reads):
        content = flow(
            step, script("kind", 'kind = "x"'), xor("G"), flows=f"start A kind G; G -> end: {reads} == 1; G -> e2: else"
        )
        assert not [hint for hint in hints(content, LEVEL, t=DMN.format(cell='"x"').encode()) if "没有表单" in hint]

    def test_what_a_called_process_or_a_message_gives_is_known_too(self):
        asked = boundary("ask", "A", message("m"), False, form="F")
        content = flow(user("A"), asked, call("C", "q"), end("e3"), xor("G"), flows=(
            "start A C G; ask e3; G -> end: level == 1 and inner == 2; G -> e2: else"
        ))  # fmt: skip
        inside = diagram("q", start("s"), script("x", "inner = 2"), end("e"), flows="s x e")
        assert hints(content, LEVEL, q=inside) == []

    def test_so_are_a_list_a_parameter_of_a_service_a_script_and_a_column(self):
        content = flow(
            each(user("A"), "unitz", "unit"),
            service("S", "ask", parameters={"to": "posst"}),
            script("T", "a = bb"),
            rule("R", "kinds"),
            sub("U", start("s"), user("B", candidates="lead"), end("e"), flows="s B e"),
            flows="start A S T R U end",
        )
        content = content.replace(b'<bpmn:endEvent id="e2"></bpmn:endEvent>', b"")
        found = hints(content, t=DMN.format(cell='"x"').encode())
        assert [re.findall("“(\\w+)”没有表单", hint) for hint in found if "没有表单" in hint] == [
            ["posst"], ["bb"], ["lead"], ["unitz"], ["kind"],
        ]  # fmt: skip


class TestForms:
    """Whoever gets a form can fill it in."""

    def of(self, *components: dict) -> list[str]:
        content = diagram("p", start(), user("A", name="办理"), end(), flows="start A end")
        begins = "「办理」（A）的表单“F”里，"
        return [hint.removeprefix(begins) for hint in hints(content, *components)]

    def required(self, key: str, **more) -> dict:
        return {"type": "textfield", "key": key, "label": key, "validate": {"required": True}} | more

    @pytest.mark.parametrize(
        "hide", ['=level != "middle"', "=true", '=level = "high" or level != "high"', '=not(level = "middle")']
    )
    def test_what_is_hidden_whatever_is_chosen_is_named(self, hide):
        assert self.of(LEVEL, self.required("why", conditional={"hide": hide})) == [
            "必填的“why”的隐藏条件总是成立，从不显示。"
        ]

    @pytest.mark.parametrize(
        "hide", ['=level != "low"', "=urgent != true", '=urgent = true and level = "low"', '=text = "x" or text != "x"']
    )
    def test_what_some_choice_shows_or_a_text_may_is_not(self, hide):
        text = {"type": "textfield", "key": "text", "label": "文字"}
        assert self.of(LEVEL, YES_NO, text, self.required("why", conditional={"hide": hide})) == []

    def test_a_group_that_is_never_shown_hides_what_is_in_it(self):
        group = {"type": "group", "label": "组", "components": [self.required("why")]}
        assert self.of(LEVEL, group | {"conditional": {"hide": '=level != "middle"'}}) == [
            "必填的“why”的隐藏条件总是成立，从不显示。"
        ]

    def test_what_is_hidden_counts_as_empty_for_the_others(self):
        urgent = YES_NO | {"conditional": {"hide": '=level != "low"'}}
        both = '=not(urgent = true and level = "high")'
        assert self.of(LEVEL, urgent, self.required("why", conditional={"hide": both})) == [
            "必填的“why”的隐藏条件总是成立，从不显示。"
        ]

    def test_what_is_read_only_and_given_by_nothing_is_named(self):
        assert self.of(self.required("why", readonly=True)) == ["必填的“why”是只读的，又没有什么给它值。"]
        assert self.of(self.required("why", readonly=True, defaultValue="因故")) == []
        assert self.of(self.required("receiver_post", readonly=True)) == []

    def test_a_list_that_does_not_exist_is_named(self):
        choose = {"type": "select", "key": "unit", "label": "单位", "validate": {"required": True}}
        assert self.of(choose | {"valuesKey": "unitz"}) == ["必填的“单位”的名单不存在，没有可选的。"]
        assert self.of(choose | {"valuesKey": "open_cases:p"}) == []
        assert self.of(choose | {"valuesKey": "units"}) == []
        rows = {"type": "dynamiclist", "path": "rows", "label": "行", "components": [choose | {"valuesKey": "unitz"}]}
        assert self.of(rows) == ["必填的“单位”的名单不存在，没有可选的。"]


def test_a_key_that_means_something_else_is_named():
    """A text typed as lead_org would be taken for the code of a unit."""
    fields = [{"type": "textfield", "key": key, "label": "备注"} for key in ("lead_org", "__proto__", "remark")]
    assert hints(TestDrawing.CONTENT, *fields, {"type": "checkbox", "key": "confidential", "label": "保密"}) == [
        "表单“F”的“备注”：字段键“__proto__”是系统保留的，填的内容会丢，请换一个键。",
        "表单“F”的“备注”：字段键“lead_org”是事项的承办单位，填的内容会当作承办单位用，请换一个键。",
    ]


class TestDrawing:
    """What runs can be looked at."""

    CONTENT = diagram("p", start(), user("A", name="办理"), end(), flows="start A end")

    def test_a_file_without_a_drawing_is_said_to_have_none(self):
        bare = re.sub(b"<bpmndi:BPMNDiagram.*</bpmndi:BPMNDiagram>", b"", self.CONTENT)
        assert hints(bare) == ["流程“p”只有内容，没有图形，打开是空白的；请在画图软件里画出来。"]

    @pytest.mark.parametrize(
        ("element", "words"), [("A", "「办理」（A）在图上没有画出来。"), ("p_f1", "连线「p_f1」在图上没有画出来。")]
    )
    def test_an_element_that_is_not_drawn_is_named(self, element, words):
        assert hints(self.CONTENT.replace(f'bpmnElement="{element}"'.encode(), b'bpmnElement="x"')) == [words]


def test_a_table_with_a_gap_does_not_hide_what_a_flow_owes():
    """A warning of one kind is no reason to leave the others out."""
    content = diagram(
        "p",
        start(),
        script("s", "kind = 1"),
        rule("R", "kinds"),
        user("A", noDeadline=""),
        end(),
        flows="start s R A end",
    )
    around = Surroundings(handlers={}, parameters=())
    found = check("p", {"p.bpmn": content, "F.form.json": form(), "t.dmn": DMN.format(cell='"x"').encode()}, around)
    assert [problem.warning for problem in found] == [True, False]
    assert "没有时限" in found[1].message
