"""What each unit has had to do on a case, unit beside unit (并排)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from config import ZONE
from models import Case, Identity, Post, Task, Unit, session
from models.task import CANCELLED, OPEN
from queries.lights import Light, Lights


@dataclass(frozen=True)
class UnitTask:
    """`light` while it waits; `closed_at` once it is done. Moments are local."""

    name: str
    item: str
    role_name: str
    since: datetime
    light: Light | None
    closed_at: datetime | None


@dataclass(frozen=True)
class UnitColumn:
    unit_name: str
    waiting: list[UnitTask] = field(default_factory=list)
    done: list[UnitTask] = field(default_factory=list)


def side_by_side(case: Case, by: Identity, light: Lights, read: Callable[[str], str]) -> list[UnitColumn]:
    """A column for each unit, in the order in which their work began; without what was called off, and without what
    this person may not know of (XT-20). `read` covers in a text what they may not know.
    """
    mine = select(Task, Post.role_name, Unit.name).where(Task.case_id == case.id, Task.state != CANCELLED)
    posted = mine.outerjoin(Post, Post.key == Task.post).outerjoin(Unit, Unit.id == Post.unit_id)
    columns: dict[str, UnitColumn] = {}
    for task, role_name, unit_name in session.execute(
        posted.order_by(Task.created_at, Task.closed_at.is_(None), Task.closed_at, Task.id)
    ):
        if task.confidential and not by.can("clues"):
            continue
        column = columns.setdefault(unit_name or task.post, UnitColumn(unit_name or task.post))
        waits = task.state == OPEN
        told = UnitTask(
            name=task.name,
            item=read(task.item),
            role_name=role_name or "",
            since=task.created_at.astimezone(ZONE),
            light=light(task.due_at) if waits else None,
            closed_at=task.closed_at.astimezone(ZONE) if task.closed_at else None,
        )
        (column.waiting if waits else column.done).append(told)
    return list(columns.values())
