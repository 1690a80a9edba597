"""P7, P8: what cannot go on, or asks for too much, stops nobody else and comes before an operator."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from errors import BudgetExceeded
from models import (
    SYSTEM,
    Deadline,
    HistoryEvent,
    Incident,
    ProcessInstance,
    StartTimer,
    Task,
    Timer,
    now,
    session,
    virtual_clock,
)
from models.task import OPEN
from operations.acts.tasks import complete_task
from operations.gate.instances import start_process
from operations.house.calendars import edit_calendar
from operations.house.deployments import deploy
from operations.house.incidents import retry_incident
from operations.ticking.clock import tick
from operations.ticking.timers import LEASE, fire_due_timers
from reference.seeds import read_seed
from tests.engine.diagrams import boundary, diagram, each, end, script, service, start, sub, timer, user
from tests.faults.conftest import CASES
from tests.faults.flow import CANDIDATES, HANDLER
from tests.people import admin, holder_of
from tests.small_flow import form

STEPS = [f"s{n}" for n in range(20)]
GREEDY = diagram(
    "greedy",
    start(),
    user("ask", name="询问", candidates=CANDIDATES, deadline="ask", limit="hours(2)"),
    boundary("silent", "ask", timer('due("ask")'), name="无人答复"),
    each(
        sub("all", start("in"), *[script(step, f"{step} = 1") for step in STEPS], end("out"),
            flows=f"in {' '.join(STEPS)} out"),
        over="units", item="unit",
    ),
    end("done"),
    flows="start ask all done; silent all",
)  # fmt: skip
MONTHLY = diagram(
    "monthly",
    start("month", content=timer('period_start("monthly")', "timeDate")),
    service("tell", "notify.post", parameters={"to": '"post:natural_resources:handler"', "text": '"月初"'}),
    end(),
    flows="month tell end",
)


@pytest.fixture
def clock(county):
    with virtual_clock(now()) as clock:
        yield clock


@pytest.fixture
def wait(clock):
    def until_later(delta):
        clock.now += delta

    return until_later


@pytest.fixture
def greedy(clock):
    """A case whose next step is 100 units × 22 steps."""
    deploy("greedy", {"greedy.bpmn": GREEDY, "F.form.json": form("F")})
    return start_process("greedy", {"units": list(range(100))}, by=SYSTEM).instance.id


def quarantines():
    return session.scalars(select(Incident).where(Incident.kind == "quarantine", Incident.resolved_at.is_(None))).all()


def as_it_is(instance_id):
    session.expire_all()
    instance = session.get_one(ProcessInstance, instance_id)
    open_ones = session.scalars(select(Task.name).where(Task.instance_id == instance_id, Task.state == OPEN))
    waiting = session.scalars(select(Timer.element).where(Timer.instance_id == instance_id))
    return instance.state, instance.revision, list(open_ones), list(waiting)


def test_a_step_that_is_too_much_for_the_clock_is_an_incident_after_three_attempts(greedy, wait):  # P8
    before = as_it_is(greedy)
    wait(timedelta(hours=3))
    for attempts in (1, 2, 3):
        assert quarantines() == []
        fire_due_timers()
        assert session.get_one(ProcessInstance, greedy, populate_existing=True).attempts == attempts
        wait(LEASE)
    [incident] = quarantines()
    assert (incident.instance_id, incident.message) == (
        greedy, "到期处理连续3次没有成功，事项已隔离：流程一步之内做的事太多，已停下等待检查。",
    )  # fmt: skip
    assert as_it_is(greedy) == before


def test_a_step_that_is_too_much_for_a_person_is_refused_in_words_and_changes_nothing(greedy):  # P8
    before = as_it_is(greedy)
    task = session.scalars(select(Task).where(Task.instance_id == greedy)).one()
    with pytest.raises(BudgetExceeded, match="做的事太多"):
        complete_task(task.id, {}, by=holder_of(HANDLER), request="r")
    assert as_it_is(greedy) == before


def test_a_case_that_fails_has_one_attempt_a_round_and_keeps_nobody_waiting(clock, wait):  # P7
    damage(2)
    wait(timedelta(hours=3))
    assert fire_due_timers() == CASES - 1
    assert session.get_one(ProcessInstance, 2, populate_existing=True).attempts == 1
    assert fire_due_timers() == 0
    assert session.get_one(ProcessInstance, 2, populate_existing=True).attempts == 1
    for _ in range(2):
        wait(LEASE)
        fire_due_timers()
    [incident] = quarantines()
    assert incident.message.endswith("系统内部出错（ValueError）。")


def test_a_released_case_is_tried_at_once_and_three_times_again(clock, wait):  # P7
    kept = damage(2)
    wait(timedelta(hours=3))
    for _ in range(3):
        fire_due_timers()
        wait(LEASE)
    retry_incident(quarantines()[0].id, by=admin())
    fire_due_timers()
    assert quarantines() == []
    session.get_one(ProcessInstance, 2).state = kept
    session.commit()
    wait(LEASE)
    assert fire_due_timers() == 1
    assert session.get_one(ProcessInstance, 2, populate_existing=True).attempts == 0


def test_a_case_whose_deadline_cannot_be_counted_again_keeps_no_other_waiting(clock):  # P7
    damage(2)
    edit_calendar(read_seed("calendar_cn.json"), [], by=admin(), reason="重录")
    tick()
    newest = max(session.scalars(select(Deadline.calendar_revision)))
    assert session.scalars(select(Deadline.case_id).where(Deadline.calendar_revision < newest)).all() == [2]


def test_a_flow_that_cannot_begin_keeps_no_other_from_beginning(clock, wait):  # P7
    deploy("monthly", {"monthly.bpmn": MONTHLY})
    session.add(StartTimer(definition_key="gone", element="start", due_at=clock.now))
    session.commit()
    wait(timedelta(days=45))
    tick()
    started = select(HistoryEvent.name).where(HistoryEvent.kind == "started", HistoryEvent.name == "monthly")
    assert session.scalars(started).all() == ["monthly"]


def damage(instance_id):
    """Its state can no longer be read. Returns what it was."""
    instance = session.get_one(ProcessInstance, instance_id)
    kept, instance.state = instance.state, b"damaged"
    session.commit()
    return kept


def test_a_beginning_that_is_no_longer_drawn_is_no_longer_due(clock, wait):
    deploy("monthly", {"monthly.bpmn": MONTHLY})
    deploy("monthly", {"monthly.bpmn": MONTHLY.replace(b'"month"', b'"month2"')})
    assert session.scalars(select(StartTimer.element)).all() == ["month2"]
