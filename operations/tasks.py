"""Claim, give back and complete user tasks, and ask for what the diagram offers on them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from errors import MessageNotAccepted, NotAllowed, NotFound, TaskNotOpen
from models import Identity, ProcessInstance, Task, Writes, now, session, transactional
from models.task import COMPLETED, OPEN
from operations.instances import moving
from operations.requests import already_handled, remember, request_key
from operations.revisions import record, step
from operations.submissions import submit
from operations.visibility import may_see_task

_instances, _tasks = ProcessInstance.__table__, Task.__table__
_case_of_task = (
    select(_instances.c.id)
    .join_from(_instances, _tasks)
    .where(_tasks.c.id == bindparam("task"))
    .with_for_update(of=_instances)
)
_task_with_case = (
    select(Task)
    .where(Task.id == bindparam("task"))
    .options(joinedload(Task.instance, innerjoin=True))
    .execution_options(populate_existing=True)
)


@transactional
def claim_task(task_id: str, *, by: Identity) -> Task:
    """Take a task of one's post. Raises NotFound, NotAllowed, TaskNotOpen, AlreadyChanged."""
    _lock_case_of(task_id)
    task = _open_task(task_id, by)
    if task.inbox_key == by.key:
        return task
    if task.is_claimed:
        raise NotAllowed("同事已经认领了这个任务。")
    task.inbox_key, task.claimed_by = by.key, by.id
    _tell(task, "claimed", by)
    return task


@transactional
def give_back_task(task_id: str, *, by: Identity) -> Task:
    """Put a claimed task back before one's post. Raises NotFound, NotAllowed, TaskNotOpen."""
    _lock_case_of(task_id)
    task = _open_task(task_id, by)
    if task.inbox_key != by.key:
        raise NotAllowed("只有认领人能把任务放回。")
    task.inbox_key, task.claimed_by = task.post, None
    _tell(task, "given_back", by)
    return task


@transactional
def complete_task(task_id: str, values: Mapping[str, Any], *, by: Identity, request: str | None = None) -> Task:
    """Complete a user task and move its case on.

    Raises NotFound, NotAllowed, TaskNotOpen, InvalidForm, AlreadyChanged.
    """
    request = request_key(request, "complete", task_id, by=by)
    _lock_case_of(task_id)
    try:
        task = _workable_task(task_id, by)
    except TaskNotOpen:  # only then can this request have been here before
        if already_handled(request):
            return session.get_one(Task, task_id)
        raise
    with moving(task.instance, by=by, kind="completed", element=task.element, name=task.name) as move:
        writes = Writes()
        clean = submit(writes, move, task.form, values, element=task.element, task_id=task.id)
        step(writes, task, state=COMPLETED, closed_at=move.host.now, done_by=by.id)
        remember(writes, request, case_id=task.case_id, task_id=task.id, at=move.host.now)
        writes.send()  # handlers read it
        move.execution.complete(task.id, clean)
    return task


@transactional
def send_message(
    task_id: str, action: str, values: Mapping[str, Any], *, by: Identity, request: str | None = None
) -> Task:
    """Ask for what a boundary message event on the task offers: 申请退回, 申请延期 …

    `action` is the event's element id.
    Raises NotFound, NotAllowed, TaskNotOpen, MessageNotAccepted, InvalidForm, AlreadyChanged.
    """
    request = request_key(request, "message", task_id, action, by=by)
    _lock_case_of(task_id)
    if already_handled(request):
        return session.get_one(Task, task_id, populate_existing=True)
    task = _workable_task(task_id, by)
    with moving(task.instance, by=by, kind="message") as move:
        offered = (each for each in move.execution.messages() if each.task_id == task_id)
        message = next((each for each in offered if each.element.id == action), None)
        if message is None:
            raise MessageNotAccepted
        move.element, move.name = message.element.id, message.element.name
        form = message.element.properties.get("form", "")
        writes = Writes()
        clean = submit(writes, move, form, values, element=message.element.id, task_id=task.id)
        remember(writes, request, case_id=task.case_id, task_id=task.id, at=move.host.now)
        writes.send()
        move.execution.receive(message.id, clean)
    return task


def _lock_case_of(task_id: str) -> None:
    """Case first, then task (P2): whoever waits here then sees what the one before has done."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":  # there the transaction has held the whole file from its beginning
        connection.execute(_case_of_task, {"task": task_id})


def _open_task(task_id: str, by: Identity) -> Task:
    task = session.scalar(_task_with_case, {"task": task_id})
    if task is None or not may_see_task(task, by):
        raise NotFound
    if task.state != OPEN:
        raise TaskNotOpen
    return task


def _workable_task(task_id: str, by: Identity) -> Task:
    """An open task that this person may work on: claimed by them, or unclaimed before one of their posts."""
    task = _open_task(task_id, by)
    if task.post not in by.post_keys:
        raise NotAllowed
    if task.is_claimed and task.inbox_key != by.key:
        raise NotAllowed("同事已经认领了这个任务。")
    return task


def _tell(task: Task, kind: str, by: Identity) -> None:
    record(task.instance, kind=kind, by=by, at=now(), element=task.element, name=task.name)
