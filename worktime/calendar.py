"""Which days are working days: weekends, holidays, 调休上班, and what a county decides for itself."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from errors import CalendarMissing
from worktime.announcements import Override, Year, day_off_reason, read_years

WORKDAY, WEEKEND, MAKEUP = "工作日", "周末", "调休上班"


class Calendar:
    """The working days of the years it covers. Immutable: construct once, reuse; each question is a binary search.

    `revision` is the number of the edit it was built from; deadlines remember it. A year without an entry
    raises CalendarMissing, never a guess.
    """

    def __init__(
        self,
        years: Iterable[Year],
        overrides: Iterable[Override | tuple[date, bool, str]] = (),
        revision: int = 1,
    ):
        years = sorted(years, key=lambda year: year.year)
        self.revision = revision
        self._provisional = {year.year: year.provisional for year in years}
        self._reasons: dict[date, str] = {}
        self._exceptions: dict[date, bool] = {}  # day -> is it worked, where the weekday alone does not tell
        for year in years:
            self._announce(year)
        for override in overrides:
            self._override(Override(*override))
        self._ordinals = [number for year in self._provisional for number in self._workdays_of(year)]

    @classmethod
    def from_announcements(
        cls,
        data: Mapping[str, Any],
        overrides: Iterable[Override | tuple[date, bool, str]] = (),
        revision: int = 1,
    ) -> "Calendar":
        """Read the JSON of seeds/calendar_cn.json. Raises BadCalendar with the year and the value that is wrong."""
        return cls(read_years(data), overrides, revision)

    @property
    def years(self) -> tuple[int, ...]:
        """The years covered, ascending."""
        return tuple(self._provisional)

    def is_workday(self, day: date) -> bool:
        self._require(day.year, day.year)
        worked = self._exceptions.get(day)
        return day.weekday() < 5 if worked is None else worked

    def is_provisional(self, day: date) -> bool:
        """Whether the day's year is only inferred, its arrangement not yet announced."""
        self._require(day.year, day.year)
        return self._provisional[day.year]

    def provisional_years(self, first: date, last: date) -> tuple[int, ...]:
        """The unannounced years among those from `first` to `last`."""
        return tuple(year for year in range(first.year, last.year + 1) if self._provisional.get(year))

    def workday_after(self, day: date, n: int) -> date:
        """The n-th working day strictly after `day`; n = 0 is `day` itself, or the next working day if it is off."""
        self._require(day.year, day.year)
        if n <= 0:
            return day if self.is_workday(day) else self.workday_after(day, 1)
        place = bisect_right(self._ordinals, day.toordinal()) + n - 1
        if place >= len(self._ordinals):
            raise self._missing(self._first_gap(day.year))
        found = date.fromordinal(self._ordinals[place])
        self._require(day.year, found.year)
        return found

    def workdays_between(self, after: date, until: date) -> int:
        """Working days strictly after `after`, up to and including `until`; negative when `until` is earlier."""
        if until < after:
            return -self.workdays_between(until, after)
        self._require(after.year, until.year)
        return bisect_right(self._ordinals, until.toordinal()) - bisect_right(self._ordinals, after.toordinal())

    def why(self, day: date) -> str:
        """Why the day is worked or not, in a clerk's words: 工作日, 周末, 国庆节放假, 调休上班, or the local reason."""
        self._require(day.year, day.year)
        return self._reasons.get(day) or (WORKDAY if day.weekday() < 5 else WEEKEND)

    def _announce(self, year: Year) -> None:
        for day in year.off:
            self._exceptions[day], self._reasons[day] = False, day_off_reason(year.names.get(day))
        for day in year.makeup:
            self._exceptions[day], self._reasons[day] = True, MAKEUP

    def _override(self, local: Override) -> None:
        self._exceptions[local.day] = local.is_workday
        self._reasons[local.day] = local.reason or ("本地安排上班" if local.is_workday else "本地安排放假")

    def _workdays_of(self, year: int) -> Iterable[int]:
        days = range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
        return [number for number in days if self.is_workday(date.fromordinal(number))]

    def _require(self, first: int, last: int) -> None:
        for year in range(first, last + 1):
            if year not in self._provisional:
                raise self._missing(year)

    def _first_gap(self, year: int) -> int:
        while year in self._provisional:
            year += 1
        return year

    @staticmethod
    def _missing(year: int) -> CalendarMissing:
        return CalendarMissing(f"工作日历没有{year}年的安排，无法推算时限，请先导入{year}年的放假安排。")
