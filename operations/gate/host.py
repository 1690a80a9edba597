"""What the engine may ask of the case it runs: its clock, its deadlines, its functions, its handlers."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

import handlers
import worktime
from config import ZONE
from engine import DeadlineRule, Definition, Step
from handlers import CaseContext
from handlers.cases import unit_name
from handlers.merging import why_not_merged
from handlers.period_sections import span
from handlers.periods import last_period, period_of
from models import Case, Identity, ProcessInstance, post_key
from operations.gate.deadlines import DeadlineBook
from reference import counties, parameters


class CaseHost:
    """The engine's Host for one case and one move."""

    def __init__(
        self,
        definition: Definition,
        case: Case,
        instance: ProcessInstance,
        now: datetime,
        by: Identity,
        edition: int | None = None,
    ):
        """`edition`: the calendar in force, where it is known."""
        self.now = now
        self.deadlines = DeadlineBook(case, now, edition)
        self.trail: list[Step] = []  # the execution's own list: what this move has passed so far
        self.called: list[str] = []  # the services of this move
        self._named = definition.units
        scheme = definition.key.split("_")[0].upper()
        self.context = CaseContext(case, instance, now, by, self.deadlines, scheme, lambda: self._county)
        self._case = case
        self._instance = instance

    @cached_property
    def functions(self) -> Mapping[str, Callable[..., Any]]:
        """What an expression on a diagram may call; docs/architecture.md lists them."""
        return {
            "now": lambda: _iso(self.now),
            "began": lambda: _iso(self._case.created_at),
            "param": lambda key: parameters.value_at(key, self._case.parameter_revision),
            "workdays": lambda n: {"count": n, "unit": "workday"},
            "calendar_days": lambda n: {"count": n, "unit": "calendar_day"},
            "hours": lambda n: {"count": n, "unit": "hour"},
            "office_hours": lambda n: {"count": n, "unit": "office_hour"},
            "due": lambda key: _iso(self.deadlines.last_due(key)),
            "met": self.deadlines.is_met,
            "count": self._count,
            "post": post_key,
            "unit_kind": counties.unit_kind,
            "unit_name": unit_name,
            "within": counties.within,
            "why_not_merged": lambda main: why_not_merged(self._case.id, main),
            "period_start": self._period_start,
            "last_period": lambda cycle: last_period(self.now, cycle)[0].date().isoformat(),
            "period_name": lambda cycle, day: span(*period_of(datetime.fromisoformat(day), cycle)),
            "next_weekday_time": self._next_weekday_time,
        }

    @cached_property
    def _county(self) -> str:
        return counties.county_of_case(self._case.id, self._named)

    def call(self, handler: str, arguments: dict[str, Any], clauses: tuple[str, ...]) -> dict[str, Any]:
        self.context.clauses = clauses
        made = handlers.call(handler, arguments, self.context)
        self.called.append(handler)
        return made

    def due(self, key: str) -> datetime | None:
        return self.deadlines.due(key)

    def due_after(self, length: dict[str, Any], start: datetime) -> datetime:
        return self.deadlines.due_after(length, start)

    def open_deadline(self, rule: DeadlineRule, length: dict[str, Any], start: datetime) -> None:
        self.deadlines.open(rule, length, start)

    def meet_deadline(self, key: str) -> None:
        self.deadlines.meet(key)

    def void_deadline(self, key: str) -> None:
        self.deadlines.drop(key)

    def _count(self, element: str) -> int:
        """How often this case has completed an element, this move included."""
        passed = Counter(step.element for step in self.trail if step.outcome == "completed")
        return int(self._instance.passed.get(element, 0)) + passed[element]

    def _period_start(self, cycle: str) -> str:
        return _iso(worktime.period_start(cycle, self.now, self.deadlines.calendar, self.deadlines.rules))

    def _next_weekday_time(self, roster: str) -> str:
        return _iso(worktime.next_weekday_time(roster, self.now, self.deadlines.calendar, self.deadlines.rules))


def _iso(moment: datetime) -> str:
    return moment.astimezone(ZONE).isoformat(timespec="seconds")
