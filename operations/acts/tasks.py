"""Claim, give back and complete user tasks, and ask for what the diagram offers on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Self, TypedDict

from sqlalchemy import Select, bindparam, literal_column, or_, select
from sqlalchemy.orm.attributes import set_committed_value

from errors import MessageNotAccepted, NotAllowed, NotFound, TaskNotOpen
from models import Case, Identity, ProcessInstance, Task, Writes, clock_of, moment_of, now, session, transactional
from models.loaded import columns_of, take
from models.task import COMPLETED, IS_OPEN, OPEN, UNASKED
from models.trips import Answer, Asked, read
from operations.acts.holding import hold
from operations.gate.draft_rows import drop_draft, drop_drafts_of_task
from operations.gate.instances import moving
from operations.gate.other_hands import refuse_same_hands, why_not_these_hands
from operations.gate.recall_points import point_of
from operations.gate.requests import already_handled, remember, request_key
from operations.gate.revisions import record, step
from operations.gate.sign_rows import pending_signs
from operations.gate.submissions import submit
from operations.gate.visibility import may_see_task
from operations.gate.writing import hand_in
from reference import calendar


class Now(TypedDict):
    """The moment of an act, and the calendar edition in force."""

    at: datetime
    edition: int


@dataclass(frozen=True)
class Done:
    """What somebody has acted on, and the id of what they may do next in the same case: the same task where it still
    waits, else the most urgent one.
    """

    task: Task
    following: str | None

    @classmethod
    def of(cls, task: Task, following: Answer) -> Self:
        """From what `_next_of` was answered."""
        return cls(task, following[0][0] if following else None)


@transactional
def claim_task(task_id: str, *, by: Identity) -> Task:
    """Take a task of one's post. Raises NotFound, NotAllowed, TaskNotOpen, AlreadyChanged."""
    task = workable_task(locked_task(task_id), by)
    if task.inbox_key == by.key:
        return task
    if why := why_not_these_hands(task, by):
        raise NotAllowed(why)
    task.inbox_key, task.claimed_by = by.key, by.id
    _tell(task, "claimed", by.at(task.post))
    return task


@transactional
def give_back_task(task_id: str, *, by: Identity) -> Task:
    """Put a claimed task back before one's post. Raises NotFound, NotAllowed, TaskNotOpen."""
    task = _open_task(locked_task(task_id), by)
    if task.inbox_key != by.key:
        raise NotAllowed("只有认领人能把任务放回。")
    task.inbox_key, task.claimed_by = task.post, None
    _tell(task, "given_back", by.at(task.post))
    return task


@transactional
def complete_task(task_id: str, values: Mapping[str, Any], *, by: Identity, request: str | None = None) -> Done:
    """Complete a user task and move its case on; while colleagues are asked about it (加签), the form is held and the
    task stays open.

    Raises NotFound, NotAllowed, TaskNotOpen, InvalidForm, AlreadyChanged.
    """
    request = request_key(request, "complete", task_id, by=by)
    row, now_is = _locked(task_id)
    try:
        task = workable_task(row, by)
    except TaskNotOpen:  # only then can this request have been here before
        if row and already_handled(request):
            return _as_it_is(row, by)
        raise
    refuse_same_hands(task, by)
    by = by.at(task.post)
    if task.asked and (pending := pending_signs(task.id)):
        hold(task, pending, values, by=by, request=request, **now_is)
        return _as_it_is(task, by)
    return finish(task, values, by=by, request=request, **now_is)


def finish(
    task: Task,
    values: Mapping[str, Any],
    *,
    by: Identity,
    request: str | None = None,
    at: datetime | None = None,
    edition: int | None = None,
) -> Done:
    """Complete a locked task that waits for nobody else. Raises InvalidForm before anything is written, NotAllowed for
    a quarantined case.
    """
    with moving(
        task.instance, by=by, kind="completed", element=task.element, name=task.name, at=at, edition=edition
    ) as move:
        move.execution.require_completable(task.id)
        move.point = point_of(move, task)
        writes = Writes()
        clean = submit(writes, move, task.form, values, element=task.element, task_id=task.id)
        step(writes, task, state=COMPLETED, closed_at=move.host.now, done_by=by.id, asked=UNASKED)
        drop_drafts_of_task(writes, task.id)
        remember(writes, request, case_id=task.case_id, task_id=task.id, at=move.host.now)
        hand_in(move, writes)
        move.execution.complete(task.id, clean)
        move.question = _next_of(task, by)
    return Done.of(task, move.answer)


@transactional
def send_message(
    task_id: str, action: str, values: Mapping[str, Any], *, by: Identity, request: str | None = None
) -> Done:
    """Ask for what a boundary message event on the task offers: 申请退回, 申请延期 …

    `action` is the event's element id.
    Raises NotFound, NotAllowed, TaskNotOpen, MessageNotAccepted, InvalidForm, AlreadyChanged.
    """
    request = request_key(request, "message", task_id, action, by=by)
    row, now_is = _locked(task_id)
    if row and already_handled(request):
        return _as_it_is(row, by)
    task = workable_task(row, by)
    by = by.at(task.post)
    with moving(task.instance, by=by, kind="message", **now_is) as move:
        offered = (each for each in move.execution.messages() if each.task_id == task_id)
        message = next((each for each in offered if each.element.id == action), None)
        if message is None:
            raise MessageNotAccepted
        move.element, move.name = message.element.id, message.element.name
        form = message.element.properties.get("form", "")
        writes = Writes()
        clean = submit(writes, move, form, values, element=message.element.id, task_id=task.id)
        drop_draft(writes, by, task_id=task.id, action=action)
        remember(writes, request, case_id=task.case_id, task_id=task.id, at=move.host.now)
        hand_in(move, writes)
        move.execution.receive(message.id, clean)
        move.question = _next_of(task, by)
    return Done.of(task, move.answer)


def locked_task(task_id: str) -> Task | None:
    """The task and its case as they are once nobody else holds them."""
    return _locked(task_id)[0]


def _locked(task_id: str) -> tuple[Task | None, Now]:
    """The task, and the moment."""
    session.flush()
    connection = session.connection()
    rows = read(connection, _task_with_case(connection.dialect.name), {"task": task_id})
    if not rows:
        return None, Now(at=now(), edition=0)
    row = iter(rows[0])
    task, instance, case = take(Task, row), take(ProcessInstance, row), take(Case, row)
    set_committed_value(task, "instance", instance)
    set_committed_value(instance, "case", case)
    moment, shift, edition = row
    return task, Now(at=moment_of(moment, shift), edition=edition)


@cache
def _task_with_case(database: str) -> Select[Any]:
    """Case first, then task (P2): PostgreSQL locks in this order, and reads what it locks again when it had to wait,
    and nothing else: what an act decides by stands in these rows.
    """
    return (
        select(
            *(*columns_of(Task), *columns_of(ProcessInstance), *columns_of(Case)),
            *(*clock_of(database), calendar.NEWEST),
        )
        .where(Task.id == bindparam("task"))
        .join(Task.instance)
        .join(ProcessInstance.case)
        .with_for_update(of=[ProcessInstance, Task, Case], key_share=True)
    )


def _as_it_is(task: Task, by: Identity) -> Done:
    return Done.of(task, read(session.connection(), *_next_of(task, by)))


def _next_of(task: Task, by: Identity) -> Asked:
    keys = {f"key{number}": key for number, key in enumerate((by.key, *by.post_keys))}
    return _next_of_mine(len(keys)), {"instance": task.instance_id, "task": task.id, **keys}


@cache
def _next_of_mine(keys: int) -> Select[Any]:
    """For somebody with so many inbox keys. By the instance: its open tasks are an index range, those of a case are all
    it ever had.
    """
    return (
        select(Task.__table__.c.id)
        .where(Task.instance_id == bindparam("instance"), IS_OPEN)
        .where(or_(*(Task.inbox_key == bindparam(f"key{number}") for number in range(keys))))
        .order_by(Task.id != bindparam("task"), Task.due_at, Task.created_at, Task.id)
        .limit(literal_column("1"))
    )


def _open_task(task: Task | None, by: Identity) -> Task:
    if task is None or not may_see_task(task, by):
        raise NotFound
    if task.state != OPEN:
        raise TaskNotOpen
    return task


def workable_task(row: Task | None, by: Identity) -> Task:
    """An open task that this person may work on: claimed by them, or unclaimed before one of their posts."""
    task = _open_task(row, by)
    if task.post not in by.post_keys:
        raise NotAllowed
    if task.is_claimed and task.inbox_key != by.key:
        raise NotAllowed("同事已经认领了这个任务。")
    return task


def _tell(task: Task, kind: str, by: Identity) -> None:
    record(task.instance, kind=kind, by=by, at=now(), element=task.element, name=task.name)
