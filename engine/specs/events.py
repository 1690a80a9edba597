"""Events: what they listen to, and who hears an error or escalation."""

from collections.abc import Iterator

from SpiffWorkflow.bpmn import BpmnEvent
from SpiffWorkflow.bpmn.specs import control
from SpiffWorkflow.bpmn.specs import defaults as stock
from SpiffWorkflow.bpmn.specs.event_definitions import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.spiff.specs import defaults as spiff
from SpiffWorkflow.spiff.specs import event_definitions as definitions
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.specs.timer import AFTER, FIRED, Timer
from engine.specs.watched import Watched
from errors import AppError


class StartEvent(Watched, stock.StartEvent):
    """Passes at once: whoever starts a case has already waited for its timer or message."""


class EndEvent(Watched, stock.EndEvent):
    pass


class IntermediateCatchEvent(Watched, stock.IntermediateCatchEvent):
    pass


class ReceiveTask(Watched, spiff.ReceiveTask):
    pass


class IntermediateThrowEvent(Watched, stock.IntermediateThrowEvent):
    pass


class BoundaryEvent(Watched, stock.BoundaryEvent):
    arrives_when_ready = True

    def _on_complete(self, my_task: Task) -> None:
        """A deadline that is put off after its timer went off falls due again, and the timer with it."""
        super()._on_complete(my_task)
        fired = my_task.internal_data.pop(FIRED, None)
        if fired is not None and not self.cancel_activity and _is_under_way(my_task.parent):
            self.listen_again(my_task).internal_data[AFTER] = fired

    def listen_again(self, my_task: Task) -> Task:
        """A listener like the one that has heard."""
        again = my_task.parent._add_child(self, TaskState.WAITING)
        again.triggered = True
        self._predict(again, mask=TaskState.NOT_FINISHED_MASK)
        return again


def _is_under_way(split: Task) -> bool:
    """Whether the activity that the boundary events sit on still goes on."""
    return any(
        child.state & TaskState.NOT_FINISHED_MASK
        for child in split.children
        if not isinstance(child.task_spec, BoundaryEvent)
    )


class BoundaryEventJoin(control.BoundaryEventJoin):
    """Ends the listening when the activity is done. After an event that does not interrupt there is nothing to end."""

    def _update_hook(self, my_task: Task) -> bool:
        before = my_task.parent.task_spec
        if isinstance(before, BoundaryEvent) and not before.cancel_activity:
            my_task.cancel()  # or one would wait for each time the event came
            return False
        return super()._update_hook(my_task)


class OneStart(control.StartEventSplit):
    """Of several start events, takes the one the case was started for."""

    def _run_hook(self, my_task: Task) -> bool:
        chosen = my_task.workflow.spec.task_specs[my_task.workflow.start_event(self)]
        my_task._sync_children([chosen], TaskState.FUTURE)
        for child in my_task.children:
            chosen._predict(child, mask=TaskState.NOT_FINISHED_MASK)
        return True


class EventBasedGateway(Watched, stock.EventBasedGateway):
    """Goes the way of the first event that comes."""

    arrives_when_ready = True

    def _run_hook(self, my_task: Task) -> bool:
        chosen = self.outputs[my_task.internal_data.pop(FIRST)]
        my_task._sync_children([chosen], TaskState.FUTURE)
        for child in my_task.children:
            chosen._predict(child, mask=TaskState.FUTURE | TaskState.PREDICTED_MASK)
        return True


FIRST = "first"  # in internal_data of an event-based gateway: the index of the way it goes


class FirstOf(MultipleEventDefinition):
    """The events after an event-based gateway."""

    def has_fired(self, my_task: Task) -> bool:
        for index, event in enumerate(self.event_definitions):
            if FIRST not in my_task.internal_data and isinstance(event, Timer) and event.is_due(my_task):
                my_task.internal_data[FIRST] = index
        return FIRST in my_task.internal_data

    def catch(self, my_task: Task, event: BpmnEvent | None = None) -> None:
        for index, one in enumerate(self.event_definitions):
            if FIRST not in my_task.internal_data and one.catches(my_task, event):
                my_task.internal_data[FIRST] = index

    def reset(self, my_task: Task) -> None:
        my_task.internal_data.pop(FIRST, None)


class Message(definitions.MessageEventDefinition):
    """Heard only by the one task it is sent to; what it brings is put there by Execution.receive()."""

    def update_task(self, my_task: Task) -> None:
        pass

    def update_task_data(self, my_task: Task) -> None:
        pass


class ErrorEventDefinition(definitions.ErrorEventDefinition):
    def throw(self, my_task: Task) -> None:
        if not throw_up(my_task, self):
            raise AppError(f"没有边界事件接住错误“{self.code or self.name}”。")


class EscalationEventDefinition(definitions.EscalationEventDefinition):
    def throw(self, my_task: Task) -> None:
        throw_up(my_task, self)


def throw_up(my_task: Task, thrown: object) -> bool:
    """Let the nearest activity around the task catch it; SpiffWorkflow asks every listener of the case instead.

    The whole data comes along, as it does when a process ends.
    """
    workflow = my_task.workflow
    while workflow.parent_task_id is not None:
        around = workflow.top_workflow.get_task_from_id(workflow.parent_task_id)
        for listener in boundary_events(around):
            if listener.state == TaskState.WAITING and listener.task_spec.event_definition == thrown:
                listener.internal_data["event_fired"] = True
                listener.task_spec._update(listener)
                listener.data.update(my_task.data)
                listen_again(listener)
                return True
        workflow = around.workflow
    return False


def listen_again(listener: Task) -> None:
    """What does not interrupt may come any number of times, as BPMN has it."""
    spec = listener.task_spec
    if isinstance(spec, BoundaryEvent) and not spec.cancel_activity:
        spec._update(spec.listen_again(listener))


def boundary_events(task: Task) -> Iterator[Task]:
    """The boundary events of an activity, or of the multi-instance it is one of."""
    split = task.parent
    if split is not None and isinstance(split.task_spec, LoopTask):
        split = split.parent
    if split is not None and isinstance(split.task_spec, control.BoundaryEventSplit):
        yield from (child for child in split.children if isinstance(child.task_spec, BoundaryEvent))
