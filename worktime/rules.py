"""How time is counted here: when a day ends, whether the first day counts, when the office is open (C-03)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

from errors import AppError

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE_HOURS = ((time(8, 30), time(12, 0)), (time(14, 30), time(17, 30)))


class BadRules(AppError, ValueError):
    """时限的计算规则有误。"""


class NaiveTime(AppError, ValueError):
    """时间没有写明时区。"""


@dataclass(frozen=True)
class Rules:
    """`day_end` is the last moment of a due day; `office_hours` are (opens, closes) pairs in order."""

    day_end: time = time(23, 59, 59)
    count_start_day: bool = False
    zone: ZoneInfo = SHANGHAI
    office_hours: tuple[tuple[time, time], ...] = OFFICE_HOURS

    def __post_init__(self) -> None:
        ticks = [tick for opening in self.office_hours for tick in opening]
        if not ticks or any(earlier >= later for earlier, later in pairwise(ticks)):
            raise BadRules("上班时间应从早到晚排列，互不重叠。")

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, object]) -> "Rules":
        """Read deadline.day_end ("23:59:59"), deadline.count_start_day (bool) and, where a county sets it,
        deadline.office_hours ("08:30-12:00,14:30-17:30"). What is absent keeps its default."""
        counts = parameters.get("deadline.count_start_day", False)
        if not isinstance(counts, bool):
            raise BadRules(f"deadline.count_start_day 应为 true 或 false，现在是“{counts}”。")
        return cls(
            day_end=_time(parameters.get("deadline.day_end", "23:59:59")),
            count_start_day=counts,
            office_hours=_hours(parameters.get("deadline.office_hours")),
        )

    def local(self, moment: datetime) -> datetime:
        """The moment on the wall clock of the zone. Raises NaiveTime when it carries no offset."""
        if moment.tzinfo is None:
            raise NaiveTime(f"时间“{moment.isoformat()}”没有写明时区。")
        return moment.astimezone(self.zone)

    def end_of(self, day: date) -> datetime:
        """The moment a deadline of this day falls due."""
        return datetime.combine(day, self.day_end, self.zone)


def _time(value: object) -> time:
    if isinstance(value, time):
        return value
    try:
        return time.fromisoformat(str(value).strip())
    except ValueError:
        raise BadRules(f"“{value}”不是时刻（应如 17:30 或 23:59:59）。") from None


def _hours(value: object) -> tuple[tuple[time, time], ...]:
    if value is None:
        return OFFICE_HOURS
    hours = []
    for part in str(value).replace("，", ",").split(","):
        opens, dash, closes = part.partition("-")
        if not dash:
            raise BadRules(f"上班时间“{part}”应如 08:30-12:00。")
        hours.append((_time(opens), _time(closes)))
    return tuple(hours)
