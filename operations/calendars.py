"""Edit the working calendar. Open deadlines follow, each case in a step of its own, and only to later days (C-03)."""

import logging
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

import worktime
from config import ZONE
from models import SYSTEM, CalendarEdition, Deadline, Identity, ProcessInstance, now, session, transactional
from models.deadline import RUNNING
from operations.instances import moving
from operations.moves import locked
from operations.quarantine import quarantined_cases
from reference.calendar import newest_edition

log = logging.getLogger(__name__)

BATCH = 100

Override = tuple[str, bool, str]  # ISO day, is it a working day here, why


@transactional
def edit_calendar(
    announcements: dict[str, Any], overrides: Sequence[Override], *, by: Identity, reason: str
) -> CalendarEdition:
    """Put a new edition in force; the next tick moves what it moves. Raises BadCalendar when it cannot be read."""
    days = [(date.fromisoformat(day), workday, why) for day, workday, why in overrides]
    worktime.Calendar.from_announcements(announcements, days)
    edition = CalendarEdition(
        announcements=announcements, overrides=[list(each) for each in overrides], at=now(), by=by.name, reason=reason
    )
    session.add(edition)
    session.flush()
    return edition


def reproject_stale_deadlines() -> int:
    """Count again the open deadlines of cases that still stand on an older edition. Returns how many cases."""
    done = last = 0
    while cases := _stale_cases(last):
        done += sum(_reproject_safely(instance_id) for instance_id in cases)
        last = cases[-1]
    return done


def _stale_cases(after: int) -> Sequence[int]:
    stale = (Deadline.state == RUNNING) & (Deadline.calendar_revision < newest_edition())
    of_cases = select(ProcessInstance.id).join(Deadline, Deadline.case_id == ProcessInstance.case_id)
    mine = (ProcessInstance.id > after) & ProcessInstance.id.not_in(quarantined_cases())
    return session.scalars(of_cases.where(stale & mine).distinct().order_by(ProcessInstance.id).limit(BATCH)).all()


def _reproject_safely(instance_id: int) -> bool:
    """No case that cannot be counted again keeps the others waiting; it has its turn again at the next tick (P7)."""
    try:
        reproject_case(instance_id)
    except Exception:
        log.exception("the deadlines of case %s could not be counted again", instance_id)
        return False
    return True


@transactional
def reproject_case(instance_id: int) -> None:
    with moving(locked(instance_id), by=SYSTEM, kind="calendar", name="工作日历修订") as move:
        for row in move.host.deadlines.reproject():
            move.host.context.note("deadline", f"{row.name}：到期顺延至 {row.due_at.astimezone(ZONE):%Y-%m-%d}")
        move.execution.refresh()
