"""What differs between two editions of a flow, in the words of a designer."""

import pytest

from queries.studio.comparing import compare_files
from queries.studio.diff.change import ADDED, CHANGED, REMOVED
from queries.studio.diff.diagrams import compare_diagrams
from queries.studio.diff.forms import compare_forms
from queries.studio.diff.tables import compare_tables
from queries.studio.diff.texts import compare_texts
from tests.engine.diagrams import boundary, diagram, end, script, service, start, timer, user, xor
from tests.small_flow import FILES, SHARED, form


def drawn(*between, flows, **facts):
    step = user("handle", name="办理", candidates="post(unit, role)", **({"limit": "workdays(5)"} | facts))
    return diagram("flow", start(), step, *between, end("done"), flows=flows)


OLD = drawn(flows="start handle done")


def compared(new):
    return [(each.kind, each.title, each.words) for each in compare_diagrams("flow.bpmn", OLD, new).changes]


def test_a_limit_that_changed_is_told_in_words():
    new = drawn(flows="start handle done", limit="workdays(3)")
    assert compared(new) == [(CHANGED, "办理环节“办理”", ["时限：5 个工作日 → 3 个工作日"])]


def test_a_new_step_is_told_with_all_it_says_and_the_flows_that_lead_there():
    new = drawn(script("note", "x = 1"), flows="start handle note done")
    told = compared(new)
    assert told[0] == (ADDED, "系统计算“note”", ["计算：x = 1"])
    assert told[1] == (CHANGED, "流向“办理 → 系统计算 note”", ["到：结束 done → 系统计算 note"])
    assert told[2][:2] == (ADDED, "流向“系统计算 note → 结束 done”")


def test_a_condition_and_a_timer_that_changed_are_told():
    def ways(amount, wait):
        return diagram(
            "flow",
            start(),
            xor("ways"),
            user("a", name="甲"),
            boundary("slow", "a", timer(wait), name="超时"),
            end("done"),
            end("late"),
            flows=f"start ways; ways -> a: amount > {amount}; ways -> done: else; a done; slow late",
        )

    old, new = ways(5, "workdays(2)"), ways(8, "hours(4)")
    told = [(each.title, each.words) for each in compare_diagrams("flow.bpmn", old, new).changes]
    assert told == [
        ("附加事件“超时”", ["计时：2 个工作日 → 4 小时"]),
        ("流向“条件分支 ways → 甲”", ["条件：amount 大于 5 → amount 大于 8"]),
    ]


def test_what_is_chosen_from_lists_is_told_as_the_editors_call_it():
    """Forms, fields and their choices, services with their parameters, statuses: by name."""
    agree = {"type": "radio", "key": "agree", "label": "是否同意", "values": [{"label": "同意", "value": "yes"}]}

    def edition(condition, tell, **says):
        shapes = [start(), user("a", name="甲", form="F", **says), xor("ways"), tell, end("done"), end("no")]
        drawing = diagram(
            "flow", *shapes, flows=f"start a ways; ways -> tell: {condition}; ways -> no: else; tell done"
        )
        return {
            "flow.bpmn": drawing,
            "F.form.json": form("F", agree, {"type": "textfield", "key": "why", "label": "理由"}),
        }

    old = edition('agree == "no" and not late', service("tell", "notify.post", parameters={"text": '"甲"'}))
    tell = service("tell", "urge.raise", parameters={"requirement": '"乙"'})
    new = edition('agree in ["yes", "no"]', tell, formReadonly="agree why", status="completed")
    [found] = compare_files(old, new)
    assert [each.words for each in found.changes] == [
        ["这里只看不填的字段：（无） → 是否同意、理由", "事项状态：（无） → 已办结"],
        [
            "服务：通知岗位（notify.post） → 催办（urge.raise）",
            '参数“通知内容”："甲" → （无）',
            '参数“催办要求”：（无） → "乙"',
        ],
        ['条件：是否同意 等于 "no"，并且late 为否 → 是否同意 是其中之一 同意、"no"'],
    ]


def test_what_was_only_moved_is_no_change():
    moved = OLD.replace(b'bpmnElement="handle"', b'bpmnElement="handle" isExpanded="true"')
    found = compare_diagrams("flow.bpmn", OLD, moved)
    assert (found.changes, found.moved) == ([], ["handle"])


def test_a_table_is_told_rule_by_rule():
    old = (SHARED / "d08_ladder.dmn").read_bytes()
    text = old.decode()
    first = text[text.index("<rule ") : text.index("</rule>") + len("</rule>")]
    new = text.replace(first, "").encode()
    [table] = compare_tables("d08.dmn", old, new)
    [row] = table.rows
    assert (row.kind, row.number) == (REMOVED, 1)
    renamed = text.replace('label="方案"', 'label="哪个方案"').encode()
    assert compare_tables("d08.dmn", old, renamed)[0].words == ["列“哪个方案”的名称：方案 → 哪个方案"]
    changed = text.replace('<text>"XT"</text>', '<text>"HT"</text>', 1).encode()
    [table] = compare_tables("d08.dmn", old, changed)
    [row] = table.rows
    assert (row.kind, row.number) == (CHANGED, 1)
    assert [(cell.label, cell.old, cell.new) for cell in row.cells if cell.old != cell.new] == [
        ("方案", '"XT"', '"HT"')
    ]


def test_a_form_is_told_field_by_field():
    old = form("F", {"type": "textarea", "key": "result", "label": "办理情况", "validate": {"required": True}})
    new = form(
        "F",
        {"type": "textfield", "key": "site", "label": "踏勘地点"},
        {"type": "textarea", "key": "result", "label": "办理情况", "validate": {"required": False, "maxLength": 500}},
    )
    assert [(each.kind, each.title, each.words) for each in compare_forms(old, new)] == [
        (ADDED, "字段“踏勘地点”（site）", ["类型：单行文字", "字段键：site", "名称：踏勘地点"]),
        (CHANGED, "字段“办理情况”（result）", ["必填：是 → 否", "最多字数：（无） → 500"]),
    ]


def test_a_text_is_told_by_its_lines():
    found = compare_texts("甲\n乙\n丙".encode(), "甲\n丁\n丙".encode())
    assert [(line.kind, line.text) for line in found] == [
        ("same", "甲"),
        (REMOVED, "乙"),
        (ADDED, "丁"),
        ("same", "丙"),
    ]


@pytest.mark.parametrize("unreadable", [b'{"components": [', b"[" * 100_000, b'{"components": [1]}', b"[]"])
def test_what_is_no_form_is_told_by_its_lines(unreadable):
    [found] = compare_files(FILES, FILES | {"F.handle.form.json": unreadable})
    assert [line.text for line in found.lines if line.kind == ADDED] == [unreadable.decode()]


def test_a_text_that_is_too_long_is_not_compared_line_by_line():
    [line] = compare_texts("甲\n".encode() * 500_000, "乙\n".encode())
    assert line.text == "太长，不逐行比较：原来 500000 行，现在 1 行。"
