"""Start the flow once with a host that knows nothing, to see that starting comes to an end."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from engine.definition import parse
from engine.elements import DeadlineRule
from engine.execution import Execution
from errors import BudgetExceeded, InvalidDiagram, Problem

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
LENGTH = {"count": 1, "unit": "workday"}


class TrialHost:
    """Answers everything with something plausible. A step that fails on it is no fault of the flow."""

    now = NOW

    def __init__(self) -> None:
        self._deadlines: dict[str, datetime] = {}

    @property
    def functions(self) -> Mapping[str, Callable[..., Any]]:
        length: Callable[..., Any] = lambda *_: LENGTH  # noqa: E731
        return {
            "now": NOW.isoformat,
            "param": lambda key: 1,
            "workdays": length,
            "calendar_days": length,
            "hours": length,
            "office_hours": length,
            "due": lambda key: NOW.isoformat(),
            "met": lambda key: False,
            "count": lambda element: 0,
            "post": lambda unit, role: "post",
            "unit_kind": lambda unit: "department",
            "unit_name": lambda unit: "单位",
            "within": lambda unit, other: False,
            "why_not_merged": lambda main: "",
            "period_start": lambda cycle: NOW.isoformat(),
            "began": NOW.isoformat,
            "last_period": lambda cycle: NOW.date().isoformat(),
            "period_name": lambda cycle, day: "本期",
            "next_weekday_time": lambda roster: NOW.isoformat(),
        }

    def call(self, handler: str, arguments: dict[str, Any], clauses: tuple[str, ...]) -> dict[str, Any]:
        return {}

    def due(self, key: str) -> datetime | None:
        return self._deadlines.get(key)

    def due_after(self, length: dict[str, Any], start: datetime) -> datetime:
        return start + timedelta(days=1)

    def open_deadline(self, rule: DeadlineRule, length: dict[str, Any], start: datetime) -> None:
        self._deadlines[rule.key] = self.due_after(length, start)

    def meet_deadline(self, key: str) -> None:
        self._deadlines.pop(key, None)

    def void_deadline(self, key: str) -> None:
        self._deadlines.pop(key, None)


def try_out(key: str, files: Mapping[str, bytes]) -> list[Problem]:
    """What stands in the way of parsing, starting, saving and loading."""
    try:
        definition = parse(key, files)
        execution = Execution.start(definition, {}, TrialHost())
        Execution.load(definition, execution.state, TrialHost())
    except InvalidDiagram as error:
        return error.problems
    except (BudgetExceeded, RecursionError, MemoryError):
        return [Problem("", "流程一启动就做了太多事，请检查回路和并行分支。")]
    return []
