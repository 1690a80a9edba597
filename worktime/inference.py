"""The holidays of a year that nobody has announced yet: 《全国年节及纪念日放假办法》 (C-03).

Each statutory day off that falls on a weekend is made up for; what the State Council moves besides, nobody knows.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from worktime.announcements import SUBSTITUTE, Year

DAY = timedelta(days=1)


def infer_years(festivals: Mapping[str, Mapping[str, str]], announced: Iterable[Year]) -> list[Year]:
    """The years after the first announced one that are not announced, as far as `festivals` knows them.

    `festivals`: year -> festival -> ISO day, as in seeds/festivals_cn.json.
    """
    known = {year.year for year in announced}
    missing = [year for year in map(int, festivals) if year not in known and year > min(known, default=year)]
    return [infer_year(year, festivals[str(year)]) for year in missing]


def infer_year(year: int, festivals: Mapping[str, str]) -> Year:
    """`festivals`: the ISO days of 春节 (正月初一), 清明节, 端午节 and 中秋节."""
    names: dict[date, str] = {}
    holidays = list(_statutory(year, {name: date.fromisoformat(day) for name, day in festivals.items()}))
    for first, labels in holidays:
        for after, label in enumerate(labels):
            names.setdefault(first + after * DAY, label)
    for first, labels in holidays:
        free = first
        for _ in (after for after in range(len(labels)) if (first + after * DAY).weekday() >= 5):
            while free.weekday() >= 5 or free in names:
                free += DAY
            names[free] = labels[-1] + SUBSTITUTE
    return Year(year, provisional=True, off=frozenset(names), names=names)


def _statutory(year: int, festivals: Mapping[str, date]) -> Iterator[tuple[date, list[str]]]:
    """First day of each holiday, and what each of its days is called: 13 days (第二条)."""
    yield date(year, 1, 1), ["元旦"]
    yield festivals["春节"] - DAY, ["农历除夕", "春节", "春节", "春节"]
    yield festivals["清明节"], ["清明节"]
    yield date(year, 5, 1), ["劳动节"] * 2
    yield festivals["端午节"], ["端午节"]
    yield festivals["中秋节"], ["中秋节"]
    yield date(year, 10, 1), ["国庆节"] * 3
