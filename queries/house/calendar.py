"""One year of the working calendar in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reference.calendar import calendar
from worktime.calendar import WEEKEND, WORKDAY


@dataclass(frozen=True)
class SpecialDay:
    day: date
    is_workday: bool
    why: str


@dataclass(frozen=True)
class CalendarYear:
    """`days` are those that somebody has said something about."""

    provisional: bool
    workdays: int
    days: Sequence[SpecialDay]


def year_of(year: int) -> CalendarYear:
    """Raises CalendarMissing."""
    known, first = calendar(), date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    return CalendarYear(
        provisional=known.is_provisional(first),
        workdays=sum(map(known.is_workday, days)),
        days=[
            SpecialDay(day, known.is_workday(day), known.why(day))
            for day in days
            if known.why(day) not in (WORKDAY, WEEKEND)
        ],
    )
