"""What happens to a deadline: it is opened, extended, suspended, resumed, and projected onto an edited calendar.

Each function answers a new Deadline; none ever moves the due moment earlier (C-03: 只延不缩).
"""

from dataclasses import replace
from datetime import datetime

from errors import AppError
from worktime.calendar import Calendar
from worktime.counting import due_after, due_after_pause, later_by
from worktime.deadline import Deadline, Extension, Reprojection, Suspension
from worktime.length import Length, Unit
from worktime.rules import Rules


class Suspended(AppError):
    """这个时限已经暂停，不能再次暂停。"""


class NotSuspended(AppError):
    """这个时限没有暂停，不能恢复。"""


class WrongOrder(AppError):
    """恢复的时间早于暂停的时间。"""


def open_deadline(
    start: datetime, length: Length, calendar: Calendar, rules: Rules, clauses: tuple[str, ...] = (), given: str = ""
) -> Deadline:
    """Start counting `length` at `start` (C-03). `given` names what fixes the day where nobody counts: a form, 月末."""
    start = rules.local(start)
    due = due_after(start, length, calendar, rules)
    deadline = Deadline(start, length, due, clauses=tuple(clauses), given=given)
    return _on(calendar, deadline)


def extend(
    deadline: Deadline,
    length: Length,
    calendar: Calendar,
    rules: Rules,
    at: datetime,
    clauses: tuple[str, ...] = (),
    why: str = "",
) -> Deadline:
    """Grant an extension: the due day in force plus `length` (C-03, XT-13). A suspended deadline may be extended.

    `why` names what it comes of when it is no 延期: 改为复杂件 (XT-A3).
    """
    new = later_by(deadline.due_at, length, calendar, rules)
    extension = Extension(rules.local(at), length, deadline.due_at, new, tuple(clauses), why)
    return _on(calendar, replace(deadline, due_at=new, extensions=(*deadline.extensions, extension)))


def suspend(deadline: Deadline, at: datetime) -> Deadline:
    """Stop the clock at `at`. due_at stays for the record; fires_at is None until resumed."""
    if deadline.suspended:
        raise Suspended
    since = at.astimezone(deadline.start.tzinfo)
    return replace(deadline, suspensions=(*deadline.suspensions, Suspension(since)))


def resume(deadline: Deadline, at: datetime, calendar: Calendar, rules: Rules) -> Deadline:
    """Let the clock run again: what was left at the pause, extensions granted meanwhile included, is left from `at`."""
    if not deadline.suspended:
        raise NotSuspended
    *earlier, pause = deadline.suspensions
    until = rules.local(at)
    if until < pause.since:
        raise WrongOrder
    closed = Suspension(pause.since, until, deadline.due_at)
    new = _after(closed, deadline, deadline.due_at, calendar, rules)
    resumed = replace(deadline, due_at=new, suspensions=(*earlier, replace(closed, new=new)))
    return _on(calendar, resumed)


def reproject(deadline: Deadline, calendar: Calendar, rules: Rules) -> Deadline:
    """Count again on an edited calendar, every extension and pause included; only ever later (C-03)."""
    old, new = deadline.due_at, _projected(deadline, calendar, rules)
    if new > old:
        moved = Reprojection(calendar.revision, old, new)
        deadline = replace(deadline, due_at=new, reprojections=(*deadline.reprojections, moved))
    return _on(calendar, deadline)


def moves(deadline: Deadline) -> list[Extension | Suspension]:
    """Extensions and finished suspensions in the order they were applied.

    Due moments only ever grew, so they tell the order even where two moves carry the same time.
    """
    finished = [pause for pause in deadline.suspensions if pause.until]
    return sorted((*deadline.extensions, *finished), key=lambda move: (move.old, move.new, _when(move)))


def _projected(deadline: Deadline, calendar: Calendar, rules: Rules) -> datetime:
    """The due moment this calendar gives; what was in force at a move is the least that move starts from."""
    due = due_after(deadline.start, deadline.length, calendar, rules)
    for move in moves(deadline):
        assert move.old is not None
        due = _after(move, deadline, max(due, move.old), calendar, rules)
    lengths = [deadline.length, *(extension.length for extension in deadline.extensions)]
    return _on_workday(max(due, deadline.due_at), lengths[-1].unit, calendar, rules)


def _after(
    move: Extension | Suspension, deadline: Deadline, due: datetime, calendar: Calendar, rules: Rules
) -> datetime:
    if isinstance(move, Extension):
        return later_by(due, move.length, calendar, rules)
    assert move.until is not None
    since = max(move.since, deadline.start)
    return due_after_pause(due, since, move.until, deadline.length.unit, calendar, rules)


def _on_workday(due: datetime, unit: Unit, calendar: Calendar, rules: Rules) -> datetime:
    """A due day that an edit turned into a day off rolls on (民法典 203); hours are not rolled."""
    if unit in (Unit.HOUR, Unit.OFFICE_HOUR) or calendar.is_workday(due.date()):
        return due
    return rules.end_of(calendar.workday_after(due.date(), 0))


def _when(move: Extension | Suspension) -> datetime:
    return move.at if isinstance(move, Extension) else move.until or move.since


def _on(calendar: Calendar, deadline: Deadline) -> Deadline:
    """The deadline marked with the calendar it was counted on, and whether that is only inferred."""
    units = {deadline.length.unit, *(extension.length.unit for extension in deadline.extensions)}
    unsure = units != {Unit.HOUR} and bool(calendar.provisional_years(deadline.start.date(), deadline.due_at.date()))
    return replace(deadline, provisional=unsure, calendar_revision=calendar.revision)
