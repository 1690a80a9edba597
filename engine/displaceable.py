"""Whether a token may be taken by hand to another element (移动): docs/decisions/operating.md.

The case would then stand as its flow could have brought it to stand, with all that the way from there reads; every
deadline that runs would still be met on that way, and whoever brought the case be answered.
"""

from collections.abc import Iterator
from functools import cached_property

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.diagram import JOINS
from engine.elements import Element
from engine.execution import Execution
from engine.instances import data_of, is_instance
from engine.migration.ahead import DUE, Ahead
from engine.migration.markings import Floorplan, TooMany
from engine.migration.standing import element_of
from engine.specs.events import BoundaryEvent
from engine.specs.joins import EndJoin
from engine.state import UNFINISHED
from engine.workflow import Subprocess
from errors import AppError


class Displaceable:
    """Of one case, as it stands."""

    ACT = "移动"

    def __init__(self, execution: Execution):
        self._execution, self._case = execution, execution._case
        self._move = self._case.move
        self._definition = self._move.definition

    @cached_property
    def _ahead(self) -> Ahead:
        return Ahead(self._definition)

    def why_not(self, task: Task, to: str) -> str:
        """In a sentence; "" when it may be put there."""
        reason = self._of_beside(task) or self._of_marking(task, to)
        return reason or self._of_reading(task, to) or self._of_limits(task, to) or self._of_reply(task, to)

    def _of_beside(self, task: Task) -> str:
        for each in _below(activity_of(task)):
            if each is not task and each.state & UNFINISHED and not (only_listens(each) or _has_ended(each)):
                return f"这一步旁边的事件已经另起一路，还没有走完，不能{self.ACT}。"
        return ""

    def _of_marking(self, task: Task, to: str) -> str:
        """Whether the flow may bring the tokens of this process to stand so."""
        here = self._ahead.nodes[task.task_spec.bpmn_id]
        tokens = list(self._beside(task))
        if (to, "") in tokens or (here.id, "") in tokens:
            return f"那里或者这里另有一件在等，分不清是哪一件，不能{self.ACT}。"
        process = next(each for each in self._ahead.flow.processes if here.scope == each.id or here.scope in each.nodes)
        try:
            if Floorplan(process, here.scope).allows(frozenset([*tokens, (to, "")])):
                return ""
        except TooMany:
            return f"并行的路太多，判断不了以后走不走得完，不能{self.ACT}。"
        return f"照流程图走不到这一步（有一路并行没有开始，或者会合时等不齐），不能{self.ACT}到那里。"

    def _beside(self, task: Task) -> Iterator[tuple[str, str]]:
        """Where the other tokens of its process stand; at a join, with the element that each came from."""
        for other in list(task.workflow.tasks.values()):
            name = element_of(other.task_spec.name)
            node = self._ahead.nodes.get(name)
            if other is task or node is None or name != other.task_spec.name or node.kind == "boundaryEvent":
                continue
            if other.state & UNFINISHED and not is_instance(other):
                joins = other.state == TaskState.WAITING and node.kind in JOINS
                yield name, element_of(other.parent.task_spec.name) if joins else ""

    def _of_reading(self, task: Task, to: str) -> str:
        """Whether something from there on reads what the way so far has not given."""
        around = self._around(task)
        known = self._ahead.needs([self._ahead.place(around, task.task_spec.bpmn_id)])
        data = data_of(task)
        for name, reader in self._ahead.needs_to_come(self._ahead.place(around, to)).items():
            if name not in known and name not in data and not self._has_begun(task, name):
                return _lacks(self._definition.elements[reader], name)
        return ""

    def _has_begun(self, task: Task, name: str) -> bool:
        if not name.startswith(DUE):
            return False
        try:
            self._move.functions_at(task)["due"](name.removeprefix(DUE))
        except (AppError, LookupError):
            return False
        return True

    def _of_limits(self, task: Task, to: str) -> str:
        """A deadline that runs must be met on the way from there as it would have been (C-03)."""
        for key in self.unmet(task, to):
            rules = [rule for rule in self._definition.deadlines.values() if rule.key == key]
            if task.task_spec.bpmn_id not in {rule.until for rule in rules}:
                return f"时限“{rules[0].name or key}”正在计时，从那里走不到办结它的环节，不能移动。"
        return ""

    def _of_reply(self, task: Task, to: str) -> str:
        """Whoever brought the case must still be answered."""
        before, after = self._reached(task, to)
        replies = {each.id for each in self._definition.elements.values() if each.properties.get("reply")}
        if not replies & before or replies & after or any(map(self._move.functions["count"], replies)):
            return ""
        return "还没有答复反映人，从那里走不到答复的环节，不能移动。"

    def unmet(self, task: Task, to: str) -> Iterator[str]:
        """Keys of the deadlines that run and that nothing on the way from there would meet any more."""
        before, after = self._reached(task, to)
        ends: dict[str, set[str]] = {}
        for rule in self._definition.deadlines.values():
            ends.setdefault(rule.key, set()).add(rule.until)
        for key, until in ends.items():
            if self._move.host.due(key) is not None and until & before and not until & after:
                yield key

    def _reached(self, task: Task, to: str) -> tuple[set[str], set[str]]:
        """What may still be come to as it stands, and what if it stood there."""
        around, gone = self._around(task), {each.id for each in _below(activity_of(task))}
        others = [
            self._ahead.place(self._around(each), each.task_spec.name)
            for each in self._case.all_tasks()
            if each.id not in gone and each.state & UNFINISHED and each.task_spec.name in self._ahead.nodes
        ]
        here = self._ahead.place(around, task.task_spec.bpmn_id)
        there = self._ahead.place(around, to)
        return self._ahead.reached([*others, here]), self._ahead.reached([*others, there])

    def _around(self, task: Task) -> list[str]:
        """Activities that it stands inside of, outermost first."""
        workflow = task.workflow
        found: list[str] = []
        while isinstance(workflow, Subprocess):
            holder = workflow.parent_workflow.tasks[workflow.parent_task_id]
            found.insert(0, holder.task_spec.bpmn_id)
            workflow = holder.workflow
        return [each for each in found if each in self._ahead.nodes]


def activity_of(task: Task) -> Task:
    """The task, or what holds it together with the events drawn on it."""
    return task.parent if isinstance(task.parent.task_spec, BoundaryEventSplit) else task


def _below(task: Task) -> Iterator[Task]:
    yield task
    for child in task.children:
        yield from _below(child)


def only_listens(task: Task) -> bool:
    return isinstance(task.task_spec, BoundaryEvent) and task.state == TaskState.WAITING


def _has_ended(task: Task) -> bool:
    """A branch that is through keeps its data there until the process ends."""
    return isinstance(task.task_spec, EndJoin)


def _lacks(reader: Element, name: str) -> str:
    if name.startswith(DUE):
        return f"{reader}要用时限“{name.removeprefix(DUE)}”，本件还没有开始这个时限，不能移到那里。"
    return f"{reader}要用“{name}”，本件还没有，前面也没有环节给出，不能移到那里；可以先补上这个变量。"
