"""Whether what somebody imports can be the holidays of a year at all (C-03). Deadlines are counted by it at once."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from worktime.announcements import BadCalendar, Year, read_years

#: Years before and after this one. Holidays are announced for the next year; a county may reckon a few further ahead.
BACK, AHEAD = 20, 5
WEEKDAYS = "一二三四五六日"


def check_announced(data: Mapping[str, Any], this_year: int) -> None:
    """Raises BadCalendar with everything that cannot be so, each with the year and the day."""
    problems = [words for year in read_years(data) for words in _problems(year, this_year)]
    if problems:
        raise BadCalendar("；".join(problems) + "。")


def _problems(year: Year, this_year: int) -> Iterator[str]:
    if not this_year - BACK <= year.year <= this_year + AHEAD:
        yield f"{year.year}年离今年太远，应在{this_year - BACK}年至{this_year + AHEAD}年之间，请核对年份"
        return
    if not year.off:
        yield f"{year.year}年没有写放假日（off）"
    for name, days in (("off", year.off), ("makeup", year.makeup)):
        for day in sorted(day for day in days if day.year != year.year):
            yield f"{year.year}年 {name} 里的 {day} 不在这一年"
    for day in sorted(day for day in year.makeup if day.weekday() < 5):
        yield f"{year.year}年 makeup 里的 {_shown(day)}，本来就上班"


def _shown(day: date) -> str:
    return f"{day} 是周{WEEKDAYS[day.weekday()]}"
