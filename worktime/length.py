"""How long a deadline is: a count of working days, calendar days, natural hours or office hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from errors import AppError

LONGEST = 3650  # ten years of days: anything longer is a slip of the keyboard


class BadLength(AppError, ValueError):
    """时限的长度有误。"""


class Unit(StrEnum):
    """What a length counts. A document's “X日” without 工作日 is calendar_day; its “X小时” is hour (C-03)."""

    WORKDAY = "workday"
    CALENDAR_DAY = "calendar_day"
    HOUR = "hour"  # natural: nights and holidays count
    OFFICE_HOUR = "office_hour"  # only inside office hours of working days


WORDS = {
    Unit.WORKDAY: "个工作日",
    Unit.CALENDAR_DAY: "个自然日",
    Unit.HOUR: "小时",
    Unit.OFFICE_HOUR: "个工作小时",
}


@dataclass(frozen=True)
class Length:
    """`count` of `unit`; count is 0..3650."""

    count: int
    unit: Unit = Unit.WORKDAY

    def __post_init__(self) -> None:
        if isinstance(self.count, bool) or not isinstance(self.count, int) or not 0 <= self.count <= LONGEST:
            raise BadLength(f"时限的数量应为0至{LONGEST}的整数，现在是“{self.count}”。")
        if not isinstance(self.unit, str) or self.unit not in WORDS:
            raise BadLength(f"时限的单位应为{'、'.join(Unit)}之一，现在是“{self.unit}”。")
        object.__setattr__(self, "unit", Unit(self.unit))

    @classmethod
    def from_value(cls, value: object) -> "Length":
        """Read {"count": 5, "unit": "workday"}, the form a length has in a case's data."""
        if isinstance(value, Length):
            return value
        if not isinstance(value, Mapping) or set(value) != {"count", "unit"}:
            raise BadLength(f'时限应写作 {{"count": 5, "unit": "workday"}}，现在是“{value}”。')
        return cls(value["count"], value["unit"])

    def as_value(self) -> dict[str, int | str]:
        return {"count": self.count, "unit": self.unit.value}

    def __str__(self) -> str:
        if self.count == 0 and self.unit in (Unit.WORKDAY, Unit.CALENDAR_DAY):
            return "当日内"
        return f"{self.count}{WORDS[self.unit]}"
