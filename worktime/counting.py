"""Where a length ends, what is left of it at a pause, and how many working days remain (C-03)."""

from datetime import date, datetime, timedelta

from worktime.calendar import Calendar
from worktime.length import Length, Unit
from worktime.office_hours import add_office_time, office_time_between
from worktime.rules import Rules


def due_after(start: datetime, length: Length, calendar: Calendar, rules: Rules) -> datetime:
    """The moment a length that starts at `start` falls due (C-03; 民法典 201, 203)."""
    start = rules.local(start)
    match length.unit:
        case Unit.HOUR:
            return start + timedelta(hours=length.count)
        case Unit.OFFICE_HOUR:
            return add_office_time(start, timedelta(hours=length.count), calendar, rules)
    return _end_not_before(start, last_day(start, length, calendar, rules), calendar, rules)


def last_day(start: datetime, length: Length, calendar: Calendar, rules: Rules) -> date:
    """The n-th day of a length in days, rolled to a working day. The start day is not counted (C-03)."""
    today = start.date()
    count = length.count - start_day_counts(start, length, calendar, rules)
    if length.unit is Unit.WORKDAY:
        return calendar.workday_after(today, count)
    return calendar.workday_after(today + timedelta(days=count), 0)


def later_by(due: datetime, length: Length, calendar: Calendar, rules: Rules) -> datetime:
    """The due moment moved on by an extension: the n-th day after the due day, to the end of that day (XT-13)."""
    due = rules.local(due)
    match length.unit:
        case Unit.HOUR:
            moved = due + timedelta(hours=length.count)
        case Unit.OFFICE_HOUR:
            moved = add_office_time(due, timedelta(hours=length.count), calendar, rules)
        case Unit.WORKDAY:
            moved = rules.end_of(calendar.workday_after(due.date(), length.count))
        case Unit.CALENDAR_DAY:
            moved = rules.end_of(calendar.workday_after(due.date() + timedelta(days=length.count), 0))
    return max(moved, due)


def due_after_pause(
    due: datetime, since: datetime, until: datetime, unit: Unit, calendar: Calendar, rules: Rules
) -> datetime:
    """The due moment after a pause: what was left at `since` is left again at `until`.

    Days left are the days after the day of the pause, up to the due day; the day of resuming, like a start day,
    is not counted. A deadline already overdue at `since` is not cured by a pause.
    """
    since, until, due = rules.local(since), rules.local(until), rules.local(due)
    if since > due or until <= since:
        return due
    match unit:
        case Unit.HOUR:
            return due + (until - since)
        case Unit.OFFICE_HOUR:
            left = office_time_between(since, due, calendar, rules)
            return max(due, add_office_time(until, left, calendar, rules))
        case Unit.WORKDAY:
            day = calendar.workday_after(until.date(), calendar.workdays_between(since.date(), due.date()))
        case Unit.CALENDAR_DAY:
            day = calendar.workday_after(until.date() + (due.date() - since.date()), 0)
    if day == due.date() and until <= due:
        return due
    return max(due, _end_not_before(until, day, calendar, rules))


def remaining_workdays(due_at: datetime, now: datetime, calendar: Calendar) -> int:
    """Working days left, for the lights (C-07): 0 = no working day left after today; negative = overdue.

    Overdue is at least -1, even when no working day has passed since.
    """
    today = now.astimezone(due_at.tzinfo).date()
    days = calendar.workdays_between(today, due_at.date())
    return days if now <= due_at else min(days, -1)


def start_day_counts(start: datetime, length: Length, calendar: Calendar, rules: Rules) -> bool:
    """Only where the parameter says so, and only a day that can still be worked."""
    if not rules.count_start_day or length.count == 0 or start.time() > rules.day_end:
        return False
    return length.unit is Unit.CALENDAR_DAY or calendar.is_workday(start.date())


def _end_not_before(start: datetime, day: date, calendar: Calendar, rules: Rules) -> datetime:
    """The end of `day`, or of the next working day when the office day was already over at `start`."""
    end = rules.end_of(day)
    return end if end >= start else rules.end_of(calendar.workday_after(day, 1))
