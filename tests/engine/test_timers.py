"""Timers: of a length of their own, on a deadline, between steps, at the start."""

from datetime import timedelta

from tests.engine.case import NOON, begin
from tests.engine.diagrams import boundary, catch, diagram, end, start, timer, user


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


def test_a_time_without_an_offset_is_refused():
    case = signing('"2026-03-05T09:00:00"')
    assert "带时区" in case.failed["late"]
    assert case.open == ["sign"]


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
