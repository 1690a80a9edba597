"""What one move of a case passes, in order, and what that does to its deadlines, its status and its mark."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.task import Task

from engine.elements import DeadlineRule, Element
from engine.expressions import evaluate
from engine.host import Host
from engine.instances import data_of, functions_at, is_instance, key_at, own_label_at
from engine.limits import MAX_STEPS, MAX_TASKS
from errors import AppError, BudgetExceeded

if TYPE_CHECKING:
    from engine.definition import Definition

LONGEST_MARK = 6  # characters
ARRIVED = "arrived"  # in internal_data: a token has been counted in at this task; the key of its deadline, or 1


@dataclass(frozen=True)
class Step:
    """An element that a move has passed."""

    element: str
    outcome: str  # completed | cancelled


class Move:
    """The engine's tasks tell it what happens to them; it tells the host."""

    def __init__(self, definition: "Definition", host: Host):
        self.definition = definition
        self.host = host
        self.trail: list[Step] = []
        self.status: str | None = None
        self.mark: str | None = None
        #: By key of a deadline: the tasks that declared it in this move, and those that were withdrawn in it.
        self._declared: dict[str, set[str]] = {}
        self._given_up: dict[str, set[str]] = {}
        self._steps = 0
        self._tasks = 0

    @property
    def functions(self) -> Mapping[str, Callable[..., Any]]:
        return self.host.functions

    def functions_at(self, task: Task) -> Mapping[str, Callable[..., Any]]:
        """What an expression of this task may call; in a unit's own part, `due` and `met` speak of that unit."""
        return functions_at(self, task)

    def begin(self) -> None:
        """A new request of the caller has a budget of its own."""
        self._steps = self._tasks = 0

    def count_step(self) -> None:
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise BudgetExceeded

    def count_task(self) -> None:
        self._tasks += 1
        if self._tasks > MAX_TASKS:
            raise BudgetExceeded

    def element(self, task: Task) -> Element | None:
        """What the task stands for on the diagram; None for SpiffWorkflow's own helpers."""
        return self.definition.elements.get(task.task_spec.bpmn_id) if task.task_spec.bpmn_id else None

    def arrive(self, task: Task) -> None:
        """A token has come to an element. Said more than once for a task that waits; counts once."""
        if ARRIVED in task.internal_data:
            return
        element = self.element(task)
        enters = element is not None and not is_instance(task)
        task.internal_data[ARRIVED] = (self._enter(task, element) if element and enters else None) or 1

    def complete(self, task: Task) -> None:
        element = self.element(task)
        if element is None:
            return
        task.internal_data.pop(ARRIVED, None)
        if not isinstance(task.task_spec, LoopTask):
            self.trail.append(Step(element.id, "completed"))
        if not is_instance(task):
            for key in self.definition.meets.get(element.id, ()):
                self.host.meet_deadline(key_at(self, task, key))

    def cancel(self, task: Task) -> None:
        """A task was withdrawn; one that no token had reached says nothing."""
        element = self.element(task)
        arrived = task.internal_data.pop(ARRIVED, None)
        if element is None or arrived is None:
            return
        if not isinstance(task.task_spec, LoopTask):
            self.trail.append(Step(element.id, "cancelled"))
        if isinstance(arrived, str) and self.definition.deadlines[element.id].until == element.id:
            self._given_up.setdefault(arrived, set()).add(task.id)

    def settle(self) -> None:
        """A deadline that only a withdrawn task could have met ends with it, unless this move has come to where it is
        declared once more: then it goes on.
        """
        for key, withdrawn in self._given_up.items():
            if not self._declared.get(key, set()) - withdrawn:
                self.host.void_deadline(key)
        self._given_up.clear()
        self._declared.clear()

    def deadline_of(self, task: Task) -> str | None:
        """The deadline a task stands under: the one it declares, else the one its completion meets."""
        element = task.task_spec.bpmn_id
        rule = self.definition.deadlines.get(element)
        key = rule.key if rule else next(iter(self.definition.meets.get(element, ())), None)
        return key_at(self, task, key) if key else None

    def also_due(self, task: Task) -> tuple[str, ...]:
        """The other deadlines that whoever has the task keeps as well (`alsoDue`)."""
        keys = self.definition.elements[task.task_spec.bpmn_id].properties.get("alsoDue", "").split()
        return tuple(key_at(self, task, key) for key in keys)

    def _enter(self, task: Task, element: Element) -> str | None:
        """Returns the key of the deadline it declares."""
        for key in element.properties.get("voids", "").split():
            self.host.void_deadline(key_at(self, task, key))
        rule = self.definition.deadlines.get(element.id)
        if rule is not None:
            rule = replace(rule, key=key_at(self, task, rule.key), owner=own_label_at(self, task))
            self._declared.setdefault(rule.key, set()).add(task.id)
            if self.host.due(rule.key) is None:
                self._open(task, rule)
        self.status = element.properties.get("status") or self.status
        if source := element.properties.get("mark"):
            self.mark = short(evaluate(source, data_of(task), self.functions_at(task)))
        return rule.key if rule else None

    def _open(self, task: Task, rule: DeadlineRule) -> None:
        data, functions = data_of(task), self.functions_at(task)
        length = evaluate(rule.limit, data, functions)
        if not is_length(length):
            raise AppError(f"时限“{rule.key}”的长度应写成 workdays(5) 这样的时长。")
        start = moment(evaluate(rule.start, data, functions)) if rule.start else self.host.now
        given = evaluate(rule.given, data, functions) if rule.given else ""
        self.host.open_deadline(replace(rule, given=given), length, start)


def is_length(value: object) -> bool:
    """Whether a value says how long: {"count": 5, "unit": "workday"}."""
    return isinstance(value, dict) and value.keys() >= {"count", "unit"}


def short(value: object) -> str:
    """A mark, as lists have room for it. Raises AppError."""
    if not isinstance(value, str) or len(value) > LONGEST_MARK:
        raise AppError(f"标记（mark）应是不超过{LONGEST_MARK}个字的文字，没有标记的写空文字。")
    return value


def moment(value: object) -> datetime:
    """A time from its ISO text. Without an offset it would take the server's zone, so it is refused."""
    try:
        time = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        time = None
    if time is None or time.tzinfo is None:
        raise AppError(f"“{value}”不是带时区的时间（例如 2026-01-05T17:00:00+08:00）。")
    return time
