"""Take a token by hand to another element of its process (移动), where displaceable.py lets it."""

from collections.abc import Iterator

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine import failures
from engine.displaceable import Displaceable, activity_of, only_listens
from engine.elements import Element
from engine.instances import around as instances_around
from engine.instances import is_instance, key_at
from errors import MessageNotAccepted, NotFound

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


class Displacing(Displaceable):
    """Of one case, as it stands."""

    def movable(self) -> dict[str, Element]:
        """By id of a task or event that a token waits at, its element: those that may be taken away."""
        return {str(task.id): self._definition.elements[task.task_spec.bpmn_id] for task in self._tokens()}

    def places_for(self, token: str) -> list[Element]:
        """Where one of movable() may perhaps be put: displace() says whether. Raises NotFound."""
        return self._places(self._token(token))

    def displace(self, token: str, to: str) -> None:
        """Put one of movable() on one of places_for(), and go on. Raises NotFound, MessageNotAccepted with the reason
        why it may not be put there, also where a step then goes wrong: the execution is of no more use.
        """
        task = self._token(token)
        if to not in {each.id for each in self._places(task)}:
            raise NotFound
        if why_not := self.why_not(task, to):
            raise MessageNotAccepted(why_not)
        self._begin_there(task, to)

    def _begin_there(self, task: Task, to: str) -> None:
        """Raises MessageNotAccepted where a step then goes wrong. The caller has asked whether it may stand there."""
        execution = self._execution
        had = {each.id for each in execution.failures()}
        self._move.begin()
        self._put(task, to)
        execution._go_on()
        if new := [each for each in execution.failures() if each.id not in had]:
            raise MessageNotAccepted(f"那里一开始就出错，不能{self.ACT}：{new[0].message}")

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

    def _put(self, task: Task, to: str) -> None:
        """Withdraw it with all that listens beside it, end the deadlines that it alone could meet, and begin the other
        element as if its incoming flow had been taken. The caller has asked why_not().
        """
        unmet, before, specs = list(self.unmet(task, to)), task.parent, task.workflow.spec.task_specs
        _withdraw(task)
        own = self._definition.deadlines.get(task.task_spec.bpmn_id)  # the move ends it, if nothing begins it anew
        for key in unmet:
            if own is None or key != own.key:
                self._move.host.void_deadline(key_at(self._move, task, key))
        spec = specs.get(f"{to}.BoundaryEventSplit", specs[to])
        begun = before._add_child(spec, TaskState.FUTURE)
        spec._predict(begun, mask=TaskState.NOT_FINISHED_MASK)
        spec._update(begun)


def _withdraw(task: Task) -> None:
    """With what listens beside it; what a branch has brought that its events began, and that is through, stays."""
    activity = activity_of(task)
    for each in [task] if activity is task else list(activity.children):
        if each is task or only_listens(each):
            each.cancel()
