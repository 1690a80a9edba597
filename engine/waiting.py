"""The events a case listens to: each with an id, its element, and what it sits on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine import failures
from engine.elements import Element
from engine.specs.events import FIRST, BoundaryEvent, FirstOf, listen_again
from engine.specs.timer import Timer
from engine.workflow import CaseWorkflow


@dataclass(frozen=True)
class Listener:
    """One event that may come. After an event-based gateway several belong to one task."""

    id: str
    element: Element
    task: Task
    event: Any
    index: int | None = None  # after an event-based gateway: which of its ways

    @property
    def hears_messages(self) -> bool:
        return isinstance(self.event, MessageEventDefinition) and not failures.has_failed(self.task)

    @property
    def is_timer(self) -> bool:
        return isinstance(self.event, Timer)

    def activity(self) -> Task | None:
        """What a boundary event sits on."""
        split = self.task.parent
        if split is None or not isinstance(split.task_spec, BoundaryEventSplit):
            return None
        return next((child for child in split.children if not isinstance(child.task_spec, BoundaryEvent)), None)

    def hear(self, values: dict[str, Any]) -> None:
        """The event has come, with what it brings."""
        if self.index is None:
            self.task.internal_data["event_fired"] = True
        else:
            self.task.internal_data[FIRST] = self.index
        self.task.task_spec._update(self.task)
        self.task.data.update(values)
        listen_again(self.task)


def listeners(case: CaseWorkflow) -> Iterator[Listener]:
    """Everything the case waits to hear of."""
    elements = case.move.definition.elements
    for task in case.all_tasks():
        event = getattr(task.task_spec, "event_definition", None)
        if task.state != TaskState.WAITING or event is None:
            continue
        if isinstance(event, FirstOf):
            for index, (after, one) in enumerate(zip(task.task_spec.outputs, event.event_definitions, strict=True)):
                yield Listener(str(uuid5(UUID(task.id), after.bpmn_id)), elements[after.bpmn_id], task, one, index)
        else:
            yield Listener(str(task.id), elements[task.task_spec.bpmn_id], task, event)


def listener(case: CaseWorkflow, listener_id: str) -> Listener | None:
    return next((found for found in listeners(case) if found.id == listener_id), None)
