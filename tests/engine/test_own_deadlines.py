"""Several units at once, each with deadlines of its own (`deadlineFor`)."""

from datetime import timedelta

import pytest

from tests.engine.case import NOON, TestHost, begin
from tests.engine.checking import found
from tests.engine.diagrams import (
    both,
    boundary,
    call,
    diagram,
    each,
    end,
    escalations,
    event,
    message,
    messages,
    script,
    service,
    start,
    sub,
    throw,
    timer,
    user,
)

UNITS = {"units": [{"code": "a", "days": 1}, {"code": "b", "days": 3}]}


def of_a_unit(*more, flows: str = "", **task):
    """Each unit handles its own row within its own limit; a timer writes down who is late."""
    return each(
        sub(
            "each_unit",
            start("in"),
            user("handle", deadline="handle", limit="workdays(unit.days)", **task),
            boundary("late", "handle", timer('due("handle")'), False),
            service("urge", "urge.send", parameters={"to": "unit.code", "due": 'due("handle")'}),
            end("late_end"),
            end("out"),
            *more,
            flows=f"in handle out; late urge late_end{flows}",
            deadlineFor="unit.code",
        ),
        "units",
        "unit",
    )


def several(**data):
    case = begin(
        diagram("p", start(), of_a_unit(), user("after"), end(), flows="start each_unit after end"),
        data=UNITS | data,
    )
    case.host.handlers = {"urge.send": lambda to, due: case.host.log.append(f"{to} late at {due}") or {}}
    return case


def test_each_unit_has_a_deadline_of_its_own():
    case = several()
    assert case.host.deadlines == {"handle:a": NOON + timedelta(days=1), "handle:b": NOON + timedelta(days=3)}
    assert {task.variables["unit"]["code"]: task.deadline for task in case.execution.open_tasks()} == {
        "a": "handle:a",
        "b": "handle:b",
    }
    assert {timer.deadline for timer in case.execution.timers()} == {"handle:a", "handle:b"}


def test_only_the_unit_that_is_late_is_told_and_by_its_own_due_time():
    case = several()
    case.wait(days=1)
    assert [line for line in case.host.log if "late" in line] == ["a late at 2026-03-03T12:00:00+08:00"]


def test_a_unit_that_completes_meets_its_own_deadline_only():
    case = several()
    case.do("handle", 'unit.code == "b"')
    assert case.host.log[-1] == "meet handle:b"
    assert list(case.host.deadlines) == ["handle:a"]
    case.do("handle")
    assert case.open == ["after"]
    assert not case.host.deadlines


def test_a_called_process_knows_whose_deadline_it_is():
    shared = diagram(
        "ladder",
        start("l1"),
        service(
            "send", "mail.send", parameters={"due": 'due("urge")'}, deadline="urge", limit="workdays(2)", until="answer"
        ),
        user("answer"),
        boundary("over", "answer", timer('due("urge")')),
        script("lapsed", "lapsed = true", voids="urge"),
        end("l2"),
        end("l3"),
        flows="l1 send answer l2; over lapsed l3",
    )
    host = TestHost()
    host.handlers = {"mail.send": lambda due: {}}
    many = each(call("each_unit", "ladder", deadlineFor="unit.code"), "units", "unit")
    case = begin(
        diagram("p", start(), many, call("alone", "ladder"), end(), flows="start each_unit alone end"),
        shared,
        data=UNITS,
        host=host,
    )
    assert sorted(case.host.deadlines) == ["urge:a", "urge:b"]
    case.do("answer", 'unit.code == "a"')
    assert case.host.log[-1] == "meet urge:a"
    case.wait(days=2)
    assert "void urge:b" in case.host.log
    assert list(case.host.deadlines) == ["urge"]  # the same process, called once for all


def test_a_deadline_that_started_outside_is_the_same_for_all():
    inner = each(
        sub(
            "each_unit",
            start("in"),
            user("B", deadline="own", limit="workdays(1)"),
            boundary("over", "B", timer('due("whole")')),
            end("out"),
            end("out2"),
            flows="in B out; over out2",
            deadlineFor="unit.code",
        ),
        "units",
        "unit",
    )
    outer = script("S", "x = 1", deadline="whole", limit="workdays(2)", until="each_unit")
    case = begin(diagram("p", start(), outer, inner, end(), flows="start S each_unit end"), data=UNITS)
    assert sorted(case.host.deadlines) == ["own:a", "own:b", "whole"]
    assert {timer.deadline for timer in case.execution.timers()} == {"whole"}
    case.wait(days=2)
    assert case.ended
    assert "meet whole" in case.host.log


def test_multi_instances_inside_one_another_keep_theirs_apart():
    inner = each(
        sub(
            "rows",
            start("in2"),
            user("row", deadline="row", limit="workdays(1)"),
            end("out2"),
            flows="in2 row out2",
            deadlineFor="item",
        ),
        "items",
        "item",
    )
    outer = each(
        sub("each_unit", start("in"), inner, end("out"), flows="in rows out", deadlineFor="unit.code"),
        "units",
        "unit",
    )
    case = begin(diagram("p", start(), outer, end(), flows="start each_unit end"), data=UNITS | {"items": [1, 2]})
    assert sorted(case.host.deadlines) == ["row:a:1", "row:a:2", "row:b:1", "row:b:2"]


def test_outside_a_unit_is_named_in_the_text():
    case = begin(
        diagram(
            "p",
            start(),
            both("S"),
            of_a_unit(),
            user("watch"),
            boundary("over_b", "watch", timer('due("handle:b")')),
            end("e1"),
            end("e2"),
            end("e3"),
            flows="start S each_unit e1; S watch e2; over_b e3",
        ),
        data=UNITS,
    )
    assert case.due["over_b"] == NOON + timedelta(days=3)


def test_a_message_goes_to_one_unit_only():
    ask = boundary("ask", "handle", message("m"), False)
    case = begin(
        diagram(
            "p",
            start(),
            of_a_unit(ask, user("review"), end("asked"), flows="; ask review asked"),
            end(),
            messages("m"),
            flows="start each_unit end",
        ),
        data=UNITS,
    )
    case.say("ask", 'unit.code == "b"')
    assert case.variables("review")["unit"]["code"] == "b"
    assert case.open == ["handle", "handle", "review"]


@pytest.mark.parametrize("owner", ["unit", "null", '""'])
def test_an_owner_must_be_a_short_text(owner):
    case = begin(
        diagram(
            "p",
            start(),
            each(
                sub(
                    "each_unit",
                    start("in"),
                    user("A", deadline="a", limit="workdays(1)"),
                    end("out"),
                    flows="in A out",
                    deadlineFor=owner,
                ),
                "units",
                "unit",
            ),
            end(),
            flows="start each_unit end",
        ),
        data=UNITS,
    )
    assert "deadlineFor" in case.failed["A"]


def problems(*shapes, flows: str) -> list[str]:
    wrong = found(diagram("p", start(), *shapes, end(), flows=flows), handlers={"urge.send": {"to": True, "due": True}})
    return [str(problem) for problem in wrong]


def test_the_check_wants_to_know_whose_it_is():
    inside = (start("in"), user("A", deadline="a", limit="workdays(1)"), end("out"))
    shared = each(sub("each_unit", *inside, flows="in A out"), "units", "unit")
    assert any("时限归谁" in problem for problem in problems(shared, flows="start each_unit end"))
    assert not problems(of_a_unit(), flows="start each_unit end")
    once = sub("each_unit", *inside, flows="in A out", deadlineFor='"x"')
    assert any("不是多实例" in problem for problem in problems(once, flows="start each_unit end"))
    assert any("没有时限" in problem for problem in problems(user("A", deadlineFor='"x"'), flows="start A end"))


def test_the_check_knows_a_key_with_its_owner():
    asks = script("S", 'late = met("handle:a")')
    assert not problems(of_a_unit(), asks, flows="start each_unit S end")


def test_two_units_may_raise_the_same_escalation_and_each_says_what_about():
    inside = (start("in"), user("A"), throw("up", event("escalation", "late")), user("B"), end("out"))
    many = each(sub("each_unit", *inside, flows="in A up B out"), "units", "unit")
    heard = boundary("heard", "each_unit", event("escalation", "late"), False)
    case = begin(
        diagram(
            "p",
            start(),
            many,
            heard,
            user("report"),
            end("reported"),
            end(),
            escalations(late="L"),
            flows="start each_unit end; heard report reported",
        ),
        data=UNITS,
    )
    case.do("A", 'unit.code == "b"')
    case.do("A", 'unit.code == "a"')
    assert case.open == ["B", "B", "report", "report"]
    said = {task.variables["unit"]["code"] for task in case.execution.open_tasks() if task.element.id == "report"}
    assert said == {"a", "b"}
    for task in ("report", "report", "B", "B"):
        case.do(task)
    assert case.ended


def test_what_follows_a_multi_instance_is_none_of_its_instances():
    watched = script("begin", "x = 1", deadline="watch", limit="workdays(9)", until="after")
    following = user("after", deadline="review", limit="workdays(1)", status="reviewing", voids="watch")
    shapes = (start(), watched, of_a_unit(), following, end())
    case = begin(diagram("p", *shapes, flows="start begin each_unit after end"), data=UNITS)
    case.do("handle", 'unit.code == "a"')
    case.do("handle")
    assert case.open == ["after"]
    assert case.statuses[-1] == "reviewing"
    assert list(case.host.deadlines) == ["review"]


def test_the_deadlines_of_all_units_end_when_the_whole_is_withdrawn():
    case = begin(
        diagram(
            "p",
            start(),
            each(call("units_round", "q", deadlineFor="unit.code"), "units", "unit"),
            boundary("stop", "units_round", message("m")),
            user("B"),
            end(),
            end("end2"),
            messages("m"),
            flows="start units_round end; stop B end2",
        ),
        diagram(
            "q",
            start("qs"),
            user("handle", deadline="handle", limit="workdays(unit.days)"),
            end("qe"),
            flows="qs handle qe",
        ),
        data=UNITS,
    )
    case.say("stop")
    assert case.host.log[-2:] == ["void handle:a", "void handle:b"]
    assert case.withdrawn.count("handle") == 2
