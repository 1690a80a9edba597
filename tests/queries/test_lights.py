"""What a light says beside its colour: days, and hours where the limit ends within the day (C-03, C-07)."""

from datetime import datetime, timedelta

import pytest

from config import ZONE
from operations.house.deployments import deploy
from queries.lights import lights_at
from tests.small_flow import FILES
from web.display import due_day

NOON = datetime(2026, 3, 9, 12, 0, tzinfo=ZONE)
NIGHT = datetime(2026, 3, 9, 23, 59, 59, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("due", "after", "words"),
    [
        (NOON, {"minutes": 3}, "逾期不足1小时"),
        (NOON, {"hours": 5, "minutes": 1}, "逾期5小时"),
        (NOON, {"hours": -2}, "剩2小时"),
        (NOON, {"minutes": -10}, "剩不足1小时"),
        (NOON, {"days": 2}, "逾期2个工作日"),
        (NIGHT, {"hours": -2}, "今日到期"),
        (NIGHT, {"hours": 9}, "逾期1个工作日"),
    ],
)
def test_hours_are_said_of_a_limit_that_ends_within_the_day_and_days_of_others(county, due, after, words):
    deploy("small", FILES)
    assert lights_at(due + timedelta(**after))(due).words == words


def test_a_row_names_the_hour_of_a_limit_that_has_one():
    assert due_day(NOON) == "2026-03-09（周一） 12:00"
    assert due_day(NIGHT) == "2026-03-09（周一）"
