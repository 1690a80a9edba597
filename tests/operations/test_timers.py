"""What follows from a deadline is counted from its own moment, not from when a busy machine got to it."""

from datetime import timedelta

from config import ZONE
from operations.clock import tick


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


def test_two_timers_that_were_both_waiting_go_off_in_their_order(start, clock):
    case = start()
    case.do("签收")
    clock.now += timedelta(days=30)
    tick()
    assert case.events[-1] == "timer 逾期未办结"
    assert len(case.timers) == 0
