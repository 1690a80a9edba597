"""One case, being executed in memory."""

from collections.abc import Callable, Collection, Iterator
from copy import deepcopy
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.util import BpmnEvent
from SpiffWorkflow.spiff.specs.event_definitions import SignalEventDefinition
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine import failures, state, stepping, variables, waiting
from engine.definition import Definition
from engine.elements import Element
from engine.expressions import evaluate
from engine.expressions.functions import CHINA
from engine.host import Host
from engine.instances import label_at
from engine.move import Move, Step, moment
from engine.pending import Failure, OpenTask, PendingMessage, PendingTimer
from engine.prune import prune
from engine.state import UNFINISHED
from engine.values import unstorable
from engine.waiting import Listener
from engine.workflow import CaseWorkflow, Subprocess
from errors import InvalidForm, MessageNotAccepted, NotFound, TaskNotOpen

#: 办理中, and the statuses of the tasks that wait while it goes on (SPEC 2.3).
IN_PROGRESS = "in_progress"
WITHIN_IT = frozenset({"return_pending", "extension_pending", "on_hold"})
#: Where a token waits beside a task, or for others, rather than stands.
NO_STAND = frozenset({"boundaryEvent", "parallelGateway", "inclusiveGateway", "eventBasedGateway"})


class Execution:
    """Start or load, do one thing, read what is waiting, take the state away.

    execution = Execution.start(definition, {"lead_org": "zjj"}, host)
    [task] = execution.open_tasks()
    execution.complete(task.id, {"approved": True})
    execution.ended  # True
    """

    def __init__(self, case: CaseWorkflow, move: Move):
        self._case = case
        self._move = move

    @classmethod
    def start(cls, definition: Definition, data: dict[str, Any], host: Host, at: str | None = None) -> "Execution":
        """A new case, run to its first wait. `at`: the start event, when not the plain one."""
        move = Move(definition, host)
        case = CaseWorkflow(definition, move, at)
        case.grow()
        case.task_tree.data = _storable(data)
        execution = cls(case, move)
        execution._go_on()
        return execution

    @classmethod
    def load(cls, definition: Definition, state_bytes: bytes, host: Host) -> "Execution":
        """A case as its state says it was left."""
        move = Move(definition, host)
        return cls(state.restore(state_bytes, definition, move), move)

    @property
    def state(self) -> bytes:
        """All that load() needs besides the definition."""
        return state.dump(self._case)

    @property
    def ended(self) -> bool:
        return self._case.is_completed()

    @property
    def trail(self) -> list[Step]:
        """What has been passed since start() or load(), in order, called processes included."""
        return self._move.trail

    @property
    def status(self) -> str | None:
        """The last `status` that was passed since start() or load(). Where that is 办理中, and a review of it waits
        (退回、延期 …), it is the review's: one that is answered does not hide another that is not (SPEC 2.3).
        """
        passed = self._move.status
        if passed != IN_PROGRESS:
            return passed
        waiting_for = [task.element.properties.get("status") for task in self.open_tasks()]
        return next((status for status in waiting_for if status in WITHIN_IT), passed)

    @property
    def mark(self) -> str | None:
        """The last `mark` that was passed since start() or load(); "" takes the mark off the case."""
        return self._move.mark

    def open_tasks(self) -> list[OpenTask]:
        return [self._open_task(task) for task in self._case.all_tasks() if _is_open(task)]

    def standing_on(self) -> list[str]:
        """Ids of the elements a token stands on now, one entry a token: open tasks, called processes, waits."""
        tokens = (task for task in self._case.all_tasks() if task.state & UNFINISHED and not _is_open(task))
        standing = [task.task_spec.bpmn_id for task in tokens] + [task.element.id for task in self.open_tasks()]
        elements = self._move.definition.elements
        return [each for each in standing if each in elements and elements[each].kind not in NO_STAND]

    def hollow(self, shown: Collection[str]) -> set[str]:
        """Ids of the call activities and subprocesses inside of which tokens stand, but none on elements `shown`."""
        elements = self._move.definition.elements
        tokens = [task for task in self._case.all_tasks() if task.state & UNFINISHED]
        ways = [
            (task.task_spec.bpmn_id, self.around(str(task.id)))
            for task in tokens
            if (element := elements.get(task.task_spec.bpmn_id)) is not None and element.kind not in NO_STAND
        ]
        around = {each for _, way in ways for each in way}
        filled = {each for id_, way in ways if id_ not in around and {id_, *way} <= {*shown} for each in way}
        return around - filled

    def around(self, task_id: str) -> list[str]:
        """Ids of the elements that a task stands inside of, innermost first: call activities and subprocesses."""
        task, found = self._case.find(task_id), []
        while task is not None and isinstance(task.workflow, Subprocess):
            task = self._case.find(str(task.workflow.parent_task_id))
            found += [task.task_spec.bpmn_id] if task else []
        return [each for each in found if each in self._move.definition.elements]

    def messages(self) -> list[PendingMessage]:
        """What may be said now, `available` or not."""
        return [self._message(listener) for listener in waiting.listeners(self._case) if listener.hears_messages]

    def timers(self) -> list[PendingTimer]:
        """What time will do next. A timer whose deadline is not running is not among them."""
        return [timer for listener in waiting.listeners(self._case) for timer in self._timer(listener)]

    def failures(self) -> list[Failure]:
        failed = [task for task in self._case.all_tasks() if failures.has_failed(task)]
        return [
            Failure(str(task.id), task.task_spec.bpmn_id or "", task.internal_data[failures.FAILURE]) for task in failed
        ]

    def evaluate(self, task_id: str, source: str) -> Any:
        """An expression in the data of a task. Raises ExpressionError, NotFound."""
        task = self._case.find(task_id)
        if task is None:
            raise NotFound
        return evaluate(source, task.data, self._move.functions_at(task))

    def label(self, task_id: str) -> str:
        """Which of the many an open task is about (`itemLabel`); "" for a task alone. Raises AppError, NotFound."""
        task = self._case.find(task_id)
        if task is None:
            raise NotFound
        return label_at(self._move, task)

    def complete(self, task_id: str, values: dict[str, Any]) -> None:
        """Complete a user task and move on. Raises TaskNotOpen; InvalidForm before the task `opens`."""
        task = self._completable(task_id)
        task.data.update(self._routing(values))
        self._move.begin()
        stepping.run(task)
        self._go_on()

    def receive(self, message_id: str, values: dict[str, Any]) -> None:
        """Say something to the one task that listens for it. Raises MessageNotAccepted."""
        listener = waiting.listener(self._case, message_id)
        if listener is None or not listener.hears_messages:
            raise MessageNotAccepted
        if not self._is_available(listener):
            raise MessageNotAccepted(listener.element.properties.get("unavailable"))
        routing = self._routing(values)
        self._move.begin()
        listener.hear(routing)
        self._go_on()

    def signal(self, name: str) -> None:
        """Let all of the case that waits for a signal of this name hear one from outside the drawing; if any does."""
        self._move.begin()
        self._case.event_manager.catch(BpmnEvent(SignalEventDefinition(name)), internal=False)
        self._go_on()

    def values_of(self, name: str) -> list[Any]:
        """Each value of a variable that a waiting token has, once; None where it has none."""
        return variables.values_of(self._case, name)

    def set_value(self, name: str, value: Any) -> None:
        """Give every token this value of a variable; nothing moves. Raises InvalidForm for what cannot be stored."""
        variables.set_value(self._case, name, _storable({name: value})[name])

    def require_completable(self, task_id: str) -> None:
        """For whoever writes something down first. Raises as complete() does."""
        self._completable(task_id)

    def _completable(self, task_id: str) -> Task:
        task = self._case.find(task_id)
        if task is None or not _is_open(task):
            raise TaskNotOpen
        if (opens := self._opens_at(task)) and self._move.host.now < opens:
            raise InvalidForm({"": f"“{self._element(task).name}”要到 {opens:%Y-%m-%d %H:%M} 才能提交。"})
        return task

    def opens_at(self, task_id: str) -> datetime | None:
        """From when an open task may be completed (China's clock); None: at once. Raises ExpressionError, NotFound."""
        task = self._case.find(task_id)
        if task is None:
            raise NotFound
        return self._opens_at(task)

    def _opens_at(self, task: Task) -> datetime | None:
        source = self._element(task).properties.get("opens")
        value = evaluate(source, task.data, self._move.functions_at(task)) if source else None
        return moment(value).astimezone(CHINA) if value else None

    def may_say(self, message_id: str) -> bool:
        """Whether a message is `available` now. Raises ExpressionError."""
        listener = waiting.listener(self._case, message_id)
        return listener is not None and listener.hears_messages and self._is_available(listener)

    def _is_available(self, listener: Listener) -> bool:
        condition = listener.element.properties.get("available")
        return condition is None or bool(
            evaluate(condition, listener.task.data, self._move.functions_at(listener.task))
        )

    def wake(self) -> None:
        """Fire every timer that is due, and those that become due by it."""
        self._move.begin()
        while stepping.fire_timers(self._case):
            stepping.advance(self._case)
        self._go_on()

    def put_off(self, later: Callable[[datetime, dict[str, Any]], datetime]) -> None:
        """The clock has stood still: see Timer.put_off(). Timers of a deadline go with it."""
        for listener in waiting.listeners(self._case):
            if listener.is_timer and not failures.has_failed(listener.task):
                listener.event.put_off(listener.task, later)

    def retry(self, failure_id: str) -> None:
        """Run a failed step again. Raises TaskNotOpen when it is not waiting for that."""
        task = self._case.find(failure_id)
        if task is None or not failures.has_failed(task):
            raise TaskNotOpen
        failures.forget(task)
        self._move.begin()
        if task.state == TaskState.WAITING:
            task.task_spec._update(task)
        else:
            stepping.run(task)
        self._go_on()

    def look_around(self) -> None:
        """The drawing has changed around a case: predict its way anew, and let go on what need not wait any more."""
        for task in list(self._case.all_tasks()):
            if task.state & UNFINISHED:
                task.task_spec._predict(task, mask=TaskState.NOT_FINISHED_MASK)
        self._move.begin()
        self._case.look_at_joins()
        self._go_on()

    def _go_on(self) -> None:
        stepping.advance(self._case)
        self._move.settle()
        prune(self._case)

    def _routing(self, values: dict[str, Any]) -> dict[str, Any]:
        names = self._move.definition.variables
        return _storable({name: value for name, value in values.items() if name in names})

    def _open_task(self, task: Task) -> OpenTask:
        move = self._move
        own, others = move.deadline_of(task), move.also_due(task)
        floor = str(task.workflow.parent_task_id or "")
        return OpenTask(str(task.id), self._element(task), dict(task.data), own, others, floor)

    def _element(self, task: Task) -> Element:
        return self._move.definition.elements[task.task_spec.bpmn_id]

    def _message(self, listener: Listener) -> PendingMessage:
        activity = listener.activity()
        open_task = str(activity.id) if activity is not None and _is_open(activity) else None
        return PendingMessage(listener.id, listener.element, open_task, dict(listener.task.data))

    def _timer(self, listener: Listener) -> Iterator[PendingTimer]:
        if not listener.is_timer or failures.has_failed(listener.task):
            return
        due_at, deadline = listener.event.read(listener.task)
        if due_at is not None:
            yield PendingTimer(listener.id, listener.element.id, due_at, deadline)


def _is_open(task: Task) -> bool:
    return task.state == TaskState.READY and task.task_spec.manual and not failures.has_failed(task)


def _storable(values: dict[str, Any]) -> dict[str, Any]:
    """A copy that nobody else changes. Raises InvalidForm for what cannot be stored."""
    problems = {name: reason for name, value in values.items() if (reason := unstorable(value))}
    if problems:
        raise InvalidForm(problems)
    return deepcopy(values)
