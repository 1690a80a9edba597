"""The calendar as a manager keeps it, and what a change of it would do before it is made (C-03)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

import worktime
from errors import AppError
from models import CalendarEdition, Case, Deadline, Identity, ProcessInstance, now, session
from models.deadline import IS_RUNNING
from operations.gate.visibility import visible
from operations.house.calendar_edits import Change, days_of
from queries.case.history import hidden_elements
from reference import calendar as calendars
from reference.privacy import listed

MOST_SHOWN = 200


@dataclass(frozen=True)
class CalendarPage:
    """`editions`: newest first."""

    years: Sequence[int]  # those known, announced or reckoned
    overrides: Sequence[tuple[date, bool, str]]
    editions: Sequence[CalendarEdition]


@dataclass(frozen=True)
class DayChange:
    day: date
    was: str
    now: str


@dataclass(frozen=True)
class MovedDeadline:
    case_id: int
    case_no: str
    title: str
    name: str
    old: datetime
    new: datetime


@dataclass(frozen=True)
class Outlook:
    """`moved`: at most MOST_SHOWN of those that whoever asks may see; `count` is of all, but for those of clues that
    they may not know of (XT-20).
    """

    edition: int  # that it was reckoned on
    days: list[DayChange]
    moved: list[MovedDeadline]
    count: int


def calendar_page() -> CalendarPage:
    known = days_of(calendars.newest_edition())
    editions = select(CalendarEdition).order_by(CalendarEdition.id.desc()).limit(20)
    own = [(date.fromisoformat(day), workday, why) for day, workday, why in known.overrides]
    return CalendarPage(calendars.calendar().years, own, session.scalars(editions).all())


def outlook(change: Change, by: Identity) -> Outlook:
    """What would be. Raises BadCalendar."""
    edition = calendars.newest_edition()
    after = calendars.laid_out(*change(days_of(edition)), edition)
    moved = [(row, due) for row, due in _moved(after) if _is_known(row, by)]
    seen = _seen_by(by, [row.case_id for row, _ in moved])
    shown = [_told(row, due) for row, due in moved if row.case_id in seen]
    return Outlook(edition, list(_day_changes(after)), shown[:MOST_SHOWN], len(moved))


def _moved(after: worktime.Calendar) -> Iterator[tuple[Any, datetime]]:
    """Every deadline not yet over that would end later, with the new end (C-03); what cannot be counted stays (the
    ticker says so).
    """
    asked = (
        select(Deadline.case_id, Deadline.name, Deadline.element, Deadline.terms, Deadline.due_at)
        .add_columns(Case.case_no, Case.title, Case.reporter, Case.confidential, Case.parameter_revision)
        .add_columns(ProcessInstance.definition_id)
        .join(Case, Case.id == Deadline.case_id)
        .join(ProcessInstance, ProcessInstance.case_id == Case.id)
        .where(IS_RUNNING, Deadline.suspended | (Deadline.due_at > now()))
        .order_by(Deadline.due_at, Deadline.id)
    )
    for row in session.execute(asked):
        try:
            terms = worktime.Deadline.from_json(row.terms)
            new = worktime.reproject(terms, after, calendars.rules(row.parameter_revision)).due_at
        except AppError:
            continue
        if new > row.due_at:
            yield row, new


def _seen_by(by: Identity, cases: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for start in range(0, len(cases), 500):
        mine = select(Case.id).where(Case.id.in_(cases[start : start + 500]), visible(by))
        found.update(session.scalars(mine))
    return found


def _is_known(row: Any, by: Identity) -> bool:
    """What belongs to a clue is shown to its holders alone (XT-20)."""
    return row.element not in hidden_elements(row.definition_id, by)


def _told(row: Any, due: datetime) -> MovedDeadline:
    return MovedDeadline(row.case_id, row.case_no or "", listed(row.title, row), row.name, row.due_at, due)


def _day_changes(after: worktime.Calendar) -> Iterator[DayChange]:
    """Days that are worked now and will not be, or the other way round."""
    before = calendars.calendar()
    for year in after.years:
        if year not in before.years:
            continue
        first = date(year, 1, 1)
        for day in (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)):
            if before.is_workday(day) != after.is_workday(day):
                yield DayChange(day, _words(before, day), _words(after, day))


def _words(calendar: worktime.Calendar, day: date) -> str:
    return f"{'上班' if calendar.is_workday(day) else '放假'}（{calendar.why(day)}）"
