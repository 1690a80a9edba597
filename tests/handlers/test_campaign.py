"""What 郾城's service tasks work out, without a database."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

import handlers
from config import ZONE
from errors import AppError
from worktime.periods import months_after


def case(now: datetime) -> SimpleNamespace:
    return SimpleNamespace(now=now, note=lambda kind, text: None)


@pytest.mark.parametrize(
    ("start", "months", "day"),
    [("2026-03-04", 1, "2026-04-04"), ("2026-01-31", 1, "2026-02-28"), ("2024-02-29", 24, "2026-02-28")],
)
def test_a_month_later_is_the_same_day_or_the_last_there_is(start, months, day):  # YC-08, YC-09
    assert months_after(date.fromisoformat(start), months).isoformat() == day


@pytest.mark.parametrize(
    ("since", "months", "locked"), [("2025-07-08", 14, True), ("2024-09-09", 23, True), ("2024-09-08", 24, False)]
)
def test_two_years_are_counted_to_the_day(since, months, locked):  # YC-09
    tenure = handlers.catalogue()["date.tenure"].function
    found = tenure(case(datetime(2026, 9, 8, 9, tzinfo=ZONE)), since, 2, "year")
    assert (found["months"], found["locked"]) == (months, locked)


@pytest.mark.parametrize("words", ["不是日期", "2026-09-09"])
def test_a_day_that_is_none_or_to_come_is_refused(words):
    with pytest.raises(AppError):
        handlers.catalogue()["date.tenure"].function(case(datetime(2026, 9, 8, tzinfo=ZONE)), words, 2, "year")


@pytest.mark.parametrize(
    ("code", "numerator", "denominator", "target", "text", "met"),
    [
        ("regulation_data_coverage", 267, 520, 0.5, "267/520=51.35%", True),  # YC-04
        ("online_rate", 1089, 1143, 0.95, "1089/1143=95.28%", True),  # YC-12
        ("online_rate", 1070, 1143, 0.95, "1070/1143=93.61%", False),
        ("online_rate", 94996, 100000, 0.95, "94996/100000=95%", False),  # compared before it is rounded
        ("entry_rate", 7, 7, 1, "7/7=100%", True),  # YC-05
        ("star_min", 2, 0, 2, "2", True),  # YC-A2
        ("checklist", 3, 3, 1, "3/3=100%", True),  # YC-03
        ("checklist", 0, 0, 1, "应完成项为0，不计算", False),  # nothing is due: nothing is met
    ],
)
def test_an_indicator_says_how_it_came_about(code, numerator, denominator, target, text, met):
    rate = handlers.catalogue()["indicator.rate"].function
    found = rate(case(datetime(2026, 9, 8, tzinfo=ZONE)), code, numerator, denominator, target)
    assert (found["text"], found["met"]) == (text, met)
    assert found["working"]
