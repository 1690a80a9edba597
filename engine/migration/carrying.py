"""The state of a case, carried over to another version: every token, timer and listener stays what and where it is.

Only for a case that judging.py finds safe. Tasks keep their ids, so whatever hangs on them outside the engine does:
claims, drafts, timers. What was merely predicted is predicted anew.
"""

from typing import Any
from uuid import uuid4

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine import state
from engine.diagram import JOINS
from engine.execution import Execution
from engine.host import Host
from engine.migration.fitting import Fitting
from engine.migration.standing import HELPERS, element_of
from engine.move import ARRIVED, Move
from engine.specs.events import BoundaryEvent
from engine.specs.joins import EndJoin
from engine.specs.timer import TIMERS
from engine.state import UNFINISHED
from engine.successor import differences
from engine.workflow import CaseTask, CaseWorkflow, Subprocess

SPLIT = ".BoundaryEventSplit"
PASSED = "Start"  # every process has it: what stands for an element passed that the new version does not have


def carry(old_state: bytes, fitting: Fitting, host: Host) -> Execution:
    """The case under the new version, gone on where it waits for nothing any more: at a join that has lost a way."""
    if not fitting.mapping and not differences(fitting.old, fitting.new):
        return Execution.load(fitting.new, old_state, host)
    old = state.restore(old_state, fitting.old, Move(fitting.old, host))
    new = CaseWorkflow(fitting.new, Move(fitting.new, host))
    _Floor(old, new, fitting).fill()
    for host_id, inside in old.subprocesses.items():
        around = new.find(host_id)
        assert around is not None
        flow = Subprocess(fitting.new.subprocess_specs[around.task_spec.spec], around.id, new)
        new.subprocesses[host_id] = flow
        _Floor(inside, flow, fitting).fill()
    execution = Execution.load(fitting.new, state.dump(new), host)
    execution.look_around()
    return execution


class _Floor:
    """One process or subprocess under way, and the same in the new version."""

    def __init__(self, old: Any, new: Any, fitting: Fitting):
        self._old, self._new, self._fitting = old, new, fitting
        self._specs = new.spec.task_specs
        self._made: dict[str, Task] = {}  # by id of the old task: the new one, or for one that is left out its parent's

    def fill(self) -> None:
        """Parents before children, children in their order."""
        self._new.completed = self._old.completed
        waiting = [self._old.task_tree]
        while waiting:
            task = waiting.pop()
            if not task._state & state.PREDICTED:
                self._take_over(task)
                waiting.extend(reversed(task.children))
        self._new.task_tree = self._made[self._old.task_tree.id]

    def _take_over(self, task: Task) -> None:
        parent = self._made[task._parent] if task._parent else None
        name = self._name(task)
        if task._state & UNFINISHED:
            self._take_over_waiting(task, name, parent)
            return
        if parent is not None and (name is None or self._is_out_of_place(name, parent)):
            name, parent = PASSED, self._above_splits(parent)
        if parent is not None and name == PASSED and isinstance(task.task_spec, BoundaryEventSplit):
            self._made[task.id] = parent  # nothing is kept there any more
            return
        self._made[task.id] = self._copy(task, name or PASSED, parent)

    def _take_over_waiting(self, task: Task, name: str | None, parent: Task) -> None:
        if name is not None:
            self._made[task.id] = self._copy(task, name, self._parent_of(task, name, parent))
            self._listen_beside(self._made[task.id])
        elif not isinstance(task.task_spec, BoundaryEvent):  # an event is waited for no more
            raise ValueError(f"{task.task_spec.name} has no place in the new version")

    def _name(self, task: Task) -> str | None:
        """Of the spec that takes the place of the task's; None where there is none."""
        spec = task.task_spec
        if isinstance(spec, EndJoin):
            return next(name for name, each in self._specs.items() if isinstance(each, EndJoin))
        element = (
            self._fitting.of(element_of(spec.name)) if element_of(spec.name) in self._fitting.old.elements else None
        )
        helper = next((each for each in HELPERS if spec.name.endswith(each)), "")
        name = spec.name if element_of(spec.name) not in self._fitting.old.elements else f"{element}{helper}"
        return name if name in self._specs and type(self._specs[name]) is type(spec) else None

    def _is_out_of_place(self, name: str, parent: Task) -> bool:
        """Below a split stand its activity and its events alone: they are told apart by what they are."""
        split = parent.task_spec
        return isinstance(split, BoundaryEventSplit) and name not in split._outputs

    def _above_splits(self, parent: Task) -> Task:
        while isinstance(parent.task_spec, BoundaryEventSplit):
            parent = parent.parent
        return parent

    def _parent_of(self, task: Task, name: str, parent: Task) -> Task:
        """With a step between, where the new version has one there that the old has not."""
        spec = self._specs[name]
        if f"{name}{SPLIT}" in spec._inputs and parent.task_spec.name != f"{name}{SPLIT}":
            return self._step(parent, f"{name}{SPLIT}")
        if task.state == TaskState.WAITING and self._is_join(task) and parent.task_spec.name not in spec._inputs:
            return self._step(parent, self._way_in(task, spec))
        return parent

    def _is_join(self, task: Task) -> bool:
        element = self._fitting.old.elements.get(task.task_spec.name)
        return element is not None and element.kind in JOINS

    def _way_in(self, task: Task, spec: Any) -> str:
        """The name of the spec by which the token has come."""
        way = self._fitting.way_in(task.task_spec.name, element_of(task.parent.task_spec.name))
        return next((each for each in spec._inputs if element_of(each) == way), spec._inputs[0])

    def _step(self, parent: Task, name: str) -> Task:
        """A task that has been passed."""
        made = CaseTask(self._new, self._specs[name], parent, TaskState.COMPLETED, str(uuid4()))
        made.last_state_change, made.data = parent.last_state_change, dict(parent.data)
        return made

    def _copy(self, task: Task, name: str, parent: Task | None) -> Task:
        made = CaseTask(self._new, self._specs[name], parent, task._state, task.id)
        made.last_state_change, made.triggered = task.last_state_change, task.triggered
        made.data, made.internal_data = dict(task.data), self._internal(task, name)
        return made

    def _internal(self, task: Task, name: str) -> dict[str, Any]:
        """The same, in the names of the new version: when its timers go off, and which deadline it declared."""
        kept = dict(task.internal_data)
        if TIMERS in kept:
            kept[TIMERS] = {self._fitting.of(element) or element: at for element, at in kept[TIMERS].items()}
        rule = self._fitting.new.deadlines.get(name)
        if isinstance(kept.get(ARRIVED), str) and (rule is None or kept[ARRIVED].partition(":")[0] != rule.key):
            kept[ARRIVED] = 1
        return kept

    def _listen_beside(self, activity: Task) -> None:
        """What the new version has added to an activity that is under way."""
        split = activity.parent
        if split is None or isinstance(activity.task_spec, BoundaryEvent):
            return
        if not isinstance(split.task_spec, BoundaryEventSplit):
            return
        had = self._had(split.task_spec.name)
        for event in split.task_spec.outputs:
            if isinstance(event, BoundaryEvent) and event.name not in had:
                listener = CaseTask(self._new, event, split, TaskState.WAITING, str(uuid4()))
                listener.last_state_change, listener.data = activity.last_state_change, dict(split.data)

    def _had(self, split: str) -> set[str | None]:
        """The events that the old version had there: they wait, or have been heard."""
        old = self._fitting.old.elements.values()
        return {
            self._fitting.of(each.id)
            for each in old
            if each.attached_to and self._fitting.of(each.attached_to) == element_of(split)
        }
