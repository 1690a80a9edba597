"""Tasks of a multi-instance say which of the many they are about (`itemLabel`)."""

import pytest

from tests.engine.case import begin
from tests.engine.checking import found
from tests.engine.diagrams import boundary, call, diagram, each, end, message, messages, start, sub, user

ROWS = {"rows": [{"no": 1, "task": "核实红线"}, {"no": 2, "task": "清运渣土"}]}
NUMBERED = '"任务" + text(row.no) + "：" + row.task'


def several(label: str, data: dict = ROWS, **properties):
    many = each(call("each_row", "row_flow", itemLabel=label, **properties), "rows", "row")
    inner = diagram("row_flow", start("in"), user("handle"), user("urge"), end("out"), flows="in handle urge out")
    flow = diagram("p", start(), many, user("after"), end(), flows="start each_row after end")
    return begin(flow, inner, data=data)


def labels(case) -> list[str]:
    return sorted(case.execution.label(task.id) for task in case.execution.open_tasks())


def test_every_task_of_a_row_says_which_row_it_is_also_in_a_called_process():
    case = several(NUMBERED)
    assert labels(case) == ["任务1：核实红线", "任务2：清运渣土"]
    case.do("handle", "row.no == 2")
    assert labels(case) == ["任务1：核实红线", "任务2：清运渣土"]


def test_a_task_alone_is_about_nothing_in_particular():
    case = several(NUMBERED, {"rows": []})
    assert case.open == ["after"]
    assert labels(case) == [""]


def test_the_outer_one_comes_first():
    task = sub("inner", start("in2"), user("A"), end("out2"), flows="in2 A out2", itemLabel="item")
    outer = sub(
        "outer", start("in"), each(task, "items", "item"), end("out"), flows="in inner out", itemLabel="row.name"
    )
    rows = {"rows": [{"name": "甲"}], "items": ["一", "二"]}
    flow = diagram("p", start(), each(outer, "rows", "row"), end(), flows="start outer end")
    assert labels(begin(flow, data=rows)) == ["甲，一", "甲，二"]


def test_a_long_one_is_cut_so_that_an_inbox_can_show_it():
    [label] = labels(several("row.task", {"rows": [{"task": "渣" * 200}]}))
    assert label == "渣" * 79 + "…"


@pytest.mark.parametrize("label", ["row", "row.no", "null"])
def test_it_must_be_a_text(label):
    case = several(label, {"rows": [{"no": 1}]})
    [task] = case.execution.open_tasks()
    with pytest.raises(Exception, match="itemLabel"):
        case.execution.label(task.id)


def asked_again(**properties):
    """A task on whose button each click sends one more token to the same next task."""
    again = boundary("again", "A", message("again"), interrupting=False)
    shapes = messages("again"), start(), user("A"), again, user("B", **properties), end(), end("end_b")
    case = begin(diagram("p", *shapes, flows="start A end; again B end_b"))
    for why in ("甲", "乙"):
        case.say("again", why=why)
    return case


def test_a_task_that_several_tokens_come_to_says_itself_which_one_it_is():  # CA-12
    assert labels(asked_again(itemLabel="why")) == ["", "乙", "甲"]


def test_and_each_token_has_a_limit_of_its_own():  # CA-12
    case = asked_again(deadline="b", limit="workdays(3)", deadlineFor="why")
    assert sorted(case.host.deadlines) == ["b:乙", "b:甲"]
    case.do("B", 'why == "甲"')
    assert list(case.host.deadlines) == ["b:乙"]


def test_the_check_wants_it_on_a_multi_instance_or_a_task_only():
    inside = start("in"), user("A"), end("out")
    once = sub("once", *inside, flows="in A out", itemLabel='"x"')
    wrong = [str(problem) for problem in found(diagram("p", start(), once, end(), flows="start once end"))]
    assert any("不是多实例，不用写任务是哪一项" in each for each in wrong)
