"""A form that is handed in while colleagues are asked about the task (并行加签、后加签) is held and the engine does not
move. It completes the task once the last of them has answered (operations/signing.py).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, select, update

from errors import InvalidForm
from models import Draft, HeldForm, Identity, Notice, Task, TaskSign, Writes, previous_seal, session
from models.sign import AFTER, ASKED, BEFORE, DELEGATED, LATER, PENDING
from operations.draft_rows import drop_draft
from operations.moves import move_of
from operations.requests import already_handled, remember
from operations.revisions import add_revision
from operations.submissions import checked
from reference.people import post_names

#: Without their answer nothing is handed in.
FIRST = (BEFORE, DELEGATED)
#: Of the task that a statement asks for as `task`.
HAS_PENDING = exists().where(TaskSign.task_id == bindparam("task"), TaskSign.closed_at.is_(None))


def hold(
    task: Task,
    values: Mapping[str, Any],
    *,
    by: Identity,
    request: str | None,
    at: datetime,
    edition: int,
) -> None:
    """Keep the form of a locked task until the signs are in; whom 后加签 names is asked now.

    Raises InvalidForm, also while 前加签 or 委派 is unanswered or a form is held already.
    """
    if already_handled(request):
        return
    pending = pending_signs(task.id)
    _require_free(task, pending)
    move = move_of(task.instance, by=by, at=at, edition=edition)
    opens = move.execution.opens_at(task.id)
    if opens and at < opens:
        raise InvalidForm({"": f"“{task.name}”要到 {opens:%Y-%m-%d %H:%M} 才能提交。"})
    clean = checked(move, task.form, values, task.id)
    session.add(HeldForm(task_id=task.id, user_id=by.id, by=by.name, values=clean, at=at))
    writes = Writes()
    for sign in pending:
        if sign.state == LATER:
            sign.state = ASKED
            ask(writes, task, sign, by=by, at=at)
    told = [["held", f"等{names_of(pending)}答复后办结", task.element]]
    tell(writes, task, "held", task.name, told, by=by, at=at)
    drop_draft(writes, by, task_id=task.id)
    remember(writes, request, case_id=task.case_id, task_id=task.id, at=at)
    writes.send()


def pending_signs(task_id: str) -> Sequence[TaskSign]:
    """The signs that a task still waits for, oldest first."""
    session.flush()
    mine = select(TaskSign).where(TaskSign.task_id == task_id, TaskSign.state.in_(PENDING))
    return session.scalars(mine.order_by(TaskSign.id).execution_options(populate_existing=True)).all()


def give_back_form(held: HeldForm, task: Task, at: datetime) -> None:
    """What was held is its writer's draft again, and 后加签 is asked anew with the next form."""
    draft = session.scalar(select(Draft).filter_by(user_id=held.user_id, task_id=task.id, action="", flow=""))
    if draft is None:
        draft = Draft(user_id=held.user_id, task_id=task.id)
        session.add(draft)
    draft.name, draft.values, draft.at = task.name, held.values, at
    session.delete(held)
    after = (TaskSign.task_id == task.id) & (TaskSign.kind == AFTER) & (TaskSign.state == ASKED)
    session.execute(update(TaskSign).where(after).values(state=LATER))


def ask(writes: Writes, task: Task, sign: TaskSign, *, by: Identity, at: datetime) -> None:
    text = f"{by.name}请您就“{task.name}”{'确认' if sign.kind == AFTER else '提出意见'}：{task.instance.case.title}。"
    writes.add(Notice, case_id=task.case_id, post=sign.post, text=text + sign.question, at=at)


def tell(
    writes: Writes, task: Task, kind: str, name: str, notes: list[list[str]], *, by: Identity, at: datetime
) -> None:
    """A row of the history about a task, from which the engine has not moved."""
    seal = previous_seal(task.instance_id)
    add_revision(writes, task.instance, seal, kind=kind, element=task.element, name=name, by=by, at=at, notes=notes)


def names_of(signs: Sequence[TaskSign]) -> str:
    return "、".join(post_names(sign.post for sign in signs).values())


def _require_free(task: Task, pending: Sequence[TaskSign]) -> None:
    if first := [sign for sign in pending if sign.kind in FIRST]:
        raise InvalidForm({"": f"还在等{names_of(first)}的意见，答复以后才能提交；可以先存草稿，或者减签。"})
    if session.get(HeldForm, task.id, populate_existing=True):
        raise InvalidForm({"": f"这个任务已经提交过，正在等{names_of(pending)}答复；要改请先取回。"})
