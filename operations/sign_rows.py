"""Signs end with their task, whatever ends it. The caller sends and commits."""

from collections.abc import Iterable

from sqlalchemy import bindparam, delete, select, update

from models import HeldForm, Notice, Task, TaskSign, Writes, session
from models.sign import ASKED, PENDING, VOID
from operations.moves import Move

_signs, _held = TaskSign.__table__.c, HeldForm.__table__.c
_void = update(TaskSign.__table__).where(_signs.id == bindparam("sign"))  # type: ignore[arg-type]
_pending = (
    select(TaskSign.id, TaskSign.post, TaskSign.state, Task.name)
    .join(Task, Task.id == TaskSign.task_id)
    .where(TaskSign.task_id.in_(bindparam("tasks", expanding=True)), TaskSign.state.in_(PENDING))
    .order_by(TaskSign.id)
)
_drop_held = (
    delete(HeldForm.__table__)  # type: ignore[arg-type]
    .where(_held.task_id == bindparam("task"))
    .execution_options(may_find_none=True)
)


def end_signs(move: Move, tasks: Iterable[str], writes: Writes) -> None:
    """These tasks are withdrawn: nobody is asked about them any more, and who was is told."""
    ids = list(tasks)
    if not ids:
        return
    case, at = move.instance.case, move.host.now
    for sign in session.execute(_pending, {"tasks": ids}):
        writes.change(_void, sign=sign.id, state=VOID, closed_at=at)
        if sign.state == ASKED:
            text = f"“{sign.name}”已经撤销，不用再答复：{case.title}。"
            writes.add(Notice, case_id=case.id, post=sign.post, text=text, at=at)
    for task in ids:
        writes.change(_drop_held, task=task)
