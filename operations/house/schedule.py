"""Flows that begin by the calendar (XT-N30, XX-03)."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

import worktime
from config import ZONE
from engine import Definition, expressions
from errors import CalendarMissing
from handlers.periods import last_period, period_of
from models import SYSTEM, Case, ProcessInstance, StartTimer, now, session, transactional
from operations.gate.each_alone import each_alone
from operations.gate.instances import start_process
from reference import calendar, definitions, parameters
from reference.counties import is_at_home

log = logging.getLogger(__name__)


def next_start(expression: str, after: datetime) -> datetime:
    """When a timer start event fires next. The expression gives ISO text, `period_start(param("…"))` for one.

    In a year without a calendar yet it is 1 January; start_if_due plans again when that comes.
    """
    revision = parameters.newest_revision()

    def period_start(cycle: str) -> str:
        try:
            return worktime.period_start(cycle, after, calendar.calendar(), calendar.rules(revision)).isoformat()
        except CalendarMissing:
            return _new_year_after(after).isoformat()

    def next_weekday_time(roster: str) -> str:
        return worktime.next_weekday_time(roster, after, calendar.calendar(), calendar.rules(revision)).isoformat()

    functions: dict[str, Callable[..., Any]] = {
        "param": lambda key: parameters.value_at(key, revision),
        "period_start": period_start,
        "next_weekday_time": next_weekday_time,
    }
    return datetime.fromisoformat(expressions.evaluate(expression, {}, functions))


def first_start(flow: Definition, element: str, moment: datetime) -> datetime:
    """When a start event of a flow that is new here fires first.

    Where `underWay` names a cycle, that is at the beginning of the month or quarter it is put to use in: this has
    passed without it, and is caught up like any beginning that was missed (TZ-19, TZ-20). Raises UnknownCycle.
    """
    cycle = flow.elements[element].properties.get("underWay")
    return next_start(dict(flow.start_timers)[element], period_of(moment, cycle)[0] if cycle else moment)


def may_begin(flow: Definition, element: str, moment: datetime) -> bool:
    """Whether a start event is `available` at the moment it is planned for: not when the campaign is over (YC-01)."""
    condition = flow.elements[element].properties.get("available")
    if condition is None:
        return True
    revision = parameters.newest_revision()
    functions: dict[str, Callable[..., Any]] = {
        "param": lambda key: parameters.value_at(key, revision),
        "now": lambda: moment.astimezone(ZONE).isoformat(),
        "last_period": lambda cycle: last_period(moment, cycle)[0].date().isoformat(),
    }
    return expressions.evaluate(condition, {}, functions) is True


def start_due_flows() -> int:
    """Begin every flow whose time has come. Returns how many began."""
    rows = select(StartTimer.definition_key, StartTimer.element).where(StartTimer.due_at <= now())
    return each_alone(start_if_due, session.execute(rows).all())


@transactional
def start_if_due(key: str, element: str) -> bool:
    """Begin one flow and plan its next beginning, once however many clocks ask.

    A beginning missed while nothing ran is caught up once. One that the calendar has since put off waits, and so does
    one whose units are not here yet: the flows of a document come before its county does. A retired flow passes its
    time over, and nothing is caught up when it is taken into use again; so does one that is not `available` then, and
    one that has begun for it already.
    """
    mine = (StartTimer.definition_key == key) & (StartTimer.element == element) & (StartTimer.due_at <= now())
    lock = select(StartTimer).where(mine).with_for_update(skip_locked=True)
    row = session.scalar(lock.execution_options(populate_existing=True))
    if row is None:
        return False
    parsed = definitions.definition(definitions.newest(key).id)
    if not is_at_home(parsed.units):
        return False
    expression = dict(parsed.start_timers)[element]
    planned = next_start(expression, row.due_at - timedelta(seconds=1))
    if planned > now():
        row.due_at = planned
        return False
    row.due_at = next_start(expression, now())
    if key in definitions.retired():
        return False
    if not may_begin(parsed, element, planned):
        log.info("flow %s passes %s over: %s", key, planned, parsed.elements[element].properties.get("unavailable"))
        return False
    if _has_begun(key, element, planned):
        log.info("flow %s has begun already for %s", key, planned)
        return False
    start_process(key, {}, by=SYSTEM, at=element)
    return True


def _has_begun(key: str, element: str, planned: datetime) -> bool:
    """Whether it began there at or after that moment: one process a period, also when it is planned a second time."""
    since = select(ProcessInstance.passed).join(Case, Case.id == ProcessInstance.case_id)
    since = since.where(Case.flow == key, ProcessInstance.started_at >= planned)
    return any(element in passed for passed in session.scalars(since))


def _new_year_after(moment: datetime) -> datetime:
    this_year = datetime(moment.astimezone(ZONE).year, 1, 1, 9, tzinfo=ZONE)
    return this_year if this_year > moment else this_year.replace(year=this_year.year + 1)
