"""When the next week, month, quarter or year begins for those who work, and the next day of a roster."""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar

from errors import AppError
from worktime.calendar import Calendar
from worktime.rules import Rules

OPENING = time(9, 0)
EPOCH = date(2020, 1, 6)  # a Monday: fortnights are counted from here
MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}
WEEKS = {"weekly": 1, "biweekly": 2}

DAYS = "一二三四五六日"
ROSTER = re.compile(rf"周([{DAYS}])(?:[至到—-]周?([{DAYS}]))? *(\d\d):(\d\d)(?: *[-至到—] *\d\d:\d\d)?")

Day = TypeVar("Day", bound=date)


class BadCycle(AppError, ValueError):
    """周期有误。"""


class BadRoster(AppError, ValueError):
    """值班时间有误。"""


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
    first = first_day(cycle, now.date())
    while True:
        following = _next(cycle, first)
        day = calendar.workday_after(first, 0)
        opening = datetime.combine(day, OPENING, rules.zone)
        if day < following and opening > now:
            return opening
        first = following


def check_roster(roster: str) -> re.Match[str]:
    """The parts of a roster. Raises BadRoster."""
    found = ROSTER.fullmatch(roster.strip())
    if found is None or int(found[3]) > 23 or int(found[4]) > 59:
        raise BadRoster(f"值班时间应写成“周二至周五 09:00-10:00”，现在是“{roster}”。")
    return found


def next_weekday_time(roster: str, now: datetime, calendar: Calendar, rules: Rules) -> datetime:
    """The next beginning strictly after `now` of what a roster says: 周二至周五 09:00-10:00.

    Days off are passed over; a make-up Saturday or Sunday is no Tuesday, so nothing begins on it (XX-03).
    """
    found = check_roster(roster)
    first, last = DAYS.index(found[1]), DAYS.index(found[2] or found[1])
    wanted = {(first + step) % 7 for step in range((last - first) % 7 + 1)}
    now = rules.local(now)
    day = now.date()
    while True:
        day = calendar.workday_after(day, 0)
        beginning = datetime.combine(day, time(int(found[3]), int(found[4])), rules.zone)
        if day.weekday() in wanted and beginning > now:
            return beginning
        day += timedelta(days=1)


def first_day(cycle: str, day: date) -> date:
    """The first day of the period that `day` lies in."""
    if cycle in WEEKS:
        return day - timedelta(days=(day - EPOCH).days % (7 * WEEKS[cycle]))
    months = MONTHS[cycle]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _next(cycle: str, first: date) -> date:
    if cycle in WEEKS:
        return first + timedelta(weeks=WEEKS[cycle])
    return months_after(first, MONTHS[cycle])


def months_after(day: Day, months: int) -> Day:
    """The same day of a later month, or the last day that month has."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))
