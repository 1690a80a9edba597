"""Deadlines: when they start, who meets them, when they end unmet."""

from datetime import timedelta

from tests.engine.case import NOON, begin
from tests.engine.diagrams import boundary, call, diagram, end, message, messages, start, timer, user, xor


def test_what_is_passed_first_acts_first():
    case = begin(
        diagram(
            "p",
            start(),
            user("N10", deadline="handle", limit="workdays(5)", until="N12"),
            user("N12"),
            xor("G"),
            end(),
            flows="start N10 N12 G; G -> N10: again; G -> end: else",
        )
    )
    case.do("N10")
    case.do("N12", again=True)
    assert case.host.log == ["open handle", "meet handle", "open handle"]


def test_a_running_deadline_does_not_start_again():
    case = begin(
        diagram(
            "p",
            start(),
            user("A", deadline="d", limit="workdays(5)", until="end"),
            xor("G"),
            end(),
            flows="start A G; G -> A: again; G -> end: else",
        )
    )
    case.do("A", again=True)
    assert case.host.log == ["open d"]


def test_a_deadline_is_voided_before_the_next_starts():
    case = begin(
        diagram(
            "p",
            start(),
            user("A", deadline="d", limit="workdays(5)"),
            boundary("back", "A", message("m")),
            user("B", voids="d", deadline="d", limit="workdays(1)"),
            end(),
            end("end2"),
            messages("m"),
            flows="start A end; back B end2",
        )
    )
    case.say("back")
    assert case.host.log == ["open d", "void d", "open d"]


def asked_to_start_over(**properties):
    """A, from which a message leads to B or straight back to A."""
    return begin(
        diagram(
            "p",
            start(),
            user("A", deadline="d", limit="workdays(5)", **properties),
            boundary("back", "A", message("m")),
            xor("G"),
            user("B"),
            end(),
            messages("m"),
            flows="start A end; back G; G -> A: again; G -> B: else; B A",
        )
    )


def test_a_deadline_ends_with_the_task_that_alone_could_meet_it():
    case = asked_to_start_over()
    case.say("back", again=False)
    assert case.host.log == ["open d", "void d"]
    case.do("B")
    assert case.host.log == ["open d", "void d", "open d"]


def test_a_deadline_goes_on_when_its_task_is_reached_again_at_once():
    case = asked_to_start_over()
    case.say("back", again=True)
    assert case.host.log == ["open d"]
    [task] = case.execution.open_tasks()
    assert task.deadline == "d"
    assert case.host.due("d") == NOON + timedelta(days=5)
    case.do("A")
    assert case.host.log == ["open d", "meet d"]


def test_a_deadline_that_another_step_meets_outlives_the_withdrawn_task():
    case = asked_to_start_over(until="end")
    case.say("back", again=False)
    assert case.host.log == ["open d"]


def test_a_deadline_may_count_from_an_earlier_time():
    case = begin(
        diagram(
            "p", start(), user("A", deadline="d", limit="workdays(5)", limitFrom="filed"), end(), flows="start A end"
        ),
        data={"filed": "2026-02-01T09:00:00+08:00"},
    )
    assert case.host.deadlines["d"].isoformat() == "2026-02-06T09:00:00+08:00"


def test_a_deadline_around_a_called_process_starts_and_ends_with_it():
    case = begin(
        diagram(
            "p",
            start(),
            call("C", "q", deadline="d", limit="workdays(5)"),
            boundary("late", "C", timer('due("d")'), False),
            user("B"),
            end(),
            end("end2"),
            flows="start C end; late B end2",
        ),
        diagram("q", start("qs"), user("QA"), end("qe"), flows="qs QA qe"),
    )
    assert case.host.log == ["open d"]
    case.wait(days=5)
    assert case.open == ["B", "QA"]
    case.do("QA")
    assert case.host.log == ["open d", "meet d"]
