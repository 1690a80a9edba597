"""Everything one needs to see to do a task."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import exists, select

from engine import PendingMessage
from engine.forms import Choice, Form
from errors import AppError, MessageNotAccepted, NotFound
from models import Case, Identity, Submission, Task, User, session
from models.task import OPEN
from operations.moves import Move, open_case
from operations.submissions import choice_lists
from operations.tasks import may_see_task
from queries.deadlines import DeadlineView, deadline_of_task
from queries.prefill import prefilled
from reference.people import post_name


@dataclass(frozen=True)
class Action:
    """What the diagram offers on a task besides completing it: 申请退回, 申请延期 …

    `id` is the element's, which stays the same when the event waits again after it was used.
    When it is not available now, `why` says so in a sentence.
    """

    id: str
    name: str
    form: Form | None
    available: bool
    why: str


@dataclass(frozen=True)
class TaskPage:
    """`request` goes into the form, so that a double click counts once (P3)."""

    task: Task
    case: Case
    post_name: str
    is_open: bool
    may_work: bool
    may_claim: bool
    may_give_back: bool
    form: Form | None
    lists: dict[str, list[Choice]]
    values: dict[str, Any]
    actions: list[Action]
    deadline: DeadlineView | None
    done_by: str  # the name of who has completed it
    request: str


def task_page(task_id: str, by: Identity) -> TaskPage:
    """Raises NotFound when there is no such task or this person may not see it."""
    task = session.get(Task, task_id, populate_existing=True)
    if task is None or not may_see_task(task, by):
        raise NotFound
    case = session.get_one(Case, task.case_id)
    is_open, mine = task.state == OPEN, task.post in by.post_keys
    move = open_case(task.instance_id, by=by)
    return TaskPage(
        task=task,
        case=case,
        post_name=post_name(task.post),
        is_open=is_open,
        may_work=is_open and mine and task.inbox_key in (task.post, by.key),
        may_claim=is_open and mine and not task.is_claimed,
        may_give_back=is_open and task.inbox_key == by.key,
        form=move.definition.forms.get(task.form),
        lists=choice_lists(by),
        values=prefilled(move.definition.forms.get(task.form), by) | _known_values(move, task),
        actions=actions(move, task) if is_open and mine else [],
        deadline=deadline_of_task(task, case),
        done_by=_name_of(task.done_by),
        request=uuid4().hex,
    )


def _name_of(user: int | None) -> str:
    person = session.get(User, user) if user is not None else None
    return person.name if person else ""


def actions(move: Move, task: Task) -> list[Action]:
    """The boundary message events that wait on this task."""
    return [_action(move, message) for message in move.execution.messages() if message.task_id == task.id]


def _action(move: Move, message: PendingMessage) -> Action:
    properties = message.element.properties
    form = move.definition.forms.get(properties.get("form", ""))
    why = ""
    if "available" in properties and not _is_available(move, message):
        why = properties.get("unavailable", str(MessageNotAccepted()))
    return Action(message.element.id, message.element.name, form, not why, why)


def _is_available(move: Move, message: PendingMessage) -> bool:
    try:
        return move.execution.may_say(message.id)
    except AppError:
        return False


def _known_values(move: Move, task: Task) -> dict[str, Any]:
    """What the case already knows of the fields on this form; the clerk corrects instead of typing again.

    A form that was handed in before starts empty: an earlier round's decision must not pass for this one's.
    """
    form = move.definition.forms.get(task.form)
    open_task = next((each for each in move.execution.open_tasks() if each.id == task.id), None)
    if form is None or open_task is None:
        return {}
    fields = [field for field in form.inputs if field.readonly or not _handed_in_before(task)]
    known = {field.key: open_task.variables.get(field.key) for field in fields}
    return {key: value for key, value in known.items() if value is not None}


def _handed_in_before(task: Task) -> bool:
    earlier = exists().where(Submission.case_id == task.case_id, Submission.form == task.form)
    return bool(session.scalar(select(earlier)))


def action_of(page: TaskPage, event: str) -> Action:
    """Raises NotFound when the task does not offer it."""
    for action in page.actions:
        if action.id == event:
            return action
    raise NotFound
