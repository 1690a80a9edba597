"""The open tasks of a case, after a move: new ones for their posts, withdrawn ones closed, deadlines on each."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, exists, select, update
from sqlalchemy.orm.util import identity_key

from engine import OpenTask
from errors import AppError, NotFound
from models import CaseUnit, Incident, Post, Task, add_row, session
from models.task import CANCELLED, OPEN
from operations.deadlines import NEVER
from operations.incident_rows import raise_incident
from operations.moves import Move

#: Where a task waits whose post does not exist: an operator's, not nobody's.
NOBODY = "post:system:operator"

_tasks, _units = Task.__table__.c, CaseUnit.__table__.c
_open_tasks = select(_tasks.id, _tasks.element, _tasks.name, _tasks.deadline_key, _tasks.due_at).where(
    _tasks.instance_id == bindparam("instance"), _tasks.state == OPEN
)
_next_revision = (
    update(Task.__table__)  # type: ignore[arg-type]
    .where(_tasks.id == bindparam("task"))
    .values(revision=_tasks.revision + 1)
)
_is_post = select(exists().where(Post.__table__.c.key == bindparam("post")))
_takes_part = select(exists().where(_units.case_id == bindparam("case"), _units.unit == bindparam("unit")))


def write_tasks(move: Move) -> None:
    """Make the task rows say what the engine says."""
    waiting = {task.id: task for task in move.execution.open_tasks()}
    for row in session.connection().execute(_open_tasks, {"instance": move.instance.id}).all():
        if waiting.pop(row.id, None) is None:
            _withdraw(move, row)
        elif (due_at := _due_at(move, row.deadline_key)) != row.due_at:
            _change(row.id, due_at=due_at)
    for task in waiting.values():
        _open(move, task)


def _withdraw(move: Move, row: Row[Any, Any, Any, Any, Any]) -> None:
    _change(row.id, state=CANCELLED, closed_at=move.host.now)
    move.host.context.note("withdrawn", f"撤销：{row.name}", row.element)


def _change(task_id: str, **columns: Any) -> None:
    session.connection().execute(_next_revision, {"task": task_id, **columns})
    if known := session.identity_map.get(identity_key(Task, task_id)):
        session.expire(known)


def _open(move: Move, task: OpenTask) -> None:
    element = task.element
    post = _post(move, task)
    add_row(
        Task,
        id=task.id,
        instance_id=move.instance.id,
        case_id=move.instance.case_id,
        element=element.id,
        name=element.name,
        form=element.properties.get("form", ""),
        post=post,
        inbox_key=post,
        due_at=_due_at(move, task.deadline),
        deadline_key=task.deadline,
        confidential=element.properties.get("confidential") == "yes",
        created_at=move.host.now,
        revision=1,
    )
    _let_see(move, post)
    move.host.context.note("opened", element.name, element.id)


def _due_at(move: Move, key: str | None) -> datetime:
    return (key and move.host.due(key)) or NEVER


def _post(move: Move, task: OpenTask) -> str:
    """Whose task it is. A post that does not exist is an incident, not a task nobody ever sees."""
    post, problem = _find_post(move, task)
    if post is None:
        message = f"“{task.element.name}”派不出去：{problem}"
        raise_incident(move, kind="post", ref=task.id, element=task.element.id, message=message)
    return post or NOBODY


def _find_post(move: Move, task: OpenTask) -> tuple[str | None, str]:
    try:
        post = move.execution.evaluate(task.id, task.element.properties["candidates"])
    except AppError as error:
        return None, str(error)
    if isinstance(post, str) and session.connection().scalar(_is_post, {"post": post}):
        return post, ""
    return None, f"没有岗位“{post}”"


def assign_again(move: Move, incident: Incident) -> None:
    """An operator has mended the organisation: give the task to its post now, if there is one."""
    task = next((task for task in move.execution.open_tasks() if task.id == incident.ref), None)
    post, problem = _find_post(move, task) if task else (None, "")
    if task and post is None:
        raise NotFound(f"仍然派不出去：{problem}")
    if post:
        row = session.get_one(Task, incident.ref)
        row.post = row.inbox_key = post
        _let_see(move, post)
    incident.resolved_at = move.host.now


def _let_see(move: Move, post: str) -> None:
    key = {"case": move.instance.case_id, "unit": post.split(":")[1]}
    if not session.connection().scalar(_takes_part, key):
        add_row(CaseUnit, case_id=key["case"], unit=key["unit"], role="office")
