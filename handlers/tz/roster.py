"""Whom a period assesses: the units of D-15 with their classes (TZ-14)."""

from collections.abc import Sequence
from dataclasses import dataclass

from errors import AppError


class BadRoster(AppError):
    """考核对象表（D-15）有误。"""


@dataclass(frozen=True)
class Roster:
    """The assessment speaks of units by name, as its papers do; cases and later papers know them by code."""

    classes: dict[str, str]  # code → class
    names: dict[str, str]  # code → name

    @classmethod
    def of(cls, units: Sequence[str], names: Sequence[str], classes: Sequence[str]) -> "Roster":
        """From the three columns of D-15. Raises BadRoster when a unit or a name stands there twice."""
        for column in (units, names):
            if twice := sorted({each for each in column if column.count(each) > 1}):
                raise BadRoster(f"考核对象表（D-15）里“{twice[0]}”出现了两次。")
        return cls(dict(zip(units, classes, strict=True)), dict(zip(units, names, strict=True)))

    def name(self, code: str) -> str:
        """Units that the table no longer lists keep their code."""
        return self.names.get(code, code)

    def code(self, name: str) -> str:
        return next((code for code, each in self.names.items() if each == name), name)
