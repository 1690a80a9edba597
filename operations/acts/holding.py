"""A form that is handed in while colleagues are asked about the task (并行加签、后加签) is held and the engine does not
move. It completes the task once the last of them has answered (operations/acts/signing.py).
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from errors import InvalidForm
from models import Draft, HeldForm, Identity, Notice, PostHolder, Task, TaskSign, User, Writes, previous_seal, session
from models.outbox import SIGN
from models.sign import AFTER, ANSWERED, ASKED, BEFORE, DELEGATED, LATER
from operations.gate.draft_rows import drop_draft
from operations.gate.moves import move_of
from operations.gate.requests import already_handled, remember
from operations.gate.revisions import add_revision
from operations.gate.sign_rows import keep_asked
from operations.gate.submissions import checked
from operations.gate.suspension import refuse_stopped
from reference.people import identity, post_names

#: Without their answer nothing is handed in.
FIRST = (BEFORE, DELEGATED)


def hold(
    task: Task,
    pending: Sequence[TaskSign],
    values: Mapping[str, Any],
    *,
    by: Identity,
    request: str | None,
    at: datetime,
    edition: int,
) -> None:
    """Keep the form of a locked task until the `pending` signs are in; whom 后加签 names is asked now.

    Raises InvalidForm, also while 前加签 or 委派 is unanswered or a form is held already; NotAllowed for a quarantined
    case.
    """
    if already_handled(request):
        return
    refuse_stopped(task.instance)
    _require_free(task, pending)
    move = move_of(task.instance, by=by, at=at, edition=edition)
    move.execution.require_completable(task.id)
    clean = checked(move, task.element, values, task.id)
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
    keep_asked(task)


def content_mark(held: HeldForm) -> str:
    """Of what was handed in: another content has another mark."""
    return hashlib.sha256(json.dumps(held.values, sort_keys=True).encode()).hexdigest()[:16]


def give_back_form(held: HeldForm, task: Task, at: datetime, *, to: int | None) -> None:
    """What was held is the draft of the user with the id `to`, who goes on with it. Whoever was asked to confirm it,
    and whoever has, is asked anew with the next form: what they said was of this one, and stands in the history.
    """
    draft = session.scalar(select(Draft).filter_by(user_id=to, task_id=task.id, action="", flow=""))
    if draft is None:
        draft = Draft(user_id=to, task_id=task.id)
        session.add(draft)
    draft.name, draft.values, draft.at = task.name, held.values, at
    session.delete(held)
    after = (TaskSign.task_id == task.id) & (TaskSign.kind == AFTER) & TaskSign.state.in_((ASKED, ANSWERED))
    unsaid = {"closed_at": None, "answer": "", "agrees": None, "answered_by": ""}
    session.execute(update(TaskSign).where(after).values(state=LATER, **unsaid))


def who_goes_on(held: HeldForm, task: Task) -> int:
    """The id of the user to whom a form comes back that nobody has taken back: whoever has the task, else its writer,
    else, where they have left the post, another of its holders.
    """
    if task.claimed_by is not None:
        return task.claimed_by
    writer = identity(held.user_id)
    if writer and task.post in writer.post_keys:
        return held.user_id
    of_post = select(PostHolder.user_id).join(User, User.id == PostHolder.user_id).order_by(User.id)
    holder = session.scalar(of_post.where(PostHolder.post_key == task.post, User.disabled.is_(False)).limit(1))
    return held.user_id if holder is None else holder


def ask(writes: Writes, task: Task, sign: TaskSign, *, by: Identity, at: datetime) -> None:
    text = f"{by.name}请您就“{task.name}”{'确认' if sign.kind == AFTER else '提出意见'}：{task.instance.case.title}。"
    writes.add(Notice, case_id=task.case_id, post=sign.post, kind=SIGN, text=text + sign.question, at=at)


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
