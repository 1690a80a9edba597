"""To which steps a task may be sent back (退回): those its token has really come from, read from the case's history."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, select

import handlers
from engine import SEND_BACK, Execution, SendingBack
from engine.forms import Choice
from models import Case, HistoryEvent, Identity, Task, User, session, unit_of
from models.task import COMPLETED, HELD
from operations.gate.visibility import visible
from reference import definitions
from reference.people import post_name

#: Rows of the history in which a task is completed.
COMPLETING = ("completed", "held_in", "submitted")
#: Services that change a limit: going over them once more would change it once more.
LIMITS = "deadline."


NOWHERE = "前面没有可以退回的环节：没有本单位办过的，或者之后已经送出、会合，或者流程另画了退回的办法。"


@dataclass(frozen=True)
class StepBack:
    """A completed task that one may go back to; `over`: the automatic elements that its token passed after it."""

    task: Task
    over: frozenset[str]


@dataclass(frozen=True)
class _Completion:
    """A step that was done, and over which elements the case then went on."""

    task: Task
    passed: list[str]


def steps_back(task: Task, execution: Execution) -> list[StepBack]:
    """The completed tasks of before that an open one may be sent back to, the nearest first.

    Of its own unit alone, whose business it is what its posts do among themselves: where a document draws a way back to
    somebody else, that is the way, with its own limits. The diagram may allow more (`sendBack`).
    """
    if why_not_now(task):
        return []
    back = SendingBack(execution, task.id)
    done = _completions(task, back)
    return list(_walk(task, back, done)) if done else []


def why_not_now(task: Task) -> str:
    """Why nobody may send this task back now, in a sentence; "" when they may, if there is where to."""
    if task.instance.case.archived:
        return "本件已经归档，只能查看，不能退回（C-10）。"
    if task.asked == HELD:
        return "任务已经提交、正在等答复，不能退回；请先取回。"
    return ""


def choices_of_steps(steps: Sequence[StepBack]) -> list[Choice]:
    """Each named with who did it."""
    tasks = [step.task for step in steps]
    people = select(User.id, User.name).where(User.id.in_({each.done_by for each in tasks}))
    names: dict[int | None, str] = {row.id: row.name for row in session.execute(people)}
    return [Choice(each.id, f"{each.name}（{_who(each, names.get(each.done_by))}）") for each in tasks]


def step_name(task_id: str, by: Identity) -> str:
    """What a step is called that was chosen; the id itself where this person may not know."""
    mine = select(Task.name).join(Case, Case.id == Task.case_id).where(Task.id == task_id, visible(by))
    return session.scalar(mine.where(~Task.confidential)) or task_id


def _who(step: Task, name: str | None) -> str:
    return f"{name}，{post_name(step.post)}" if name else post_name(step.post)


def _walk(task: Task, back: SendingBack, done: list[_Completion]) -> Iterator[StepBack]:
    """From step to step, until one that may not be reached."""
    definition = definitions.definition(task.instance.definition_id)
    anybody = definition.elements[task.element].properties.get(SEND_BACK) == "any"
    here, left = task.element, done
    while found := _came_from(here, back, left):
        step, left = found
        if step.task.element == task.element or not (anybody or is_own(step.task, task)):
            return
        yield step
        here = step.task.element


def is_own(step: Task, task: Task) -> bool:
    """Whether both are of one unit."""
    return unit_of(step.post) == unit_of(task.post)


def _came_from(here: str, back: SendingBack, done: list[_Completion]) -> tuple[StepBack, list[_Completion]] | None:
    """The step that was done right before, and what had been done before that; None where one may not go."""
    for index, each in enumerate(done):
        if way := back.way(each.task.element, here, [each.task.element, *each.passed]):
            over = may_be_crossed(way.services) and back.may_reach(each.task.element, way)
            return (StepBack(each.task, way.elements), done[index + 1 :]) if over else None
    return None


def may_be_crossed(services: frozenset[str]) -> bool:
    """Whether all of them may be done again when the case comes that way once more: nothing has left the house."""
    known = handlers.catalogue()
    return all(known[each].undoable and not each.startswith(LIMITS) for each in services)


def _completions(task: Task, back: SendingBack) -> list[_Completion]:
    """Of the steps before it in the same process under way, newest first."""
    before = back.steps_before
    if not before:
        return []
    same = and_(
        HistoryEvent.instance_id == Task.instance_id,
        HistoryEvent.element == Task.element,
        HistoryEvent.at == Task.closed_at,
        HistoryEvent.kind.in_(COMPLETING),
    )
    mine = (Task.instance_id == task.instance_id) & (Task.floor == back.floor) & (Task.state == COMPLETED)
    rows = select(Task, HistoryEvent.path).join(HistoryEvent, same)
    found = session.execute(rows.where(mine, Task.element.in_(before)).order_by(HistoryEvent.revision.desc()))
    return [_Completion(step, [element for element, outcome in path if outcome == "completed"]) for step, path in found]
