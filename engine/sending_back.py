"""Send a user task back to a step before it (退回): docs/decisions/task-acts.md.

Its token goes back over what it has passed alone, so the case stands as it has stood in this branch, and the others
stand where they stand: under parallel gateways, inside one instance of many, in a called process.
"""

from functools import cached_property

from engine.displacing import Displacing
from engine.elements import Element
from engine.execution import Execution
from engine.instances import is_instance, key_at
from engine.ways_back import Way, WaysBack
from errors import MessageNotAccepted, TaskNotOpen

SEND_BACK = "sendBack"  # on a user task: "any" also to another unit's step, "none" not at all
#: Steps that whoever brought the case knows of.
KNOWN_OUTSIDE = ("reply", "reporter")


class SendingBack(Displacing):
    """Of one open user task."""

    ACT = "退回"

    def __init__(self, execution: Execution, task_id: str):
        """Raises TaskNotOpen."""
        super().__init__(execution)
        task, self._open = self._case.find(task_id), {each.id: each for each in execution.open_tasks()}
        if task is None or task_id not in self._open:
            raise TaskNotOpen
        self._task = task

    @cached_property
    def _ways(self) -> WaysBack:
        return WaysBack(self._definition, self._task.workflow.spec.task_specs)

    @property
    def floor(self) -> str:
        """Which process it runs in, as OpenTask has it."""
        return self._open[self._task.id].floor

    @property
    def steps_before(self) -> frozenset[str]:
        """Ids of the user tasks from which a token may have come here; none where the task may not be sent back."""
        here = self._element(self._task.task_spec.bpmn_id)
        if here.id in self._definition.secrets or here.properties.get(SEND_BACK) == "none" or is_instance(self._task):
            return frozenset()
        return self._ways.steps_before(here.id)

    def way(self, earlier: str, later: str, passed: list[str]) -> Way | None:
        """How a token that passed just these elements came from one user task to the next; None where it did not."""
        return self._ways.way(earlier, later, passed)

    def may_reach(self, step: str, way: Way) -> bool:
        """Whether a task may go back this way onto this step: nothing of it is confidential, the step neither registers
        the case nor is known outside, and no limit that is over would begin once more (C-03).
        """
        element = self._element(step)
        if {step, *way.elements} & self._definition.secrets or element == self._definition.first_task:
            return False
        return not any(each in element.properties for each in KNOWN_OUTSIDE) and not any(
            map(self._is_over, way.elements)
        )

    def limits_met_at(self, element: str) -> list[str]:
        """Keys of the limits that completing an element of this process meets, for this task's own instance."""
        return [key_at(self._move, self._task, key) for key in self._definition.meets.get(element, ())]

    def send_back(self, to: str) -> str:
        """To a step that may be reached; the id of the task that waits there now. Raises MessageNotAccepted with the
        reason: the execution is of no more use.
        """
        if why_not := self._of_beside(self._task) or self._of_marking(self._task, to):
            raise MessageNotAccepted(why_not)
        self._begin_there(self._task, to)
        [new] = [each for each in self._execution.open_tasks() if each.id not in self._open]
        return new.id

    def _is_over(self, element: str) -> bool:
        """A limit that begins at this automatic step, and does not run any more."""
        rule = self._definition.deadlines.get(element)
        return rule is not None and self._move.host.due(key_at(self._move, self._task, rule.key)) is None

    def _element(self, id_: str) -> Element:
        return self._definition.elements[id_]
