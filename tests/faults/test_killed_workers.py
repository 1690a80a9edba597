"""P1, P4, P5, P6: a worker that is killed anywhere leaves a step whole or undone, and the next one does the rest."""

import signal
from dataclasses import replace

import pytest

from tests.faults.conftest import CASES
from tests.faults.crashes import POINTS
from tests.faults.flow import turn_clock
from tests.faults.invariants import violations
from tests.faults.worker import Shift, run

LATE, LEASES_OVER = 3 * 3600, 5 * 60


@pytest.mark.parametrize("point", POINTS)
def test_whatever_a_killed_worker_leaves_the_next_one_finishes(url, county, sent, open_tasks, point):  # P6
    turn_clock(LATE)
    shift = Shift(url, sent, tasks=open_tasks[:3])
    assert run(replace(shift, die=(point, 2))) == -signal.SIGKILL
    assert violations(sent, cases=CASES, settled=False) == []
    turn_clock(LEASES_OVER)
    run(replace(shift, die=(point, 1)))
    assert violations(sent, cases=CASES, settled=False) == []
    turn_clock(LEASES_OVER)
    assert run(shift) == 0
    assert violations(sent, cases=CASES, completed=shift.tasks) == []
