import pytest

from errors import CalendarMissing
from tests.worktime.known import CALENDAR, RULES, at
from worktime import BadCycle, BadRoster, next_weekday_time, period_start


@pytest.mark.parametrize(
    ("cycle", "now", "opening"),
    [
        ("weekly", "2026-03-04 10:00", "2026-03-09 09:00"),
        ("weekly", "2026-03-09 08:59", "2026-03-09 09:00"),
        ("weekly", "2026-03-09 09:00", "2026-03-16 09:00"),  # strictly after
        ("weekly", "2026-02-11 10:00", "2026-02-24 09:00"),  # the week of Spring Festival has no working day
        ("biweekly", "2026-03-04 10:00", "2026-03-09 09:00"),
        ("monthly", "2026-03-04 10:00", "2026-04-01 09:00"),
        ("monthly", "2026-09-30 10:00", "2026-10-08 09:00"),  # National Day
        ("monthly", "2026-10-03 10:00", "2026-10-08 09:00"),  # still to come, not put off a month
        ("monthly", "2025-12-31 10:00", "2026-01-04 09:00"),  # a make-up Sunday
        ("quarterly", "2026-05-04 10:00", "2026-07-01 09:00"),
        ("quarterly", "2026-11-04 10:00", "2027-01-04 09:00"),
        ("yearly", "2025-05-04 10:00", "2026-01-04 09:00"),
    ],
)
def test_a_period_opens_at_nine_on_its_first_working_day(cycle, now, opening):  # XT-21, XT-A9
    assert period_start(cycle, at(now), CALENDAR, RULES) == at(opening)


def test_every_month_is_visited_exactly_once():  # XT-21
    now, months = at("2026-01-01 00:00"), []
    while now < at("2026-12-01 00:00"):
        now = period_start("monthly", now, CALENDAR, RULES)
        months.append(now.month)
    assert months == list(range(1, 13))


def test_fortnights_follow_each_other_across_the_new_year():  # XT-06
    first = period_start("biweekly", at("2026-12-20 10:00"), CALENDAR, RULES)
    second = period_start("biweekly", first, CALENDAR, RULES)
    assert (first, second) == (at("2026-12-28 09:00"), at("2027-01-11 09:00"))


def test_an_unknown_cycle_is_refused():  # XT-A9
    with pytest.raises(BadCycle, match="daily"):
        period_start("daily", at("2026-03-04 10:00"), CALENDAR, RULES)


def test_a_period_beyond_the_calendar_is_refused_naming_the_year():  # C-03
    with pytest.raises(CalendarMissing, match="2028年"):
        period_start("yearly", at("2027-03-04 10:00"), CALENDAR, RULES)


@pytest.mark.parametrize(
    ("now", "beginning"),
    [
        ("2026-03-02 10:00", "2026-03-03 09:00"),  # a Monday
        ("2026-03-03 08:59", "2026-03-03 09:00"),
        ("2026-03-03 09:00", "2026-03-04 09:00"),  # strictly after
        ("2026-03-06 09:30", "2026-03-10 09:00"),  # Friday to Tuesday
        ("2026-02-13 09:30", "2026-02-24 09:00"),  # Spring Festival; the make-up Saturday 14 is no Tuesday to Friday
        ("2026-09-30 10:00", "2026-10-08 09:00"),  # National Day
    ],
)
def test_a_roster_begins_on_its_weekdays_when_they_are_worked(now, beginning):  # XX-03
    assert next_weekday_time("周二至周五 09:00-10:00", at(now), CALENDAR, RULES) == at(beginning)


def test_a_roster_may_name_one_day_or_reach_over_the_weekend():
    assert next_weekday_time("周三 14:30", at("2026-03-05 10:00"), CALENDAR, RULES) == at("2026-03-11 14:30")
    assert next_weekday_time("周五至周一 08:00", at("2026-03-06 09:00"), CALENDAR, RULES) == at("2026-03-09 08:00")


@pytest.mark.parametrize("roster", ["", "每天 09:00", "周二至周五", "周二至周五 25:00", "周八 09:00"])
def test_a_roster_that_cannot_be_read_is_refused_in_words(roster):
    with pytest.raises(BadRoster, match="周二至周五 09:00-10:00"):
        next_weekday_time(roster, at("2026-03-05 10:00"), CALENDAR, RULES)
