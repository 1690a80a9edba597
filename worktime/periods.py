"""When the next week, month, quarter or year begins for those who work."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from errors import AppError
from worktime.calendar import Calendar
from worktime.rules import Rules

OPENING = time(9, 0)
EPOCH = date(2020, 1, 6)  # a Monday: fortnights are counted from here
MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}
WEEKS = {"weekly": 1, "biweekly": 2}


class BadCycle(AppError, ValueError):
    """周期有误。"""


class Cycle(StrEnum):
    """How often something recurs."""

    WEEKLY = "weekly"
    BIWEEKLY = "biweekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


def period_start(cycle: str, now: datetime, calendar: Calendar, rules: Rules) -> datetime:
    """The next opening of a period strictly after `now`: 09:00 on the period's first working day.

    On 10-01 the October opening (10-08 09:00) is still to come, so a report asked for in the holiday is not put off
    a month. A week without a working day is passed over.
    """
    if cycle not in list(Cycle):
        raise BadCycle(f"周期应为{'、'.join(Cycle)}之一，现在是“{cycle}”。")
    now = rules.local(now)
    first = _period_of(cycle, now.date())
    while True:
        following = _next(cycle, first)
        day = calendar.workday_after(first, 0)
        opening = datetime.combine(day, OPENING, rules.zone)
        if day < following and opening > now:
            return opening
        first = following


def _period_of(cycle: str, day: date) -> date:
    """The first day of the period the day lies in."""
    if cycle in WEEKS:
        return day - timedelta(days=(day - EPOCH).days % (7 * WEEKS[cycle]))
    months = MONTHS[cycle]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _next(cycle: str, first: date) -> date:
    if cycle in WEEKS:
        return first + timedelta(weeks=WEEKS[cycle])
    years, month = divmod(first.month - 1 + MONTHS[cycle], 12)
    return date(first.year + years, month + 1, 1)
