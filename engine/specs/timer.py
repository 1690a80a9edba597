"""Timers: a deadline's due time, a length of their own, or a time; always against the host's clock."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.task import Task

from engine.expressions import evaluate
from engine.instances import key_at
from engine.move import is_length, moment
from engine.specs.watched import move_of
from errors import AppError

TIMERS = "timers"  # in internal_data: element -> the time that was fixed when the timer was first read
FIRED = "fired"  # in internal_data: the time at which the timer went off
AFTER = "after"  # in internal_data: the time at which it went off before; it waits for a later one


class Timer(TimerEventDefinition):
    """Replaces SpiffWorkflow's timers, which read the node's clock and take a time without zone as the server's."""

    def __init__(self, element: str, expression: str):
        super().__init__(element, expression)

    def has_fired(self, my_task: Task) -> bool:
        if not my_task.internal_data.get("event_fired"):
            due_at, deadline = self.read(my_task)
            if due_at is not None and due_at <= move_of(my_task).host.now:
                my_task.internal_data["event_fired"] = True
                if deadline:
                    my_task.internal_data[FIRED] = due_at.isoformat()
        return bool(my_task.internal_data.get("event_fired"))

    def is_due(self, my_task: Task) -> bool:
        due_at, _ = self.read(my_task)
        return due_at is not None and due_at <= move_of(my_task).host.now

    def read(self, my_task: Task) -> tuple[datetime | None, str | None]:
        """When it is due, and the deadline it moves with.

        A timer of a deadline is read anew each time; any other is fixed when first read. None while its deadline is
        not running, or not yet beyond the time at which the timer went off before: then it sleeps.
        """
        fixed = my_task.internal_data.setdefault(TIMERS, {})
        if self.name in fixed:
            return moment(fixed[self.name]), None
        value, keys = self._evaluate(my_task)
        if value is None and keys:
            return None, keys[0]
        host = move_of(my_task).host
        due_at = host.due_after(value, host.now) if is_length(value) else moment(value)
        if not keys:
            fixed[self.name] = due_at.isoformat()
            return due_at, None
        before = my_task.internal_data.get(AFTER)
        return (due_at if before is None or due_at > moment(before) else None), keys[0]

    def put_off(self, my_task: Task, later: Callable[[datetime, dict[str, Any]], datetime]) -> None:
        """Where it counts a length of its own, it is due when `later` says, of the moment it had and its length. A
        moment that the diagram names stays.
        """
        fixed = my_task.internal_data.get(TIMERS, {})
        if self.name in fixed and is_length(length := self._evaluate(my_task)[0]):
            fixed[self.name] = later(moment(fixed[self.name]), length).isoformat()

    def _evaluate(self, my_task: Task) -> tuple[Any, list[str]]:
        """The value, and the deadlines it was computed from; no value if one of them is not running."""
        move = move_of(my_task)
        asked: dict[str, datetime | None] = {}

        def due(key: str) -> str | None:
            key = key_at(move, my_task, key)
            asked[key] = when = move.host.due(key)
            return when.isoformat() if when else None

        data = {**(my_task.parent.data if my_task.parent else {}), **my_task.data}
        try:
            value = evaluate(self.expression, data, {**move.functions_at(my_task), "due": due})
        except AppError:
            if None not in asked.values():
                raise
        if None in asked.values():
            return None, list(asked)
        if asked and is_length(value):
            raise AppError("定时器不能同时用时限和时长。")
        return value, list(asked)
