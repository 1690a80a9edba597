"""Messages: what a person may say to a case besides completing a task."""

import pytest

from errors import MessageNotAccepted
from tests.engine.case import begin
from tests.engine.diagrams import (
    boundary,
    catch,
    diagram,
    each,
    end,
    first_event,
    message,
    messages,
    start,
    sub,
    timer,
    user,
    xor,
)


def asked_about(**event):
    """A, on which a message can be said that leads to B."""
    return begin(
        diagram(
            "p",
            start(),
            user("A"),
            boundary("more", "A", message("m"), **event),
            user("B"),
            end(),
            end("end2"),
            messages("m"),
            flows="start A end; more B end2",
        )
    )


def test_a_message_is_a_button_on_its_task():
    case = begin(
        diagram(
            "p",
            start(),
            user("A"),
            boundary("more", "A", message("m"), interrupting=False),
            user("B"),
            end(),
            end("end2"),
            messages("m"),
            xor("G"),
            flows="start A end; more G; G -> B: days > 0; G -> end2: else; B end2",
        )
    )
    [pending] = case.execution.messages()
    assert (pending.element.id, pending.task_id) == ("more", case.execution.open_tasks()[0].id)
    case.say("more", days=3)
    assert case.open == ["A", "B"]
    assert case.variables("B") == {"days": 3}


def test_a_message_that_does_not_interrupt_may_come_again():
    case = asked_about(interrupting=False)
    case.say("more")
    case.say("more")
    assert case.open == ["A", "B", "B"]
    case.do("A")
    assert (case.open, case.buttons) == (["B", "B"], [])


def test_a_message_that_interrupts_withdraws_the_task():
    case = asked_about()
    case.say("more")
    assert (case.open, case.withdrawn) == (["B"], ["A"])
    assert case.passed == ["start", "more"]


def test_an_unavailable_message_is_refused_with_its_sentence():
    case = asked_about(interrupting=False, available='count("more") < 1', unavailable="只能申请一次。")
    case.say("more")
    with pytest.raises(MessageNotAccepted, match="只能申请一次"):
        case.say("more")


def test_a_message_nobody_waits_for_is_refused():
    case = begin(diagram("p", start(), user("A"), end(), flows="start A end"))
    with pytest.raises(MessageNotAccepted):
        case.execution.receive("00000000-0000-0000-0000-000000000000", {})


def test_a_message_goes_to_one_department_only():
    inside = sub(
        "S",
        start("s"),
        user("H"),
        boundary("ask", "H", message("m"), False),
        user("ok"),
        end("e"),
        end("e2"),
        flows="s H e; ask ok e2",
    )
    case = begin(
        diagram("p", start(), each(inside, "units", "unit"), end(), messages("m"), flows="start S end"),
        data={"units": ["a", "b", "c"]},
    )
    case.say("ask", only_if='unit == "b"')
    assert case.open == ["H", "H", "H", "ok"]
    assert case.variables("ok")["unit"] == "b"
    for unit in "abc":
        case.do("H", only_if=f'unit == "{unit}"')
    assert not case.ended
    case.do("ok")
    assert case.ended


def test_waiting_for_others_ends_with_the_first_event():
    def waiting():
        return begin(
            diagram(
                "p",
                start(),
                first_event("G"),
                catch("reply", message("m")),
                catch("late", timer("workdays(3)")),
                user("A"),
                user("B"),
                end(),
                end("end2"),
                messages("m"),
                xor("X"),
                flows="start G; G reply X; X -> A: ok; X -> end: else; A end; G late B end2",
            )
        )

    case = waiting()
    assert (case.buttons, list(case.due)) == (["reply"], ["late"])
    case.say("reply", ok=True)
    assert (case.open, case.due) == (["A"], {})
    case = waiting()
    case.wait(days=3)
    assert (case.open, case.buttons) == (["B"], [])
