"""Timers, deadlines and messages."""

from datetime import timedelta

import pytest

from errors import MessageNotAccepted
from tests.engine.case import NOON, begin
from tests.engine.diagrams import (
    boundary,
    call,
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


def signing(expression, interrupting=True, **properties):
    return begin(
        diagram(
            "p",
            start(),
            user("sign", **properties),
            boundary("late", "sign", timer(expression), interrupting),
            user("handle"),
            user("chase"),
            end(),
            end("end2"),
            flows="start sign handle end; late chase end2",
        )
    )


def test_a_timer_with_a_length_of_its_own_is_fixed_when_the_token_arrives():
    case = signing("workdays(2)")
    assert case.due == {"late": NOON + timedelta(days=2)}
    case.wait(days=1)
    assert (case.open, case.due) == (["sign"], {"late": NOON + timedelta(days=2)})
    case.wait(days=1)
    assert case.open == ["chase"]


def test_a_timer_that_does_not_interrupt_fires_once():
    case = signing("workdays(2)", interrupting=False)
    case.wait(days=2)
    case.wait(days=5)
    assert (case.open, case.due) == (["chase", "sign"], {})


def test_a_deadline_starts_before_the_timer_that_names_it_is_read():
    case = signing('due("sign")', deadline="sign", limit="workdays(2)")
    assert case.host.log == ["open sign"]
    assert case.due == {"late": NOON + timedelta(days=2)}
    assert case.execution.timers()[0].deadline == "sign"


def test_a_timer_moves_with_its_deadline():
    case = signing('due("sign")', deadline="sign", limit="workdays(2)")
    case.host.deadlines["sign"] += timedelta(days=10)
    case.wait(days=3)
    assert (case.open, case.due) == (["sign"], {"late": NOON + timedelta(days=12)})
    case.wait(days=9)
    assert case.open == ["chase"]


def test_a_timer_that_does_not_interrupt_fires_again_when_its_deadline_is_put_off():
    case = signing('due("sign")', False, deadline="sign", limit="workdays(2)")
    case.wait(days=3)
    case.wait(days=3)
    assert (case.open, case.due) == (["chase", "sign"], {})
    case.host.deadlines["sign"] = case.host.now + timedelta(days=1)
    assert case.due == {"late": case.host.now + timedelta(days=1)}
    case.wait(days=1)
    assert (case.open, case.due) == (["chase", "chase", "sign"], {})
    case.do("chase")
    case.do("sign")
    case.do("handle")
    case.do("chase")
    assert case.ended


def test_a_timer_sleeps_while_its_deadline_is_not_running():
    case = signing('due("other")')
    assert (case.due, case.failed) == ({}, {})
    case.wait(days=100)
    case.host.deadlines["other"] = case.host.now + timedelta(days=1)
    assert list(case.due) == ["late"]
    case.wait(days=1)
    assert case.open == ["chase"]


def test_a_completed_step_meets_its_deadline():
    case = signing('due("sign")', deadline="sign", limit="workdays(2)")
    case.do("sign")
    assert case.host.log == ["open sign", "meet sign"]
    assert case.due == {}


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


def test_a_time_without_an_offset_is_refused():
    case = signing('"2026-03-05T09:00:00"')
    assert "带时区" in case.failed["late"]
    assert case.open == ["sign"]


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
            flows="start A end; more B end2",
        )
    )
    case.say("more")
    case.say("more")
    assert case.open == ["A", "B", "B"]
    case.do("A")
    assert (case.open, case.buttons) == (["B", "B"], [])


def test_a_message_that_interrupts_withdraws_the_task():
    case = begin(
        diagram(
            "p",
            start(),
            user("A"),
            boundary("back", "A", message("m")),
            user("B"),
            end(),
            end("end2"),
            messages("m"),
            flows="start A end; back B end2",
        )
    )
    case.say("back")
    assert (case.open, case.withdrawn) == (["B"], ["A"])
    assert case.passed == ["start", "back"]


def test_an_unavailable_message_is_refused_with_its_sentence():
    case = begin(
        diagram(
            "p",
            start(),
            user("A"),
            messages("m"),
            end(),
            end("end2"),
            boundary("more", "A", message("m"), False, available='count("more") < 1', unavailable="只能申请一次。"),
            flows="start A end; more end2",
        )
    )
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


def test_an_intermediate_event_waits_for_its_timer():
    case = begin(diagram("p", start(), catch("T", timer("workdays(1)")), user("A"), end(), flows="start T A end"))
    assert (case.open, list(case.due)) == ([], ["T"])
    case.wait(days=1)
    assert case.open == ["A"]


def test_one_wake_fires_what_becomes_due_by_another_timer():
    case = begin(
        diagram(
            "p",
            start(),
            catch("T1", timer("workdays(1)")),
            catch("T2", timer('"2026-03-03T13:00:00+08:00"')),
            user("A"),
            end(),
            flows="start T1 T2 A end",
        )
    )
    case.wait(days=3)
    assert case.open == ["A"]


def test_a_case_may_be_started_by_its_clock():
    flow = diagram(
        "p",
        start("plain"),
        start("monthly", content=timer('period_start("monthly")')),
        user("A"),
        user("B"),
        end(),
        end("end2"),
        flows="plain A end; monthly B end2",
    )
    case = begin(flow)
    assert case.definition.start_timers == (("monthly", 'period_start("monthly")'),)
    assert case.open == ["A"]
    case = begin(flow, at="monthly")
    assert (case.open, case.passed) == (["B"], ["monthly"])


def test_a_start_by_clock_alone_passes_at_once():
    case = begin(
        diagram(
            "p", start("monthly", content=timer('period_start("monthly")')), user("A"), end(), flows="monthly A end"
        )
    )
    assert case.open == ["A"]


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
