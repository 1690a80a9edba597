"""The checker is worth something only if it notices a product that is wrong: here are some that are."""

import pytest

from tests.faults.conftest import CASES
from tests.faults.flow import turn_clock
from tests.faults.invariants import violations
from tests.faults.test_killed_workers import LATE, LEASES_OVER
from tests.faults.worker import TOLD, Shift, run


@pytest.mark.parametrize(
    ("variant", "noticed"),
    [
        ("commit_between_tasks_and_state", "reminded 2 times"),  # against P1
        ("mark_sent_before_the_effect", "is marked sent and was not"),  # against P5
        ("forget_the_timer_when_it_is_claimed", "the engine waits for ['late'], 0 timer rows"),  # against P4
    ],
)
def test_a_worker_that_dies_betrays_a_product_that_is_wrong(url, county, sent, variant, noticed):
    turn_clock(LATE)
    run(Shift(url, sent, break_by=variant))
    turn_clock(LEASES_OVER)
    run(Shift(url, sent))
    assert noticed in "\n".join(violations(sent, cases=CASES))


def test_a_step_that_another_overtakes_is_refused_even_without_the_lock(url, county, sent, open_tasks):  # P2
    turn_clock(LATE)
    shift = Shift(url, sent, tasks=open_tasks[:1], fires=False, break_by="give_the_lock_back_early")
    assert run(shift) == TOLD
    assert run(Shift(url, sent)) == 0
    assert violations(sent, cases=CASES) == []


def test_a_step_that_writes_over_another_is_noticed(url, county, sent, open_tasks):  # against P2
    turn_clock(LATE)
    assert run(Shift(url, sent, tasks=open_tasks[:1], fires=False, break_by="compare_nothing")) == 0
    assert "history says" in "\n".join(violations(sent, cases=CASES))
