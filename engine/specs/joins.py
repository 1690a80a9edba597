"""Where branches meet: parallel and inclusive gateways, and the end of a process.

SpiffWorkflow searches the task tree, recursively and no deeper than 1,000, and merges lists by index. Here every token
that has arrived waits in its own task; the flat table of tasks says who is there.
"""

from collections.abc import Iterable
from typing import Any

from SpiffWorkflow.bpmn.specs import defaults as stock
from SpiffWorkflow.bpmn.specs.control import _EndJoin
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.reach import reached
from engine.specs.watched import Watched
from errors import AppError

ACTIVE = TaskState.WAITING | TaskState.READY | TaskState.STARTED


class _Meeting(TaskSpec):
    """Fires once enough tokens have arrived; the others that it takes along are withdrawn."""

    def _update_hook(self, my_task: Task) -> bool:
        carry(my_task)
        arrived = [my_task, *self._others(my_task)]
        taken = self._taken(my_task, arrived)
        if not taken:
            my_task._set_state(TaskState.WAITING)
            return False
        my_task.data = together(my_task, [task for task in taken if task is not my_task])
        for task in taken:
            if task is not my_task:
                task.cancel()
        return True

    def _predict_hook(self, my_task: Task) -> None:
        """Nothing beyond a join is predicted before it fires: else every branch predicts all the rest once more."""
        if len(self._inputs) < 2 or my_task.state == TaskState.READY:
            super()._predict_hook(my_task)

    def _run_hook(self, my_task: Task) -> bool:
        self._predict(my_task, mask=TaskState.NOT_FINISHED_MASK)
        return True

    def _others(self, my_task: Task) -> list[Task]:
        waiting = (task for task in my_task.workflow.tasks.values() if task.state == TaskState.WAITING)
        return [task for task in waiting if task.task_spec is self and task is not my_task]

    def _taken(self, my_task: Task, arrived: list[Task]) -> list[Task]:
        """The tokens to go on with; none while others are awaited."""
        raise NotImplementedError


class ParallelGateway(_Meeting, Watched, stock.ParallelGateway):
    arrives_when_ready = True

    def _taken(self, my_task: Task, arrived: list[Task]) -> list[Task]:
        by_input = _by_input(arrived)
        return list(by_input.values()) if by_input.keys() >= set(self._inputs) else []


class InclusiveGateway(_Meeting, Watched, stock.InclusiveGateway):
    arrives_when_ready = True

    def _taken(self, my_task: Task, arrived: list[Task]) -> list[Task]:
        by_input = _by_input(arrived)
        missing = set(self._inputs) - by_input.keys()
        before_missing = self._leading_to(missing)
        before_present = self._leading_to(by_input)
        for task in my_task.workflow.tasks.values():
            if task not in arrived and _holds_token(task) and task.task_spec is not self:
                name = task.task_spec.name
                if name in before_missing and name not in before_present:
                    return []
        return list(by_input.values())

    def _run_hook(self, my_task: Task) -> bool:
        matches, defaults = self._get_matching_outputs(my_task)
        if not matches and not defaults:
            raise AppError("没有一条出路的条件成立。")
        my_task._sync_children(matches or defaults, TaskState.FUTURE)
        for child in my_task.children:
            child.task_spec._predict(child, mask=TaskState.FUTURE | TaskState.PREDICTED_MASK)
        return True

    def _leading_to(self, inputs: Iterable[str]) -> set[str]:
        """The names of all specs from which one of these inputs can be reached without passing this gateway."""
        return reached(inputs, lambda name: self._wf_spec.task_specs[name]._inputs, {self.name})


class EndJoin(_Meeting, _EndJoin):
    """The end waits for everyone. Tokens that have ended are folded into one, so they do not pile up in the state."""

    def _update_hook(self, my_task: Task) -> bool:
        carry(my_task)
        for other in self._others(my_task):
            my_task.data = together(my_task, [other])
            other.cancel()
        if self._awaits_others(my_task):
            my_task._set_state(TaskState.WAITING)
            return False
        return True

    def _awaits_others(self, my_task: Task) -> bool:
        unfinished = (task for task in my_task.workflow.tasks.values() if task.state & TaskState.NOT_FINISHED_MASK)
        return any(task is not my_task and task.task_spec.name != "End" for task in unfinished)


class ExclusiveGateway(Watched, stock.ExclusiveGateway):
    arrives_when_ready = True


def carry(my_task: Task) -> None:
    """Take over what the branch brings, once: a token that waits may be asked again and again."""
    if my_task.state != TaskState.WAITING:
        my_task.data = dict(my_task.parent.data)


def together(my_task: Task, others: list[Task]) -> dict[str, Any]:
    """The data of branches that meet: whole values, never merged inside.

    What one branch changed wins over what the other merely carried along; of two changes, the later token's wins.
    """
    data = dict(my_task.data)
    for other in others:
        before = _parting(my_task, other).data
        for name, value in other.data.items():
            if name not in data or (_differs(before, name, value) and not _differs(before, name, data[name])):
                data[name] = value
    return data


def _differs(before: dict[str, Any], name: str, value: Any) -> bool:
    return name not in before or before[name] != value


def _parting(one: Task, other: Task) -> Task:
    """The nearest task that both come from."""
    seen = set()
    task = one
    while task is not None:
        seen.add(task.id)
        task = task.parent
    task = other
    while task.id not in seen:
        task = task.parent
    return task


def _by_input(arrived: list[Task]) -> dict[str, Task]:
    """One token for each way in, the first that came."""
    found: dict[str, Task] = {}
    for task in reversed(arrived):
        found[task.parent.task_spec.name] = task
    return found


def _holds_token(task: Task) -> bool:
    if task.state & ACTIVE:
        return True
    parent = task.parent
    reached = parent is not None and parent.state == TaskState.COMPLETED
    return reached and bool(task.state & TaskState.NOT_FINISHED_MASK)
