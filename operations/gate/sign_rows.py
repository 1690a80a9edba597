"""Which signs a task waits for, what its row says of them, and how they end with it. The caller commits."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from models import Case, HeldForm, Notice, Task, TaskSign, Writes, session
from models.sign import IS_PENDING, VOID
from models.task import ASKED, HELD, LATER, OPEN, UNASKED
from operations.gate.known import KnownSign
from operations.gate.moves import Move
from operations.gate.revisions import change

_signs, _held = TaskSign.__table__.c, HeldForm.__table__.c
_void = update(TaskSign.__table__).where(_signs.id == bindparam("sign"))  # type: ignore[arg-type]
_drop_held = (
    delete(HeldForm.__table__)  # type: ignore[arg-type]
    .where(_held.task_id == bindparam("task"))
    .execution_options(may_find_none=True)
)


class FormWaits(Exception):
    """The clock would end, at this moment, a task whose form is handed in and waits for colleagues."""

    def __init__(self, task_id: str, at: datetime):
        super().__init__(task_id)
        self.task_id, self.at = task_id, at


def pending_signs(task_id: str) -> Sequence[TaskSign]:
    """The signs that a task still waits for, oldest first."""
    session.flush()
    mine = select(TaskSign).where(TaskSign.task_id == task_id, IS_PENDING)
    return session.scalars(mine.order_by(TaskSign.id).execution_options(populate_existing=True)).all()


def keep_asked(task: Task) -> None:
    """Let the row of a locked task say what its signs say now; every act on them ends with this. A task that is no
    longer open asks nobody.
    """
    asked = _asked(pending_signs(task.id), task) if task.state == OPEN else UNASKED
    if asked != task.asked:
        change(task, asked=asked)


def _asked(pending: Collection[TaskSign], task: Task) -> str:
    if not pending:
        return UNASKED
    if session.get(HeldForm, task.id):
        return HELD
    return ASKED if any(sign.state == ASKED for sign in pending) else LATER


def end_signs(move: Move, gone: Mapping[str, str], known: Sequence[KnownSign], writes: Writes) -> None:
    """These tasks (id: name) wait for nobody any more: nobody is asked about them any more, and who was is told.

    Raises FormWaits where the clock ends a task whose form is held.
    """
    pending = [sign for sign in known if sign.task in gone]
    case, at = move.instance.case, move.host.now
    if move.kind == "timer":
        _require_nothing_held({sign.task for sign in pending}, at)
    for sign in pending:
        void(writes, sign, f"“{gone[sign.task]}”已经撤销", case, at)
    for task in dict.fromkeys(sign.task for sign in pending):  # a form is held for pending signs only
        writes.change(_drop_held, task=task)


def void(writes: Writes, sign: KnownSign | TaskSign, why: str, case: Case, at: datetime) -> None:
    """It is not to be answered any more, and whoever was asked is told."""
    writes.change(_void, sign=sign.id, state=VOID, closed_at=at)
    if sign.state == ASKED:
        writes.add(Notice, case_id=case.id, post=sign.post, text=f"{why}，不用再答复：{case.title}。", at=at)


def _require_nothing_held(tasks: Collection[str], at: datetime) -> None:
    for task in tasks:
        if session.get(HeldForm, task, populate_existing=True):
            raise FormWaits(task, at)
