"""Edit the working calendar. Deadlines that are not over follow, each case in a step of its own, and only to later
days (C-03).
"""

import logging
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

import worktime
from errors import NotAllowed, in_words
from models import (
    SYSTEM,
    CalendarEdition,
    Deadline,
    Identity,
    Incident,
    ProcessInstance,
    now,
    session,
    transactional,
)
from models.deadline import IS_RUNNING
from operations.gate.deadlines import moved_words
from operations.gate.moves import locked, move_of
from operations.gate.writing import write_down
from reference.calendar import newest_edition

log = logging.getLogger(__name__)

BATCH = 100
KIND = "calendar"  # of the incident when a case cannot be counted again

Override = tuple[str, bool, str]  # ISO day, is it a working day here, why


@transactional
def edit_calendar(
    announcements: dict[str, Any], overrides: Sequence[Override], *, by: Identity, reason: str
) -> CalendarEdition:
    """Put a new edition in force; the next tick moves what it moves.

    Raises NotAllowed, and BadCalendar when it cannot be read.
    """
    if not by.can("manage"):
        raise NotAllowed("您没有修改工作日历的权限。")
    days = [(date.fromisoformat(day), workday, why) for day, workday, why in overrides]
    worktime.Calendar.from_announcements(announcements, days)
    edition = CalendarEdition(
        announcements=announcements, overrides=[list(each) for each in overrides], at=now(), by=by.name, reason=reason
    )
    session.add(edition)
    session.flush()
    return edition


def reproject_stale_deadlines() -> int:
    """Count again the deadlines of cases that still stand on an older edition. Returns how many cases."""
    done = last = 0
    while cases := _stale_cases(last):
        done += sum(_reproject_safely(instance_id) for instance_id in cases)
        last = cases[-1]
    return done


def _stale_cases(after: int) -> Sequence[int]:
    stale = IS_RUNNING & (Deadline.calendar_revision < newest_edition())
    of_cases = select(ProcessInstance.id).join(Deadline, Deadline.case_id == ProcessInstance.case_id)
    told = select(Incident.instance_id).where(Incident.kind == KIND, Incident.resolved_at.is_(None))
    mine = (ProcessInstance.id > after) & ProcessInstance.id.not_in(told)
    return session.scalars(of_cases.where(stale & mine).distinct().order_by(ProcessInstance.id).limit(BATCH)).all()


def _reproject_safely(instance_id: int) -> bool:
    """No case that cannot be counted again keeps the others waiting; an operator hears of it (P7)."""
    try:
        reproject_case(instance_id)
    except Exception as error:
        log.exception("the deadlines of case %s could not be counted again", instance_id)
        tell_operator(instance_id, in_words(error))
        return False
    return True


@transactional
def tell_operator(instance_id: int, why: str) -> None:
    message = f"工作日历修订后，时限没有重算：{why}"
    session.add(Incident(instance_id=instance_id, kind=KIND, ref="", element="", message=message, at=now()))


@transactional
def reproject_case(instance_id: int) -> None:
    """A case whose deadlines stay where they are has no story to tell: only the edition they stand on changes."""
    move = move_of(locked(instance_id), by=SYSTEM)
    moved = move.host.deadlines.reproject()
    if not moved:
        move.host.deadlines.save()
        return
    for row in moved:
        move.host.context.note("deadline", moved_words(row.name, row.due_at), row.element)
    move.kind, move.name = "calendar", "工作日历修订"
    write_down(move)
