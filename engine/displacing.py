"""Take a token by hand from where it waits to another element of the same process (移动): docs/decisions/operating.md.

The case then stands as its flow could have brought it to stand, with all that the way from there reads, and every
deadline that runs is still met on that way: otherwise the token stays, and a sentence says why.
"""

from collections.abc import Iterator
from functools import cached_property

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine import failures
from engine.elements import Element
from engine.execution import Execution
from engine.instances import around as instances_around
from engine.instances import data_of, is_instance, key_at
from engine.migration.ahead import DUE, Ahead
from engine.migration.markings import Floorplan, TooMany
from engine.migration.standing import element_of
from engine.specs.events import BoundaryEvent
from engine.workflow import Subprocess
from errors import AppError, MessageNotAccepted, NotFound

#: Where a token waits that may be taken away, where one that a fault has stopped may, and where one may be put: not at
#: joins, which count who has come.
FROM = frozenset({"userTask", "intermediateCatchEvent", "receiveTask"})
STEPS = FROM | {
    "serviceTask",
    "scriptTask",
    "businessRuleTask",
    "exclusiveGateway",
    "intermediateThrowEvent",
    "endEvent",
}
TO = STEPS | {"callActivity", "subProcess"}
READY = TaskState.READY
UNFINISHED = READY | TaskState.WAITING | TaskState.STARTED


class Displacing:
    """Of one case, as it stands."""

    def __init__(self, execution: Execution):
        self._execution, self._case = execution, execution._case
        self._move = self._case.move
        self._definition = self._move.definition

    @cached_property
    def _ahead(self) -> Ahead:
        return Ahead(self._definition)

    def movable(self) -> dict[str, Element]:
        """By id of a task or event that a token waits at, its element: those that may be taken away."""
        return {str(task.id): self._definition.elements[task.task_spec.bpmn_id] for task in self._tokens()}

    def places_for(self, token: str) -> list[Element]:
        """Where one of movable() may perhaps be put: displace() says whether. Raises NotFound."""
        return self._places(self._token(token))

    def displace(self, token: str, to: str) -> None:
        """Put one of movable() on one of places_for(), and go on. Raises NotFound, MessageNotAccepted with the reason
        why it may not be put there.
        """
        task = self._token(token)
        if to not in {each.id for each in self._places(task)}:
            raise NotFound
        if why_not := self._why_not(task, to):
            raise MessageNotAccepted(why_not)
        self._move.begin()
        self._put(task, to)
        self._execution._go_on()

    def _token(self, token: str) -> Task:
        found = next((task for task in self._tokens() if task.id == token), None)
        if found is None:
            raise NotFound
        return found

    def _tokens(self) -> Iterator[Task]:
        """Those that may be taken away, but what waits in secret (XT-20)."""
        for task in self._case.all_tasks():
            element = self._move.element(task)
            if element and self._waits(task, element) and not is_instance(task) and not any(instances_around(task)):
                yield task

    def _waits(self, task: Task, element: Element) -> bool:
        if element.id in self._definition.secrets:
            return False
        if failures.has_failed(task):
            return element.kind in STEPS
        return element.kind in FROM and task.state == (READY if element.kind == "userTask" else TaskState.WAITING)

    def _places(self, task: Task) -> list[Element]:
        """Of its process or subprocess."""
        here = self._ahead.nodes[task.task_spec.bpmn_id]
        return [
            node.element
            for node in self._ahead.nodes.values()
            if node.scope == here.scope and node.id != here.id and node.kind in TO and not self._is_awaited(node.id)
            if node.id not in self._definition.secrets
        ]

    def _is_awaited(self, element: str) -> bool:
        """An event behind an event gateway: the gateway waits for it, no token ever does."""
        flows = [flow for process in self._ahead.flow.processes for flow in process.flows if flow.target == element]
        return any(self._ahead.nodes[flow.source].kind == "eventBasedGateway" for flow in flows)

    def _why_not(self, task: Task, to: str) -> str:
        """In a sentence; "" when it may be put there."""
        reason = self._of_beside(task) or self._of_marking(task, to)
        return reason or self._of_reading(task, to) or self._of_limits(task, to) or self._of_reply(task, to)

    def _of_beside(self, task: Task) -> str:
        for each in _below(_activity(task)):
            if each is not task and each.state & UNFINISHED and not _only_listens(each):
                return "这一步旁边的事件已经另起一路，还没有走完，不能移动。"
        return ""

    def _of_marking(self, task: Task, to: str) -> str:
        """Whether the flow may bring the tokens of this process to stand so."""
        here = self._ahead.nodes[task.task_spec.bpmn_id]
        tokens = list(self._beside(task))
        if (to, "") in tokens or (here.id, "") in tokens:
            return "那里或者这里另有一件在等，分不清是哪一件，不能移动。"
        process = next(each for each in self._ahead.flow.processes if here.scope == each.id or here.scope in each.nodes)
        try:
            if Floorplan(process, here.scope).allows(frozenset([*tokens, (to, "")])):
                return ""
        except TooMany:
            return "并行的路太多，判断不了移过去以后走不走得完，不能移动。"
        return "照流程图走不到这一步（有一路并行没有开始，或者会合时等不齐），不能移到那里。"

    def _beside(self, task: Task) -> Iterator[tuple[str, str]]:
        """Where the other tokens of its process stand; at a join, with the element that each came from."""
        for other in list(task.workflow.tasks.values()):
            name = element_of(other.task_spec.name)
            node = self._ahead.nodes.get(name)
            if other is task or node is None or name != other.task_spec.name or node.kind == "boundaryEvent":
                continue
            if other.state & UNFINISHED and not is_instance(other):
                joins = other.state == TaskState.WAITING and node.kind in ("parallelGateway", "inclusiveGateway")
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
        for key in self._unmet(task, to):
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

    def _unmet(self, task: Task, to: str) -> Iterator[str]:
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
        around, gone = self._around(task), {each.id for each in _below(_activity(task))}
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

    def _put(self, task: Task, to: str) -> None:
        """Withdraw it with all that listens beside it, end the deadlines that it alone could meet, and begin the other
        element as if its incoming flow had been taken. The caller has asked why_not().
        """
        unmet, before, specs = list(self._unmet(task, to)), task.parent, task.workflow.spec.task_specs
        _activity(task).cancel()
        own = self._definition.deadlines.get(task.task_spec.bpmn_id)  # the move ends it, if nothing begins it anew
        for key in unmet:
            if own is None or key != own.key:
                self._move.host.void_deadline(key_at(self._move, task, key))
        spec = specs.get(f"{to}.BoundaryEventSplit", specs[to])
        begun = before._add_child(spec, TaskState.FUTURE)
        spec._predict(begun, mask=TaskState.NOT_FINISHED_MASK)
        spec._update(begun)


def _activity(task: Task) -> Task:
    """The task, or what holds it together with the events drawn on it."""
    return task.parent if isinstance(task.parent.task_spec, BoundaryEventSplit) else task


def _below(task: Task) -> Iterator[Task]:
    yield task
    for child in task.children:
        yield from _below(child)


def _only_listens(task: Task) -> bool:
    return isinstance(task.task_spec, BoundaryEvent) and task.state == TaskState.WAITING


def _lacks(reader: Element, name: str) -> str:
    if name.startswith(DUE):
        return f"{reader}要用时限“{name.removeprefix(DUE)}”，本件还没有开始这个时限，不能移到那里。"
    return f"{reader}要用“{name}”，本件还没有，前面也没有环节给出，不能移到那里；可以先补上这个变量。"
