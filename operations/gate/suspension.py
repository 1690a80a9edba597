"""A case that an operator has suspended (暂停): until it is resumed nobody moves it and nothing falls due (C-03)."""

from datetime import datetime

from sqlalchemy import select

from config import ZONE
from errors import NotAllowed
from models import Identity, Notice, ProcessInstance, Task, session
from models.task import IS_OPEN
from operations.gate.moves import Move, move_of
from operations.gate.quarantine import refuse_quarantined
from operations.gate.writing import write_down


def refuse_stopped(instance: ProcessInstance) -> None:
    """Raises NotAllowed: nobody moves it before an operator has looked, or has resumed it."""
    refuse_quarantined(instance)
    if instance.suspended_at:
        raise NotAllowed(f"{words_of(instance.suspended_at, instance.suspended_why)}。恢复以后再办，这次没有提交。")


def words_of(since: datetime, why: str) -> str:
    """本件已暂停（2026-03-12）：等省厅批复. For staff who may see the case."""
    return f"本件已暂停（{since.astimezone(ZONE):%Y-%m-%d}）：{why}"


def suspend(instance: ProcessInstance, why: str, *, by: Identity) -> Move:
    """Stop the clock of a locked running case. What the flow itself has suspended stays as it is. The caller has asked
    whether it may be.
    """
    move = move_of(instance, by=by)
    book = move.host.deadlines
    keys = book.counting()
    for key in keys:
        book.suspend(key)
        _note(move, key, "停止计时")
    instance.suspended_at, instance.suspended_why, instance.suspended_limits = move.host.now, why, keys
    return _written(move, "suspended", why, f"“{instance.case.title}”已暂停办理，时限不计，原因：{why}")


def resume(instance: ProcessInstance, why: str, *, by: Identity) -> Move:
    """Let the clock of a locked suspended case run on: what was left of a limit is left again (C-03)."""
    move, since = move_of(instance, by=by), instance.suspended_at
    assert since is not None
    book = move.host.deadlines
    for key in instance.suspended_limits or []:
        due = book.resume(key).astimezone(ZONE)
        _note(move, key, f"接着计时，到期日 {due:%Y-%m-%d}")
    move.execution.put_off(lambda due, length: book.after_pause(due, since, length))
    instance.suspended_at, instance.suspended_why, instance.suspended_limits = None, "", None
    return _written(move, "resumed", why, f"“{instance.case.title}”已恢复办理，时限接着计：{why}")


def _note(move: Move, key: str, what: str) -> None:
    name, element = move.host.deadlines.known_as(key)
    move.host.context.note("deadline", f"{name}：{what}", element)


def _written(move: Move, kind: str, why: str, notice: str) -> Move:
    """Down it goes, and whoever works on it is told."""
    instance = move.instance
    move.kind = kind
    move.host.context.note("reason", f"原因：{why}")
    write_down(move)
    posts = select(Task.post).where(Task.instance_id == instance.id, IS_OPEN).distinct().order_by(Task.post)
    for post in session.scalars(posts):
        session.add(Notice(case_id=instance.case_id, post=post, text=notice, at=move.host.now))
    return move
