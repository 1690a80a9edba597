"""What the State Council announces for a year, and what a county adds to it, as read from JSON."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from errors import AppError

STATUSES = ("official", "provisional")
SUBSTITUTE = "（补假）"


class BadCalendar(AppError, ValueError):
    """工作日历的数据有误。"""


class Override(NamedTuple):
    """One day a county decides for itself (防汛停工, a local festival)."""

    day: date
    is_workday: bool
    reason: str


@dataclass(frozen=True)
class Year:
    """The arrangement of one year. `names` says which holiday a day off belongs to."""

    year: int
    provisional: bool = False
    off: frozenset[date] = frozenset()
    makeup: frozenset[date] = frozenset()
    names: Mapping[date, str] = field(default_factory=dict)


def read_years(data: Mapping[str, Any]) -> list[Year]:
    """Every year of a calendar document, in order. Raises BadCalendar naming the year and the value."""
    years = data.get("years")
    if not isinstance(years, Mapping) or not years:
        raise BadCalendar("工作日历里没有年份（years）。")
    return [read_year(key, years[key]) for key in sorted(years)]


def read_year(key: str, entry: Mapping[str, Any]) -> Year:
    """One entry of `years`: status, off, makeup, and blocks or names for the holidays' names."""
    if not re.fullmatch("[0-9]{4}", str(key)):
        raise BadCalendar(f"工作日历的年份“{key}”不是四位数字。")
    if not isinstance(entry, Mapping):
        raise BadCalendar(f"{key}年的内容应包含 status、off、makeup。")
    status = entry.get("status")
    if status not in STATUSES:
        raise BadCalendar(f"{key}年的 status 应为 official（已公布）或 provisional（推算），现在是“{status}”。")
    off, makeup = (frozenset(_days(key, name, entry.get(name, ()))) for name in ("off", "makeup"))
    if both := off & makeup:
        raise BadCalendar(f"{key}年：{min(both)}既是放假日又是调休上班日。")
    return Year(int(key), status == "provisional", off, makeup, _names(key, entry))


def day_off_reason(name: str | None) -> str:
    """The reason a clerk reads for a day off of this holiday: 春节放假, 春节补假, 放假."""
    if not name:
        return "放假"
    return name.removesuffix(SUBSTITUTE) + "补假" if name.endswith(SUBSTITUTE) else name + "放假"


def _names(key: str, entry: Mapping[str, Any]) -> dict[date, str]:
    names: dict[date, str] = {}
    for block in entry.get("blocks", ()):
        first, last = _days(key, "blocks", (block.get("from"), block.get("to")))
        if last < first:
            raise BadCalendar(f"{key}年 blocks 里的“{block.get('name', '')}”到 {last} 结束，早于开始的 {first}。")
        names.update(dict.fromkeys(_span(first, last), block.get("name", "")))
    for text, name in entry.get("names", {}).items():
        (day,) = _days(key, "names", (text,))
        names[day] = name
    return names


def _span(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))


def _days(key: str, name: str, texts: Iterable[Any]) -> list[date]:
    days = []
    for text in texts:
        try:
            days.append(date.fromisoformat(text))
        except (TypeError, ValueError):
            raise BadCalendar(f"{key}年 {name} 里的“{text}”不是日期（应如 2026-10-01）。") from None
    return days
