"""Tasks that somebody has claimed go back before their posts when that person can do them no more."""

from sqlalchemy import ColumnElement, select

from models import Identity, Task, User, now, session
from models.task import OPEN
from operations.gate.moves import lock
from operations.gate.revisions import change, record


def give_back_all(user: User, by: Identity, *which: ColumnElement[bool], why: str = "") -> int:
    """All open ones, or those of `which`; each case's history says so, and `why`. Returns how many there were.

    For callers that have a transaction. Raises AlreadyChanged.
    """
    claimed = select(Task.id, Task.instance_id).where(Task.state == OPEN, Task.inbox_key == f"user:{user.id}", *which)
    rows = session.execute(claimed.order_by(Task.instance_id, Task.id)).all()
    return sum(_give_back(task_id, instance_id, user, by, why) for task_id, instance_id in rows)


def _give_back(task_id: str, instance_id: int, user: User, by: Identity, why: str) -> bool:
    task = claimed_task(task_id, instance_id, user)
    if task is None:
        return False
    change(task, inbox_key=task.post, claimed_by=None)
    notes = [["given_back", why, task.element]] if why else []
    record(task.instance, kind="given_back", by=by, at=now(), element=task.element, name=task.name, notes=notes)
    return True


def claimed_task(task_id: str, instance_id: int, user: User) -> Task | None:
    """The task under the lock of its case, or None when this person no longer has it: they may have completed it while
    we waited.
    """
    lock(instance_id)
    task = session.get_one(Task, task_id, populate_existing=True)
    if task.state != OPEN or task.inbox_key != f"user:{user.id}":
        return None
    session.refresh(task.instance)
    return task
