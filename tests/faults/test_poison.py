"""P7: a case that kills its worker is found by the attempts that were counted before; it takes nobody with it."""

import signal

import pytest
from sqlalchemy import select

from errors import NotAllowed
from models import Incident, Timer, now, session
from operations.acts.tasks import complete_task
from operations.house.incidents import retry_incident
from tests.faults.conftest import CASES
from tests.faults.flow import HANDLER, turn_clock
from tests.faults.invariants import violations
from tests.faults.test_killed_workers import LATE, LEASES_OVER
from tests.faults.worker import Shift, run
from tests.people import admin, holder_of

POISON = 3


@pytest.fixture
def crashed_thrice(url, county, sent):
    turn_clock(LATE)
    for _ in range(3):
        assert run(Shift(url, sent, poison=POISON)) == -signal.SIGKILL
        turn_clock(LEASES_OVER)
    assert run(Shift(url, sent, poison=POISON)) == 0


def due_cases():
    return list(session.scalars(select(Timer.instance_id).where(Timer.due_at <= now())))


def open_incidents():
    return list(session.scalars(select(Incident).where(Incident.resolved_at.is_(None))))


def test_a_poison_case_is_quarantined_after_three_crashes_and_the_others_are_woken(url, sent, crashed_thrice):
    assert due_cases() == [POISON]
    [incident] = open_incidents()
    assert (incident.kind, incident.instance_id) == ("quarantine", POISON)
    assert "处理它的进程异常退出" in incident.message
    assert violations(sent, cases=CASES, settled=False) == []
    turn_clock(LEASES_OVER)
    assert run(Shift(url, sent, poison=POISON)) == 0  # the clock leaves it alone
    assert open_incidents() == [incident]


def test_people_are_told_of_a_quarantine_and_an_operator_ends_it(url, sent, open_tasks, crashed_thrice):
    with pytest.raises(NotAllowed, match="已被隔离"):
        complete_task(open_tasks[POISON - 1], {}, by=holder_of(HANDLER))
    retry_incident(open_incidents()[0].id, by=admin())
    assert run(Shift(url, sent)) == 0
    assert open_incidents() == []
    assert violations(sent, cases=CASES) == []
