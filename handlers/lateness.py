"""How late a unit is, as its 催办单 and 督办单 say it: 原时限 and 逾期 (F-C-3)."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, select

from config import ZONE
from handlers.context import CaseContext
from models import Case, Deadline, Task, session, unit_of
from models.deadline import IS_RUNNING, MISSED, RUNNING, VOID
from models.succession import serving
from models.task import IS_OPEN

#: What a unit can be late with; the limits of the ladder itself are none of these.
WORK = (
    *("sign", "contact", "handle", "redo", "respond", "joint", "plan", "task", "kpi", "report", "reply", "feedback"),
    *("checkin", "rectify", "rectify_ordered", "rectify_again"),
)
BESIDE = "contact"
AGAIN = "redo"


def lateness(case: CaseContext, key: str = "") -> dict[str, str]:
    """Of the limit of this case that has the key, else of the one that its work is late with. See _said()."""
    of = case.case.id
    if not key:
        return _said(case, _in_question(_work(of), case.now))
    newest = select(Deadline).where(_counts(of), Deadline.key == key).order_by(Deadline.id.desc()).limit(1)
    return _said(case, session.scalar(newest), named=True)


def lateness_of_unit(case: CaseContext, about: Case, unit: str) -> dict[str, str]:
    """Of a limit of the other case that runs for this unit; of another unit's lateness a 督办单 says nothing."""
    open_tasks = select(Task).where(Task.case_id == about.id, IS_OPEN, Task.confidential.is_(False))
    unit = serving(unit)
    theirs = [task for task in session.scalars(open_tasks) if serving(unit_of(task.post)) == unit]
    running = [limit for limit in _work(about.id, IS_RUNNING) if _runs_for(limit, unit, theirs)]
    return _said(case, _in_question(running, case.now))


def _runs_for(limit: Deadline, unit: str, tasks: Iterable[Task]) -> bool:
    """It has the unit's own key (handle:housing), or is that of one of its open tasks or what that stands under."""
    whose = limit.key.partition(":")[2]
    if whose and serving(whose) == unit:
        return True
    return any(
        limit.key == task.deadline_key or (limit.name, limit.due_at) == (task.due_name, task.due_at) for task in tasks
    )


def _said(case: CaseContext, limit: Deadline | None, *, named: bool = False) -> dict[str, str]:
    """原时限 and 逾期, in working days as on the screens, on the day of issue (F-C-3, C-07); nothing without a limit.
    The limit of a 再次办理 is not the original one (C-08).

    `named`: what the limit is of stands in the words of the order.
    """
    if limit is None:
        return {}
    original = _first_limit(limit)
    name = original.name.rsplit("（", 1)[0] if named else original.name
    facts = {"原时限": f"{original.due_at.astimezone(ZONE):%Y-%m-%d}（{name}）"}
    over = case.now if original.state in (RUNNING, MISSED) else original.closed_at
    if over is None or over < original.due_at:
        return facts
    days = case.deadlines.workdays_late(original.due_at, over)
    return facts | {"逾期": f"{days}个工作日" if days else "不足1个工作日"}


def _first_limit(limit: Deadline) -> Deadline:
    """For a 再次办理 the limit the matter was to be done by at first; else the same one."""
    key, _, whose = limit.key.partition(":")
    if key != AGAIN:
        return limit
    handle = f"handle:{whose}" if whose else "handle"
    first = select(Deadline).where(_counts(limit.case_id), Deadline.key == handle)
    return session.scalar(first.order_by(Deadline.id).limit(1)) or limit


def _in_question(work: Iterable[Deadline], now: datetime) -> Deadline | None:
    """What runs and is overdue, else what runs, due first; nothing running, what was missed or met too late last; else
    what was met last.

    A limit that ran out on the way and was passed over (视为签收) is not what the unit is urged for now; nor, while the
    work itself is late, is the call to the reporter that was forgotten beside it.
    """
    work = list(work)
    running = [row for row in work if row.state == RUNNING]
    running.sort(key=lambda row: (row.due_at > now, row.key.startswith(BESIDE), row.due_at))
    late = [row for row in work if row.on_time is False]  # a missed one among them
    return next(iter([*running, *late[::-1], *work[::-1]]), None)


def _work(case_id: int, *which: ColumnElement[bool]) -> list[Deadline]:
    """What there is to be late with, due first."""
    found = select(Deadline).where(_counts(case_id), *which).order_by(Deadline.due_at)
    return [row for row in session.scalars(found) if row.key.split(":")[0] in WORK]


def _counts(case_id: int) -> ColumnElement[bool]:
    return (Deadline.case_id == case_id) & (Deadline.state != VOID)
