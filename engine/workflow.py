"""A case in SpiffWorkflow's terms, answering from the flat table of its tasks.

SpiffWorkflow walks the task tree, no deeper than 1,000 levels: below that a READY task cannot be seen and the case
counts as completed. The tables miss nothing and are quicker.
"""

from collections.abc import Iterator
from os import urandom
from time import time
from typing import Any

from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import WorkflowException
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.specs.Join import Join
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.definition import Definition
from engine.limits import MAX_CALL_DEPTH
from engine.move import Move
from engine.script_engine import ScriptEngine
from errors import BudgetExceeded

NO_LIMIT = 10**9


class CaseTask(Task):
    """SpiffWorkflow's own describes itself for the log at every change of state, whether anybody logs or not.

    Its id is a text, as everywhere else in the house: a UUID is hashed in Python at each of 650 looks into the table
    that a completion takes.
    """

    _state: int

    def __init__(
        self,
        workflow: Any,
        task_spec: TaskSpec,
        parent: Task | None = None,
        state: int = TaskState.MAYBE,
        id: str | None = None,
    ):
        super().__init__(workflow, task_spec, parent, state, id or dashed(urandom(16).hex()))  # type: ignore[arg-type]

    def _set_state(self, value: int) -> None:
        if value != self._state:
            self._state = value
            self.last_state_change = time()

    def cancel(self) -> None:
        """SpiffWorkflow drops the instances of a multi-instance without a word; here they are withdrawn like others."""
        if isinstance(self.task_spec, LoopTask):
            for instance in list(self.children):
                instance.cancel()
        super().cancel()

    def _add_child(self, task_spec: TaskSpec, state: int = TaskState.MAYBE) -> "CaseTask":
        if self.has_state(TaskState.PREDICTED_MASK) and not state & TaskState.PREDICTED_MASK:
            raise WorkflowException("a predicted task has predicted children only", task_spec=self.task_spec)
        child = CaseTask(self.workflow, task_spec, self, state)
        child.thread_id = self.thread_id
        if state == TaskState.READY:
            child._ready()
        return child


def dashed(digits: str) -> str:
    """The 32 digits of a task's id as they are written everywhere but in the state."""
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


class TaskTable(dict[str, Task]):
    """Tasks by id. Counts what is added, because a prediction can multiply without end inside one call."""

    def __init__(self, move: Move):
        super().__init__()
        self._move = move

    def __setitem__(self, key: str, task: Task) -> None:
        self._move.count_task()
        super().__setitem__(key, task)


class _Flat:
    """Mixin for the case itself and for the processes inside it."""

    tasks: dict[str, Task]
    task_tree: Task
    top_workflow: "CaseWorkflow"
    spec: Any
    completed: bool

    def grow(self) -> None:
        """Make the first task and predict what may follow it."""
        self.tasks = TaskTable(self.top_workflow.move)
        self.task_tree = CaseTask(self, self.spec.start, state=TaskState.FUTURE)
        try:
            self.spec.start._predict(self.task_tree, mask=TaskState.NOT_FINISHED_MASK)
        except RecursionError as error:  # a loop that no gateway can leave
            raise BudgetExceeded from error
        self.task_tree._ready()

    def get_tasks_iterator(self, first_task: Task | None = None, **wanted: Any) -> Iterator[Task]:
        return super().get_tasks_iterator(first_task, **{"max_depth": NO_LIMIT, **wanted})  # type: ignore[misc]

    def update_waiting_tasks(self) -> None:
        """Ask the joins again. Events are told when they happen; deadlines are not looked up at every step."""
        for task in [task for task in self.tasks.values() if task._state == TaskState.WAITING]:
            if isinstance(task.task_spec, Join) and task._state == TaskState.WAITING:
                task.task_spec._update(task)

    def is_completed(self) -> bool:
        return not any(task._state & TaskState.NOT_FINISHED_MASK for task in self.tasks.values())

    def cancel(self, success: bool = False) -> list[Task]:
        self.completed = True
        unfinished = [task for task in self.tasks.values() if task._state & TaskState.NOT_FINISHED_MASK]
        for task in unfinished:
            if task.id in self.tasks:
                task.cancel()
        return unfinished

    def start_event(self, split: TaskSpec) -> str:
        """Which of several start events a called process takes: the plain one."""
        elements = self.top_workflow.move.definition.elements
        plain = [spec.name for spec in split.outputs if elements[spec.bpmn_id].event is None]
        return plain[0] if plain else split.outputs[0].name


class Subprocess(_Flat, BpmnSubWorkflow):
    """A called process or subprocess that runs inside a case."""

    def __init__(self, spec: Any, parent_task_id: str, top_workflow: "CaseWorkflow"):
        super().__init__(spec, parent_task_id, top_workflow, deserializing=True)
        if self.depth > MAX_CALL_DEPTH:
            raise BudgetExceeded


class CaseWorkflow(_Flat, BpmnWorkflow):
    """One case. Nothing in it belongs to another: only the specs are shared, and they are never changed."""

    def __init__(self, definition: Definition, move: Move, start: str | None = None):
        self.move = move
        self._start = start
        super().__init__(
            definition.spec, definition.subprocess_specs, script_engine=ScriptEngine(move), deserializing=True
        )

    def create_subprocess(self, my_task: Task, spec_name: str) -> Subprocess:
        inside = Subprocess(self.subprocess_specs[spec_name], my_task.id, self)
        self.subprocesses[my_task.id] = inside
        inside.grow()
        return inside

    def start_event(self, split: TaskSpec) -> str:
        return self._start or super().start_event(split)

    def workflows(self) -> list[Any]:
        """The case and every process that runs in it, outer before inner."""
        return [self, *self.subprocesses.values()]

    def all_tasks(self) -> Iterator[Task]:
        for workflow in self.workflows():
            yield from list(workflow.tasks.values())

    def look_at_joins(self) -> None:
        """Of every process under way."""
        for workflow in self.workflows():
            workflow.update_waiting_tasks()

    def find(self, task_id: str) -> Task | None:
        """A task by its public id."""
        return next((flow.tasks[task_id] for flow in self.workflows() if task_id in flow.tasks), None)
