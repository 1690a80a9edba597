"""Whole months, quarters, half years and years of the calendar, in the county's own time: what reports cover."""

from datetime import date, datetime, time, timedelta

from config import ZONE
from errors import AppError
from worktime.periods import MONTHS, first_day, months_after


class UnknownCycle(AppError):
    """统计周期只能是每月、每季度、每半年或每年。"""


def period_of(moment: datetime, cycle: str) -> tuple[datetime, datetime]:
    """Start and end (exclusive) of the period that the moment lies in. Raises UnknownCycle."""
    if cycle not in MONTHS:
        raise UnknownCycle
    first = first_day(cycle, moment.astimezone(ZONE).date())
    return _midnight(first), _midnight(months_after(first, MONTHS[cycle]))


def last_period(now: datetime, cycle: str) -> tuple[datetime, datetime]:
    """Start and end (exclusive) of the last whole period before `now`. Raises UnknownCycle."""
    start, _ = period_of(now, cycle)
    return period_of(start - timedelta(days=1), cycle)


def new_year(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=ZONE)


def days_of(start: datetime, end: datetime) -> str:
    """2026-03-01至2026-03-31, of the period [start, end)."""
    return f"{start:%Y-%m-%d}至{end - timedelta(days=1):%Y-%m-%d}"


def quarter_name(start: datetime) -> str:
    """2026Q1, of the day the quarter began."""
    return f"{start.year}Q{(start.month + 2) // 3}"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)
