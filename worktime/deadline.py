"""A deadline of a case with everything that ever moved it. Immutable; written as JSON in the deadline row."""

from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from datetime import datetime
from typing import Any

from worktime.length import Length
from worktime.rules import SHANGHAI


@dataclass(frozen=True)
class Extension:
    """延期: at `at`, `length` was added; the due moment went from `old` to `new`."""

    at: datetime
    length: Length
    old: datetime
    new: datetime
    clauses: tuple[str, ...] = ()
    why: str = ""  # what it came of when nobody asked for 延期: 改为复杂件


@dataclass(frozen=True)
class Suspension:
    """暂停 from `since` until `until` (None: still paused); `old` and `new` are the due moments around resuming."""

    since: datetime
    until: datetime | None = None
    old: datetime | None = None
    new: datetime | None = None


@dataclass(frozen=True)
class Reprojection:
    """重算 after the calendar's edit `revision`: the due moment went from `old` to a later `new`."""

    revision: int
    old: datetime
    new: datetime


@dataclass(frozen=True)
class Deadline:
    """A named limit of a case, counted on one calendar.

    `due_at` is always a moment. While suspended it is the due moment in force before the pause, so that an extension
    granted during the pause has something to add to; nothing may fall due then, so timers read `fires_at`.
    """

    start: datetime
    length: Length
    due_at: datetime
    provisional: bool = False
    extensions: tuple[Extension, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    reprojections: tuple[Reprojection, ...] = ()
    calendar_revision: int = 1
    clauses: tuple[str, ...] = ()
    given: str = ""  # what fixes the due day where no length is counted: 哨件载明的报到时间, 月末

    @property
    def suspended(self) -> bool:
        return bool(self.suspensions) and self.suspensions[-1].until is None

    @property
    def fires_at(self) -> datetime | None:
        """When a timer naming this deadline fires; None while it is suspended."""
        return None if self.suspended else self.due_at

    def to_json(self) -> dict[str, Any]:
        """Only what JSON has: times are ISO 8601 with +08:00."""
        return {key: _plain(value) for key, value in vars(self).items()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Deadline":
        """Read what to_json wrote."""
        return cls(
            start=_moment(data["start"]),
            length=Length.from_value(data["length"]),
            due_at=_moment(data["due_at"]),
            provisional=data["provisional"],
            extensions=tuple(_extension(item) for item in data["extensions"]),
            suspensions=tuple(_suspension(item) for item in data["suspensions"]),
            reprojections=tuple(_reprojection(item) for item in data["reprojections"]),
            calendar_revision=data["calendar_revision"],
            clauses=tuple(data["clauses"]),
            given=data.get("given", ""),
        )


def _extension(item: Mapping[str, Any]) -> Extension:
    length = Length.from_value(item["length"])
    old, new = _moment(item["old"]), _moment(item["new"])
    return Extension(_moment(item["at"]), length, old, new, tuple(item["clauses"]), item.get("why", ""))


def _suspension(item: Mapping[str, Any]) -> Suspension:
    until, old, new = (_moment(item[key]) if item[key] else None for key in ("until", "old", "new"))
    return Suspension(_moment(item["since"]), until, old, new)


def _reprojection(item: Mapping[str, Any]) -> Reprojection:
    return Reprojection(item["revision"], _moment(item["old"]), _moment(item["new"]))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):  # not asdict(), which copies deeply: every opened deadline comes here
        return {key: _plain(item) for key, item in vars(value).items()}
    return str(value) if isinstance(value, str) else value


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(SHANGHAI)
