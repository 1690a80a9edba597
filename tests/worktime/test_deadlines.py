import json
from datetime import time
from pathlib import Path

import pytest

from errors import CalendarMissing
from tests.worktime.known import CALENDAR, RULES, at, due, opened
from worktime import Length, Rules, open_deadline, remaining_workdays

CASES = json.loads((Path(__file__).parent / "data/case_deadlines.json").read_text(encoding="utf-8"))
UNTIL_HALF_PAST_FIVE = Rules(day_end=time(17, 30))
FIRST_DAY_COUNTS = Rules(count_start_day=True)


@pytest.mark.parametrize(("case", "key", "start", "count", "expected"), CASES, ids=lambda value: str(value))
def test_the_deadlines_of_the_five_counties_cases_hold(case, key, start, count, expected):  # C-03
    assert open_deadline(at(start[:-6]), Length(count), CALENDAR, RULES).due_at.isoformat() == expected


def test_a_case_signed_before_spring_festival_2026_counts_the_makeup_saturday():  # C-03, XT-12
    assert opened("2026-02-13 10:00", 5).due_at.isoformat() == "2026-02-27T23:59:59+08:00"


def test_national_day_is_skipped_and_its_makeup_saturday_is_the_third_day():  # C-03
    assert due("2026-09-30 10:00", 1) == "2026-10-08 23:59:59"
    assert due("2026-09-30 10:00", 3) == "2026-10-10 23:59:59"


def test_a_deadline_into_an_unannounced_year_is_provisional():  # C-03
    deadline = opened("2026-12-29 10:00", 5)
    assert f"{deadline.due_at:%Y-%m-%d}" == "2027-01-06"
    assert deadline.provisional
    assert not opened("2026-12-21 10:00", 5).provisional


def test_natural_hours_into_an_unannounced_year_are_certain():  # C-03
    assert not opened("2026-12-31 23:00", 2, "hour").provisional


def test_what_arrives_on_a_day_off_counts_from_the_next_working_day():  # C-03
    assert due("2026-10-03 10:00", 1) == "2026-10-08 23:59:59"
    assert due("2026-10-10 10:00", 1) == "2026-10-12 23:59:59"  # a make-up Saturday is an ordinary start day


def test_no_working_days_is_the_same_day_or_the_next_working_day():  # C-03, XT-04
    assert due("2026-03-03 09:35", 0) == "2026-03-03 23:59:59"
    assert due("2026-03-07 09:35", 0) == "2026-03-09 23:59:59"


def test_a_day_that_ends_with_the_office_ends_then():  # C-03, deadline.day_end
    assert due("2026-03-03 09:00", 1, rules=UNTIL_HALF_PAST_FIVE) == "2026-03-04 17:30:00"


def test_same_day_after_the_office_closed_is_the_next_working_day():  # C-03, deadline.day_end
    assert due("2026-03-06 17:31", 0, rules=UNTIL_HALF_PAST_FIVE) == "2026-03-09 17:30:00"


def test_the_start_day_counts_only_where_the_parameter_says_so():  # C-03, deadline.count_start_day
    assert due("2026-03-03 09:00", 1, rules=FIRST_DAY_COUNTS) == "2026-03-03 23:59:59"
    assert due("2026-03-03 09:00", 3, rules=FIRST_DAY_COUNTS) == "2026-03-05 23:59:59"
    assert due("2026-03-07 09:00", 1, rules=FIRST_DAY_COUNTS) == "2026-03-09 23:59:59"
    assert due("2026-03-03 09:00", 3, "calendar_day", rules=FIRST_DAY_COUNTS) == "2026-03-05 23:59:59"


def test_a_start_day_already_over_does_not_count():  # C-03
    rules = Rules(day_end=time(17, 30), count_start_day=True)
    assert due("2026-03-03 18:00", 1, rules=rules) == "2026-03-04 17:30:00"


def test_calendar_days_run_through_weekends_and_roll_off_a_day_off():  # C-03, 民法典 203
    assert due("2026-03-02 10:00", 4, "calendar_day") == "2026-03-06 23:59:59"
    assert due("2026-03-02 10:00", 5, "calendar_day") == "2026-03-09 23:59:59"
    assert due("2026-09-26 10:00", 5, "calendar_day") == "2026-10-08 23:59:59"
    assert due("2026-09-26 10:00", 14, "calendar_day") == "2026-10-10 23:59:59"  # a make-up Saturday stays


def test_an_urgent_two_hours_are_natural_hours():  # C-03, XX
    assert due("2026-10-01 23:00", 2, "hour") == "2026-10-02 01:00:00"


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2026-03-03 07:00", 1, "2026-03-03 09:30:00"),  # before opening
        ("2026-03-03 09:00", 2, "2026-03-03 11:00:00"),  # inside
        ("2026-03-03 11:00", 1, "2026-03-03 12:00:00"),  # ends at the closing hour, not at the next opening
        ("2026-03-03 11:00", 2, "2026-03-03 15:30:00"),  # across the lunch gap
        ("2026-03-03 13:00", 1, "2026-03-03 15:30:00"),  # in the lunch gap
        ("2026-03-03 17:00", 1, "2026-03-04 09:00:00"),  # over the night
        ("2026-03-03 20:00", 1, "2026-03-04 09:30:00"),  # after closing
        ("2026-03-06 17:00", 1, "2026-03-09 09:00:00"),  # over the weekend
        ("2026-03-07 10:00", 1, "2026-03-09 09:30:00"),  # on a day off
        ("2026-02-13 16:30", 2, "2026-02-14 09:30:00"),  # into a make-up Saturday
        ("2026-02-14 16:30", 2, "2026-02-24 09:30:00"),  # over Spring Festival
        ("2026-03-02 08:30", 65, "2026-03-13 17:30:00"),  # ten whole days of 6.5 hours
        ("2026-03-03 09:00", 0, "2026-03-03 09:00:00"),
        ("2026-03-03 13:00", 0, "2026-03-03 14:30:00"),
        ("2026-03-06 18:00", 0, "2026-03-09 08:30:00"),
    ],
)
def test_office_hours_run_only_while_the_office_is_open(start, count, expected):  # C-03
    assert due(start, count, "office_hour") == expected


def test_a_start_given_in_another_zone_is_the_same_moment():  # C-03
    utc = at("2026-02-13 10:00").astimezone(tz=None)
    assert open_deadline(utc, Length(5), CALENDAR, RULES) == opened("2026-02-13 10:00", 5)


def test_a_deadline_beyond_the_calendar_is_refused_naming_the_year():  # C-03
    with pytest.raises(CalendarMissing, match="2028年"):
        opened("2027-12-30 10:00", 5)


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2026-02-13 10:00", 5),
        ("2026-02-14 10:00", 4),
        ("2026-02-18 10:00", 4),
        ("2026-02-26 10:00", 1),
        ("2026-02-27 23:59", 0),
        ("2026-02-28 00:01", -1),
        ("2026-03-01 10:00", -1),
        ("2026-03-02 10:00", -2),
    ],
)
def test_the_lights_count_the_working_days_left(now, left):  # C-07
    assert remaining_workdays(at("2026-02-27 23:59:59"), at(now), CALENDAR) == left


def test_an_hour_too_late_on_the_due_day_is_overdue():  # C-07
    assert remaining_workdays(at("2026-03-03 11:00"), at("2026-03-03 12:00"), CALENDAR) == -1


def test_overdue_on_the_weekend_is_overdue_although_no_working_day_has_passed():  # C-07
    assert remaining_workdays(at("2026-03-06 23:59:59"), at("2026-03-07 09:00"), CALENDAR) == -1
