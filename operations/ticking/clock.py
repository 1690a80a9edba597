"""The ticker's one step, and the demonstration's time machine."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import func, select

from config import ZONE
from errors import InvalidForm, NotAllowed
from models import ClockShift, FlowDraft, Identity, StartTimer, Timer, now, session, transactional
from operations.gate.audit import note, seal_audit
from operations.gate.case_words import refresh_words
from operations.gate.outbox import deliver_waiting
from operations.house.calendars import reproject_stale_deadlines
from operations.house.schedule import start_due_flows
from operations.people.substitution import end_past_substitutions
from operations.ticking.digests import send_digests
from operations.ticking.dispatch_learning import learn_dispatches
from operations.ticking.forwarding import forward_notices
from operations.ticking.jobs import play_jobs, run_jobs
from operations.ticking.old_results import drop_old_results
from operations.ticking.publishing import publish_due
from operations.ticking.stale_drafts import drop_stale_drafts
from operations.ticking.timers import fire_due_timers
from reference import calendar

log = logging.getLogger(__name__)

FURTHEST = timedelta(days=366)  # one turn of the time machine


#: What the ticker does. Slow gateways do not keep deadlines waiting: the scheduler runs each by itself.
STEPS = (
    reproject_stale_deadlines,
    end_past_substitutions,
    publish_due,
    start_due_flows,
    fire_due_timers,
    forward_notices,
    send_digests,
    deliver_waiting,
    refresh_words,
    drop_stale_drafts,
    drop_old_results,
    learn_dispatches,
    run_jobs,
    play_jobs,
    seal_audit,
)


def tick() -> None:
    """Everything that is due, once."""
    for step in STEPS:
        run_step(step)


def run_step(step: Callable[[], int]) -> None:
    """What fails is logged and due again at the next tick."""
    try:
        step()
    except Exception:
        log.exception("%s failed", step.__name__)
    finally:
        session.rollback()


def advance(*, workdays: int = 0, days: int = 0, hours: int = 0, by: Identity) -> datetime:
    """Turn the demonstration's clock forward and do what has come due. Returns the new time.

    Raises NotAllowed outside a demonstration: the clock row exists only in a database made by `flask demo`. Raises
    InvalidForm for a turn back, or further than FURTHEST.
    """
    target = _target(workdays, days, hours, by)
    while (moment := _turn_to_next_due(target)) < target:
        tick()
    tick()
    return moment


@transactional
def _target(workdays: int, days: int, hours: int, by: Identity) -> datetime:
    if session.scalar(select(ClockShift)) is None or not by.can("clock"):
        raise NotAllowed("时光机只在演示模式下可用。")
    moment = now().astimezone(ZONE)
    target = moment + timedelta(days=days, hours=hours)
    if workdays > 0:
        day = calendar.calendar().workday_after(target.date(), workdays)
        target = datetime.combine(day, target.timetz())
    if workdays < 0 or not timedelta() <= target - moment <= FURTHEST:
        raise InvalidForm({"workdays": "一次最多前进一年，不能倒退。"})
    note("settings", f"时光机前进到 {target:%Y-%m-%d %H:%M}", by)
    return target


@transactional
def _turn_to_next_due(target: datetime) -> datetime:
    """One step: to the next moment something falls due, so that what follows from it counts from there."""
    shift = session.scalars(select(ClockShift)).one()
    moment = now()
    coming = [
        session.scalar(select(func.min(column)).where(column > moment, column < target))
        for column in (Timer.due_at, StartTimer.due_at, FlowDraft.publish_at)
    ]
    stop = min([target, *(due for due in coming if due)])
    step = ceil((stop - moment).total_seconds())
    shift.seconds += step
    return moment + timedelta(seconds=step)
