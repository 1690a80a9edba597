"""A case starts, waits, is completed, and remembers nothing it does not need."""

from datetime import datetime

import pytest

from errors import InvalidForm, TaskNotOpen
from tests.engine.case import begin, host_with
from tests.engine.diagrams import both, call, diagram, end, script, service, start, user, xor

LATER = "2026-03-02T14:00:00+08:00"  # two hours from the beginning


def test_a_case_waits_at_a_user_task_and_ends_when_it_is_completed():
    case = begin(diagram("p", start(), user("A"), end(), flows="start A end"))
    assert case.open == ["A"]
    case.do("A")
    assert (case.open, case.ended) == ([], True)
    assert case.passed == ["start", "A", "end"]


def test_a_completed_task_cannot_be_completed_again():
    case = begin(diagram("p", start(), user("A"), user("B"), end(), flows="start A B end"))
    execution = case.execution
    [task] = execution.open_tasks()
    execution.complete(task.id, {})
    with pytest.raises(TaskNotOpen):
        execution.complete(task.id, {})
    with pytest.raises(TaskNotOpen):
        execution.complete("no-such-task", {})


def test_a_task_that_opens_later_is_shown_but_not_completed_before():
    case = begin(
        diagram("p", start(), user("A", name="签到", opens="when"), end(), flows="start A end"), data={"when": LATER}
    )
    [task] = case.execution.open_tasks()
    assert case.execution.opens_at(task.id) == datetime.fromisoformat(LATER)
    with pytest.raises(InvalidForm) as refused:
        case.do("A")
    assert refused.value.problems == {"": "“签到”要到 2026-03-02 14:00 才能提交。"}
    case.host.now = datetime.fromisoformat(LATER)
    case.do("A")
    assert case.ended


def test_only_what_some_expression_reads_enters_the_token():
    case = begin(
        diagram(
            "p",
            start(),
            user("A"),
            xor("G"),
            user("B"),
            end(),
            flows="start A G; G -> B: amount > 5; G -> end: else; B end",
        )
    )
    case.do("A", amount=7, opinion="a long text")
    assert case.variables("B") == {"amount": 7}


def test_a_list_is_replaced_not_merged():
    case = begin(
        diagram("p", start(), user("A"), xor("G"), end(), flows="start A G; G -> A: len(units) > 0; G -> end: else")
    )
    case.do("A", units=["a", "b", "c"])
    case.do("A", units=["d"])
    assert case.variables("A") == {"units": ["d"]}


def test_scripts_services_and_conditions_speak_our_language():
    case = begin(
        diagram(
            "p",
            start(),
            script("S", "total = a + b"),
            service("H", "number.next", "number", {"prefix": '"T" + text(total)'}),
            xor("G"),
            user("B"),
            end(),
            flows='start S H G; G -> B: number.value == "T3-1"; G -> end: else; B end',
        ),
        data={"a": 1, "b": 2},
        host=host_with(**{"number.next": lambda prefix: {"value": f"{prefix}-1"}}),
    )
    assert case.open == ["B"]
    assert case.variables("B")["number"] == {"value": "T3-1"}


def test_the_trail_runs_through_called_processes():
    outer = diagram("p", start(), call("C", "q"), end(), flows="start C end")
    inner = diagram("q", start("qs"), user("QA"), end("qe"), flows="qs QA qe")
    case = begin(outer, inner)
    case.do("QA")
    assert case.ended
    assert case.passed == ["start", "qs", "QA", "qe", "C", "end"]


def test_parallel_branches_meet_when_all_have_come():
    case = begin(
        diagram(
            "p", start(), both("S"), user("A"), user("B"), both("J"), user("C"), end(), flows="start S A J C end; S B J"
        )
    )
    case.do("A")
    assert case.open == ["B"]
    case.do("B")
    assert case.open == ["C"]


def test_the_last_status_passed_is_the_status():
    case = begin(
        diagram(
            "p",
            start(status="open"),
            user("A", status="signing"),
            user("B", status="working"),
            end(status="done"),
            flows="start A B end",
        )
    )
    case.do("A")
    case.do("B")
    assert case.statuses == ["signing", "working", "done"]


def test_the_last_mark_passed_is_the_mark_until_one_takes_it_off():
    case = begin(
        diagram(
            "p",
            start(),
            user("A"),
            user("B", mark='"紧急" if danger else ""'),
            end(mark='""'),
            flows="start A B end",
        )
    )
    assert case.marks == [None]
    case.do("A", danger=True)
    case.do("B")
    assert case.marks == [None, "紧急", ""]


@pytest.mark.parametrize("words", [3, None, "很长很长的标记"])
def test_a_mark_is_a_short_text(words):
    case = begin(diagram("p", start(), user("A"), end(mark="words"), flows="start A end"))
    case.do("A", words=words)
    assert "不超过6个字" in case.failed["end"]
    assert case.marks == [None, None]


def test_work_that_goes_on_beside_a_review_is_under_review_until_that_is_answered():  # SPEC 2.3
    case = begin(
        diagram(
            "p",
            start(),
            both("fork"),
            user("review", status="extension_pending"),
            end("answered", status="in_progress"),
            user("returned", status="return_pending"),
            user("work", status="in_progress"),
            end("done", status="feedback"),
            flows="start fork review answered; fork returned work done",
        )
    )
    case.do("returned")
    assert case.statuses[-1] == "extension_pending"
    case.do("review")
    assert case.statuses[-1] == "in_progress"
    case.do("work")
    assert case.statuses[-1] == "feedback"


def test_what_storage_would_change_is_refused():
    case = begin(diagram("p", start(), user("A"), xor("G"), end(), flows="start A G; G -> A: x == 1; G -> end: else"))
    for value in (float("nan"), 2**70, {1: 2}, ["\ud800"], {1}):
        with pytest.raises(InvalidForm):
            case.do("A", x=value)
