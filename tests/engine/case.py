"""A case as the engine's tests see it: one host in memory, and the state saved and loaded between any two moves."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from engine import DeadlineRule, Definition, Displacing, Execution, SendingBack, parse
from engine.expressions import evaluate

NOON = datetime.fromisoformat("2026-03-02T12:00:00+08:00")
UNITS = {"workday": timedelta(days=1), "hour": timedelta(hours=1)}


class TestHost:
    """The engine's documented seam, in memory: every day is a working day."""

    __test__ = False

    def __init__(self):
        self.now = NOON
        self.deadlines: dict[str, datetime] = {}
        self.log: list[str] = []  # what happened to deadlines and handlers, in order
        self.handlers: dict[str, Callable[..., dict]] = {}
        self.parameters: dict[str, Any] = {}
        self.passed: Counter[str] = Counter()

    @property
    def functions(self) -> dict[str, Callable[..., Any]]:
        return {
            "now": lambda: self.now.isoformat(),
            "param": lambda key: self.parameters[key],
            "workdays": lambda n: {"count": n, "unit": "workday"},
            "hours": lambda n: {"count": n, "unit": "hour"},
            "due": lambda key: self.deadlines[key].isoformat(),
            "count": lambda element: self.passed[element],
            "period_start": lambda cycle: self.now.isoformat(),
            "period_name": lambda cycle, day: "本期",
            "next_weekday_time": lambda roster: self.now.isoformat(),
        }

    def call(self, handler: str, arguments: dict, clauses: tuple[str, ...]) -> dict:
        self.log.append(f"call {handler}")
        return self.handlers[handler](**arguments)

    def due(self, key: str) -> datetime | None:
        return self.deadlines.get(key)

    def due_after(self, length: dict, start: datetime) -> datetime:
        return start + length["count"] * UNITS[length["unit"]]

    def open_deadline(self, rule: DeadlineRule, length: dict, start: datetime) -> None:
        self.log.append(f"open {rule.key}")
        self.deadlines[rule.key] = self.due_after(length, start)

    def meet_deadline(self, key: str) -> None:
        if self.deadlines.pop(key, None):
            self.log.append(f"meet {key}")

    def void_deadline(self, key: str) -> None:
        if self.deadlines.pop(key, None):
            self.log.append(f"void {key}")


def host_with(**handlers) -> TestHost:
    """A host with these handlers."""
    host = TestHost()
    host.handlers = handlers
    return host


class CaseDriver:
    """Speaks of elements instead of ids. Every move is made by an execution that was loaded from bytes."""

    def __init__(
        self, definition: Definition, data: dict | None = None, host: TestHost | None = None, at: str | None = None
    ):
        self.definition = definition
        self.host = host or TestHost()
        self.trail: list[tuple[str, str]] = []
        self.statuses: list[str] = []
        self.marks: list[str | None] = []
        self._keep(Execution.start(definition, data or {}, self.host, at))

    @property
    def execution(self) -> Execution:
        return Execution.load(self.definition, self.state, self.host)

    @property
    def open(self) -> list[str]:
        return sorted(task.element.id for task in self.execution.open_tasks())

    @property
    def buttons(self) -> list[str]:
        return sorted(message.element.id for message in self.execution.messages())

    @property
    def due(self) -> dict[str, datetime]:
        return {timer.element: timer.due_at for timer in self.execution.timers()}

    @property
    def failed(self) -> dict[str, str]:
        return {failure.element: failure.message for failure in self.execution.failures()}

    @property
    def ended(self) -> bool:
        return self.execution.ended

    @property
    def passed(self) -> list[str]:
        return [element for element, outcome in self.trail if outcome == "completed"]

    @property
    def withdrawn(self) -> list[str]:
        return [element for element, outcome in self.trail if outcome == "cancelled"]

    def variables(self, element: str) -> dict:
        return self._task(element).variables

    def do(self, element: str, only_if: str = "True", **values: Any) -> None:
        execution = self.execution
        execution.complete(self._task(element, only_if, execution).id, values)
        self._keep(execution)

    def say(self, element: str, only_if: str = "True", **values: Any) -> None:
        execution = self.execution
        found = [m for m in execution.messages() if m.element.id == element and evaluate(only_if, m.variables)]
        execution.receive(found[0].id, values)
        self._keep(execution)

    def wait(self, **how_long: int) -> None:
        self.host.now += timedelta(**how_long)
        execution = self.execution
        execution.wake()
        self._keep(execution)

    def retry(self, element: str) -> None:
        execution = self.execution
        [failure] = [failure for failure in execution.failures() if failure.element == element]
        execution.retry(failure.id)
        self._keep(execution)

    def move(self, element: str, to: str) -> None:
        execution = self.execution
        displacing = Displacing(execution)
        [token] = [id for id, each in displacing.movable().items() if each.id == element]
        displacing.displace(token, to)
        self._keep(execution)

    def send_back(self, element: str, to: str, only_if: str = "True") -> None:
        execution = self.execution
        SendingBack(execution, self._task(element, only_if, execution).id).send_back(to)
        self._keep(execution)

    def set(self, name: str, value: Any) -> None:
        execution = self.execution
        execution.set_value(name, value)
        self._keep(execution)

    def _task(self, element: str, only_if: str = "True", execution: Execution | None = None):
        tasks = (execution or self.execution).open_tasks()
        found = [task for task in tasks if task.element.id == element and evaluate(only_if, task.variables)]
        assert found, f"{element} is not open, but {self.open} is"
        return found[0]

    def _keep(self, execution: Execution) -> None:
        self.state = execution.state
        self.trail += [(step.element, step.outcome) for step in execution.trail]
        self.host.passed.update(step.element for step in execution.trail if step.outcome == "completed")
        if execution.status:
            self.statuses.append(execution.status)
        self.marks.append(execution.mark)


def begin(
    *files: bytes,
    data: dict | None = None,
    host: TestHost | None = None,
    key: str = "p",
    at: str | None = None,
    **other: bytes,
):
    """Parse and start. `other`: files that are not .bpmn, by name with `__` for the dot."""
    named = {f"{index}.bpmn": content for index, content in enumerate(files)}
    named |= {name.replace("__", "."): content for name, content in other.items()}
    return CaseDriver(parse(key, named), data, host, at)
