"""What the engine asks of whoever runs it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from engine.elements import DeadlineRule

#: What a diagram may call besides the pure functions of the language; docs/architecture.md lists them.
FUNCTIONS = frozenset(
    [
        "now",
        "param",
        "workdays",
        "calendar_days",
        "hours",
        "office_hours",
        "due",
        "met",
        "count",
        "post",
        "unit_kind",
        "unit_name",
        "within",
        "why_not_merged",
        "period_start",
        "began",
        "last_period",
        "period_name",
        "next_weekday_time",
    ]
)

#: What the `available` of a start event may call: there is no case yet (operations/house/schedule.py).
AT_START = frozenset(["now", "param", "last_period"])


class Host(Protocol):
    """A clock, functions for expressions, services and deadlines. The engine keeps none of them."""

    @property
    def now(self) -> datetime:
        """Aware, and the only clock the engine knows."""
        ...

    @property
    def functions(self) -> Mapping[str, Callable[..., Any]]:
        """What expressions may call besides the pure functions of the language."""
        ...

    def call(self, handler: str, arguments: dict[str, Any], clauses: tuple[str, ...]) -> dict[str, Any]:
        """Do what a service task asks, by the clauses it names. What it raises becomes a Failure."""
        ...

    def due(self, key: str) -> datetime | None:
        """When the running deadline with this key ends; None when none is running."""
        ...

    def due_after(self, length: dict[str, Any], start: datetime) -> datetime:
        """When a length ends that no deadline counts."""
        ...

    def open_deadline(self, rule: DeadlineRule, length: dict[str, Any], start: datetime) -> None:
        """A token has arrived where a deadline starts, and none with this key is running."""
        ...

    def meet_deadline(self, key: str) -> None:
        """What the deadline asked for is done. Nothing happens when none is running."""
        ...

    def void_deadline(self, key: str) -> None:
        """The deadline ends unmet and uncounted. Nothing happens when none is running."""
        ...
