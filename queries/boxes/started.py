"""The cases that one person has registered, each with where it stands."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, tuple_

from config import ZONE
from models import Case, Identity, Post, Task, Unit, session
from models.task import IS_OPEN
from operations.gate.deadlines import NEVER
from operations.gate.visibility import visible
from queries.lights import Light, Lights, lights_at
from queries.pages import Page, page_of, read_numbered_mark
from queries.statuses import STATUS_NAMES
from reference.privacy import listed


@dataclass(frozen=True)
class Standing:
    """A task that waits: its name, and whose it is (办理, 县自然资源局经办人)."""

    name: str
    post_name: str


@dataclass(frozen=True)
class StartedRow:
    """`standing`: what waits that this person may know of, soonest deadline first; `light` and `due_at` are of the
    first of these that has a deadline.
    """

    case_id: int
    case_no: str
    title: str
    mark: str  # 紧急; mostly ""
    flow_name: str
    status_name: str
    created_at: datetime  # local
    closed_at: datetime | None  # local
    standing: list[Standing]
    due_at: datetime | None  # local
    light: Light | None
    satisfaction: str  # as whoever brought it has rated it; mostly ""


def started_by(
    by: Identity, after: str | None = None, limit: int = 50, *, light: Lights | None = None
) -> Page[StartedRow]:
    """Newest first; only cases that this person may still see. `light`: where the page has it."""
    found = select(Case).where(Case.registrar_id == by.id, visible(by))
    if mark := read_numbered_mark(after):
        found = found.where(tuple_(Case.created_at, Case.id) < mark)
    rows = session.scalars(found.order_by(Case.created_at.desc(), Case.id.desc()).limit(limit + 1)).all()
    page = page_of(rows, limit, lambda case: f"{case.created_at.isoformat()}|{case.id}")
    return Page(rows_of(page.rows, by, light), page.next)


def rows_of(cases: Sequence[Case], by: Identity, light: Lights | None = None) -> list[StartedRow]:
    """These cases, which this person may see, each with where it stands."""
    waiting = _waiting([case.id for case in cases], by)
    light = (light or lights_at()) if waiting else None
    return [_row(case, waiting.get(case.id, ()), light) for case in cases]


def _waiting(cases: Sequence[int], by: Identity) -> dict[int, list[Row[*tuple[Any, ...]]]]:
    """The open tasks of each of these cases, soonest deadline first; confidential ones only with the clues (XT-20)."""
    found = (
        select(Task.case_id, Task.name, Task.due_at, Task.post, Unit.name.label("unit_name"), Post.role_name)
        .outerjoin(Post, Post.key == Task.post)
        .outerjoin(Unit, Unit.id == Post.unit_id)
        .where(Task.case_id.in_(cases), IS_OPEN)
        .order_by(Task.due_at, Task.created_at, Task.id)
    )
    waiting: dict[int, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in session.execute(found if by.can("clues") else found.where(~Task.confidential)) if cases else ():
        waiting[row.case_id].append(row)
    return waiting


def _row(case: Case, waiting: Sequence[Row[*tuple[Any, ...]]], light: Lights | None) -> StartedRow:
    due_at = min((row.due_at for row in waiting if row.due_at < NEVER), default=None)
    return StartedRow(
        case_id=case.id,
        case_no=case.case_no or "未编号",
        title=listed(case.title, case),
        mark=case.mark,
        flow_name=case.flow_name,
        status_name=STATUS_NAMES.get(case.status, case.status),
        created_at=case.created_at.astimezone(ZONE),
        closed_at=case.closed_at.astimezone(ZONE) if case.closed_at else None,
        standing=[
            Standing(row.name, f"{row.unit_name}{row.role_name}" if row.unit_name else row.post) for row in waiting
        ],
        due_at=due_at.astimezone(ZONE) if due_at else None,
        light=light(due_at) if light and due_at else None,
        satisfaction=case.satisfaction or "",
    )
