"""Months and quarters of the calendar, in the county's own time."""

from datetime import datetime

from config import ZONE


def month_of(moment: datetime) -> datetime:
    """When the month of this moment began."""
    local = moment.astimezone(ZONE)
    return datetime(local.year, local.month, 1, tzinfo=ZONE)


def quarter_of(moment: datetime) -> datetime:
    """When the quarter of this moment began."""
    local = moment.astimezone(ZONE)
    return datetime(local.year, (local.month - 1) // 3 * 3 + 1, 1, tzinfo=ZONE)


def year_before(moment: datetime) -> datetime:
    """When the year before that of this moment began."""
    return datetime(moment.astimezone(ZONE).year - 1, 1, 1, tzinfo=ZONE)


def months_after(start: datetime, months: int) -> datetime:
    """The first day of a month so many months later."""
    years, month = divmod(start.month - 1 + months, 12)
    return datetime(start.year + years, month + 1, 1, tzinfo=ZONE)


def quarter_name(start: datetime) -> str:
    """2026Q1, of the day the quarter began."""
    return f"{start.year}Q{(start.month + 2) // 3}"
