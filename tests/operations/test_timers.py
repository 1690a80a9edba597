"""What follows from a deadline is counted from its own moment, not from when a busy machine got to it."""

from datetime import timedelta

from sqlalchemy import select

from config import ZONE
from models import Document, session
from operations.ticking.clock import tick


def test_handling_counts_from_the_end_of_the_signing_limit_though_the_ticker_came_after_midnight(start, clock):  # XT-A1
    case = start()
    clock.now = case.deadline("sign").due_at + timedelta(seconds=9)  # 00:00:08 of the next day
    tick()
    assert case.deadline("handle").opened_at == case.deadline("sign").due_at
    assert case.deadline("handle").due_at.astimezone(ZONE).date().isoformat() == "2026-03-23"


def test_after_a_long_outage_it_counts_from_now(start, clock):
    """Else a ladder would climb several rungs at once, before anybody could read of the first."""
    case = start()
    clock.now = case.deadline("sign").due_at + timedelta(days=3)
    tick()
    assert case.deadline("handle").opened_at == clock.now


def test_an_order_for_the_work_names_the_limit_of_the_work_not_the_signing_that_was_passed_over(start, clock):  # F-C-3
    case = start()
    clock.now = case.deadline("sign").due_at
    tick()  # 视为签收
    assert case.deadline("sign").state == "missed"
    clock.now = case.deadline("handle").due_at
    tick()
    order = session.scalars(select(Document).where(Document.case_id == case.case.id)).one()
    assert (order.body["原时限"], order.body["逾期"]) == ("2026-03-23（办理）", "不足1个工作日")


def test_two_timers_that_were_both_waiting_go_off_in_their_order(start, clock):
    case = start()
    case.do("签收")
    clock.now += timedelta(days=30)
    tick()
    assert case.events[-1] == "timer 逾期未办结"
    assert len(case.timers) == 0
