from datetime import datetime, time

import pytest

from tests.worktime.known import CALENDAR, RULES
from worktime import BadLength, BadRules, Length, NaiveTime, Rules, Unit, open_deadline


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"count": 5, "unit": "workday"}, "5个工作日"),
        ({"count": 15, "unit": "calendar_day"}, "15个自然日"),
        ({"count": 2, "unit": "hour"}, "2小时"),
        ({"count": 4, "unit": "office_hour"}, "4个工作小时"),
    ],
)
def test_a_length_reads_as_it_is_written(value, words):  # C-03
    length = Length.from_value(value)
    assert str(length) == words
    assert length.as_value() == value
    assert Length.from_value(length) is length


@pytest.mark.parametrize(
    "value",
    [
        None,
        5,
        "5个工作日",
        {},
        {"count": 5},
        {"count": -1, "unit": "workday"},
        {"count": 3651, "unit": "workday"},
        {"count": True, "unit": "workday"},
        {"count": 1.5, "unit": "workday"},
        {"count": "5", "unit": "workday"},
        {"count": 5, "unit": "wd"},
        {"count": 5, "unit": None},
        {"count": 5, "unit": []},
        {"count": 5, "unit": "workday", "more": 1},
    ],
)
def test_a_wrong_length_is_refused_in_words(value):  # C-03
    with pytest.raises(BadLength, match="时限"):
        Length.from_value(value)


def test_the_parameters_set_the_end_of_the_day_and_whether_the_first_day_counts():  # C-03
    rules = Rules.from_parameters({"deadline.day_end": "17:30", "deadline.count_start_day": True, "xt.round_cap": 2})
    assert rules.day_end == time(17, 30)
    assert rules.count_start_day is True
    assert Rules.from_parameters({}) == Rules()
    assert Rules().day_end == time(23, 59, 59)


def test_a_county_may_set_its_office_hours():  # C-03
    rules = Rules.from_parameters({"deadline.office_hours": "09:00-12:00，13:00-17:00"})
    assert rules.office_hours == ((time(9), time(12)), (time(13), time(17)))


@pytest.mark.parametrize(
    "parameters",
    [
        {"deadline.day_end": "下班"},
        {"deadline.day_end": "24:30"},
        {"deadline.count_start_day": "false"},
        {"deadline.office_hours": "九点到五点"},
        {"deadline.office_hours": "12:00-09:00"},
        {"deadline.office_hours": "09:00-12:00,11:00-17:00"},
    ],
)
def test_a_wrong_parameter_is_refused_in_words(parameters):  # C-03
    with pytest.raises(BadRules, match=r"上班时间|时刻|应为"):
        Rules.from_parameters(parameters)


def test_a_moment_without_an_offset_is_refused():  # C-03
    with pytest.raises(NaiveTime, match="没有写明时区"):
        open_deadline(datetime(2026, 2, 13, 10), Length(5, Unit.WORKDAY), CALENDAR, RULES)  # noqa: DTZ001
