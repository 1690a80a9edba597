"""Moments as a scenario writes them: 2026-03-16 14:00, 当天 14:00, 8 个工作日前 09:20, 2 个工作日后 09:00, 3 小时前."""

import re
from datetime import datetime, time, timedelta

from config import ZONE
from reference import calendar
from scenarios.failures import NotUnderstood
from scenarios.world import World

CLOCK = r"\d{1,2}:\d\d(?::\d\d)?"
MOMENT = rf"(?:\d{{4}}-\d\d-\d\d|当天|次日|\d+ ?个工作日[前后]|\d+ ?天前) {CLOCK}|\d+ ?(?:小时|分钟)前"
_AGO = {"小时前": "hours", "分钟前": "minutes"}


def read_moment(world: World, text: str) -> datetime:
    """`当天` and `次日` follow the scenario's clock; `… 前` and `… 后` count from the day the scenario is played on."""
    if match := re.fullmatch(r"(\d+) ?(小时前|分钟前)", text):
        return world.today - timedelta(**{_AGO[match[2]]: int(match[1])})
    day, _, clock = text.rpartition(" ")
    try:
        return datetime.combine(_day(world, day), time.fromisoformat(clock.zfill(5)), ZONE)
    except ValueError:
        raise NotUnderstood(f"“{text}”不是一个时刻。") from None


def workdays_from(day: datetime, count: int) -> datetime:
    """So many working days after a day; before it when the count is negative."""
    days, step = calendar.calendar(), 1 if count > 0 else -1
    while count:
        day += timedelta(days=step)
        count -= step * days.is_workday(day.date())
    return day


def shown(moment: datetime) -> str:
    """As scenarios write it; seconds only where they matter."""
    local = moment.astimezone(ZONE)
    return f"{local:%Y-%m-%d %H:%M:%S}" if local.second else f"{local:%Y-%m-%d %H:%M}"


def _day(world: World, text: str) -> datetime:
    if text == "当天":
        return world.now
    if text == "次日":
        return world.now + timedelta(days=1)
    if match := re.fullmatch(r"(\d+) ?个工作日([前后])", text):
        return workdays_from(world.today, int(match[1]) * (1 if match[2] == "后" else -1))
    if match := re.fullmatch(r"(\d+) ?天前", text):
        return world.today - timedelta(days=int(match[1]))
    return datetime.fromisoformat(text)
