"""A clock that only runs while the office is open: inside office hours of working days."""

from datetime import date, datetime, time, timedelta

from worktime.calendar import Calendar
from worktime.rules import Rules


def add_office_time(start: datetime, amount: timedelta, calendar: Calendar, rules: Rules) -> datetime:
    """The moment when `amount` of office time has passed since `start`.

    Ends at the closing hour rather than at the next opening. A zero amount is `start` itself, or the next opening.
    """
    start = rules.local(start)
    day = start.date()
    today = worked_in_day(start, calendar, rules)
    if not amount:
        return start if is_open(start, calendar, rules) else _next_opening(start, calendar, rules)
    full = day_length(rules)
    total = today + amount
    days = -(-total // full)  # ceiling: which office day it ends in, today's being the first
    end_day = calendar.workday_after(day, days - 1 if calendar.is_workday(day) else days)
    return _moment(end_day, total - full * (days - 1), rules)


def office_time_between(since: datetime, until: datetime, calendar: Calendar, rules: Rules) -> timedelta:
    """Office time from `since` to `until`; negative when `until` is earlier."""
    since, until = rules.local(since), rules.local(until)
    days = calendar.workdays_between(since.date(), until.date())
    days += calendar.is_workday(since.date()) - calendar.is_workday(until.date())
    worked = worked_in_day(until, calendar, rules) - worked_in_day(since, calendar, rules)
    return day_length(rules) * days + worked


def is_open(moment: datetime, calendar: Calendar, rules: Rules) -> bool:
    """Whether the office is open, its closing minute included."""
    clock = moment.time()
    return calendar.is_workday(moment.date()) and any(opens <= clock <= closes for opens, closes in rules.office_hours)


def worked_in_day(moment: datetime, calendar: Calendar, rules: Rules) -> timedelta:
    """Office time of the moment's day that has passed at the moment; zero on a day off."""
    if not calendar.is_workday(moment.date()):
        return timedelta()
    clock = _since_midnight(moment.time())
    spans = ((_since_midnight(opens), _since_midnight(closes)) for opens, closes in rules.office_hours)
    return sum((max(min(clock, closes) - opens, timedelta()) for opens, closes in spans), timedelta())


def day_length(rules: Rules) -> timedelta:
    """Office time of a whole working day."""
    return sum((_since_midnight(b) - _since_midnight(a) for a, b in rules.office_hours), timedelta())


def _moment(day: date, worked: timedelta, rules: Rules) -> datetime:
    for opens, closes in rules.office_hours:
        span = _since_midnight(closes) - _since_midnight(opens)
        if worked <= span:
            return datetime.combine(day, opens, rules.zone) + worked
        worked -= span
    raise ValueError(worked)


def _next_opening(moment: datetime, calendar: Calendar, rules: Rules) -> datetime:
    day = moment.date()
    later = [opens for opens, _ in rules.office_hours if opens > moment.time()]
    if calendar.is_workday(day) and later:
        return datetime.combine(day, later[0], rules.zone)
    return datetime.combine(calendar.workday_after(day, 1), rules.office_hours[0][0], rules.zone)


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond)
