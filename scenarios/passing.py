"""Let time pass: the clock stops at each moment something comes due, does it, and goes on."""

from datetime import datetime

from sqlalchemy import select, update

from models import ProcessDefinition, StartTimer, Timer, session, transactional
from operations.gate.outbox import deliver_waiting
from operations.house.calendars import reproject_stale_deadlines
from operations.house.schedule import first_start, next_start, start_due_flows
from operations.ticking.timers import fire_due_timers
from reference import definitions
from scenarios.failures import Unexpected
from scenarios.moments import shown
from scenarios.world import World

Due = dict[str, datetime]


def pass_until(world: World, moment: datetime) -> None:
    """Raises Unexpected when the moment is past, or when something due cannot be done."""
    if moment < world.clock.now:
        raise Unexpected(f"时间不能倒退：现在是 {shown(world.now)}，不能回到 {shown(moment)}。")
    reproject_stale_deadlines()
    while due := {key: when for key, when in _waiting().items() if when <= moment}:
        world.clock.now = max(world.clock.now, min(due.values()))
        _do_what_is_due(due, world)
    world.clock.now = moment
    deliver_waiting({})  # whatever this installation is connected to: nobody here is real


def begin_at(world: World, moment: datetime) -> None:
    """The scenario begins here: flows that start by the calendar are planned from this moment."""
    world.clock.now = world.today = moment
    plan_starts(moment)


@transactional
def put_to_use(moment: datetime) -> None:
    """The flows are new here: what begins by the calendar is planned as when they are deployed for the first time."""
    session.execute(update(ProcessDefinition).values(deployed_at=moment))
    for row in session.scalars(select(StartTimer)):
        flow = definitions.definition(definitions.newest(row.definition_key).id)
        row.due_at = first_start(flow, row.element, moment)


@transactional
def plan_starts(moment: datetime) -> None:
    for row in session.scalars(select(StartTimer)):
        timers = dict(definitions.definition(definitions.newest(row.definition_key).id).start_timers)
        row.due_at = next_start(timers[row.element], moment)


def _waiting() -> Due:
    session.rollback()
    timers: Due = dict(session.execute(select(Timer.id, Timer.due_at)).all())
    starts = session.execute(select(StartTimer.definition_key, StartTimer.element, StartTimer.due_at))
    return timers | {f"{key}/{element}": due for key, element, due in starts}


def _do_what_is_due(due: Due, world: World) -> None:
    start_due_flows()
    fire_due_timers()
    world.after_each()
    now = world.clock.now
    stuck = {key for key, when in _waiting().items() if when <= now and due.get(key) == when}
    if stuck:
        elements = session.scalars(select(Timer.element).where(Timer.id.in_(stuck))).all()
        raise Unexpected(f"{shown(now)} 到期的 {'、'.join(elements) or '、'.join(stuck)} 没有处理成功，详见日志。")
