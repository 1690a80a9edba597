"""The drafts of one person: on the page of their form, and all of them in a box. Nobody reads another's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select, tuple_

from config import ZONE
from engine.forms import Form, drafted
from models import Case, Draft, Identity, Task, session
from operations.gate.deadlines import NEVER
from queries.lights import Light, Lights, lights_at
from queries.pages import Page, page_of, read_numbered_mark
from reference.keeping import TOLD, keeping
from reference.privacy import listed


@dataclass(frozen=True)
class KeptDraft:
    """`values` fit the form as it is now."""

    id: int
    at: datetime  # local
    values: dict[str, Any]


@dataclass(frozen=True)
class DraftRow:
    """`task_id` and `action`, or `flow`, lead back to the form; `why` says why one cannot go on with it.

    Of the case nothing is told to somebody at whose posts it no longer is. `light` is the task's, None for a
    registration.
    """

    id: int
    at: datetime  # local
    name: str
    task_id: str
    action: str
    flow: str
    case_no: str
    title: str
    flow_name: str
    due_at: datetime | None
    light: Light | None
    why: str
    ends_at: datetime | None  # local; told from a week before it is thrown away


def draft_of_registration(flow: str, form: Form, by: Identity) -> KeptDraft | None:
    """What this person has typed on the form that registers a case of this flow."""
    draft = session.scalar(select(Draft).where(_mine(by), Draft.task_id == "", Draft.flow == flow))
    return kept(draft, form) if draft else None


def drafts_of_task(task_id: str, by: Identity) -> dict[str, Draft]:
    """What this person has typed on a task's forms: by the event's id, "" for the task's own."""
    return {draft.action: draft for draft in session.scalars(select(Draft).where(_mine(by), Draft.task_id == task_id))}


def kept(draft: Draft, form: Form) -> KeptDraft:
    """The draft as this form draws it: another edition of a registration may ask for other things."""
    return KeptDraft(draft.id, draft.at.astimezone(ZONE), drafted(form, draft.values))


def draft_box(
    by: Identity, after: str | None = None, limit: int = 50, *, light: Lights | None = None
) -> Page[DraftRow]:
    """What this person has begun and not handed in, what was saved last first. `light`: where the page has it."""
    found = select(
        *(Draft.id, Draft.at, Draft.name, Draft.task_id, Draft.action, Draft.flow),
        *(Task.due_at, Task.post, Task.inbox_key),
        *(Case.case_no, Case.title, Case.reporter, Case.confidential, Case.flow_name),
    )
    found = found.outerjoin(Task, Task.id == Draft.task_id).outerjoin(Case, Case.id == Task.case_id).where(_mine(by))
    if mark := read_numbered_mark(after):
        found = found.where(tuple_(Draft.at, Draft.id) < mark)
    rows = session.execute(found.order_by(Draft.at.desc(), Draft.id.desc()).limit(limit + 1)).all()
    page = page_of(rows, limit, lambda row: f"{row.at.isoformat()}|{row.id}")
    if not page.rows:
        return Page([], None)
    light = light or lights_at()
    ends = _ends(light)
    told = [_row(row, by, light(row.due_at) if row.due_at else None, ends(row.at)) for row in page.rows]
    return Page(told, page.next)


def ending(by: Identity, light: Lights | None = None) -> datetime | None:
    """When the first of this person's drafts is thrown away, local, if that is within the week. `light`: where the page
    has it already.
    """
    first = session.scalar(select(func.min(Draft.at)).where(_mine(by)))
    return _ends(light or lights_at())(first) if first else None


def _ends(light: Lights) -> Callable[[datetime], datetime | None]:
    """From when a draft was saved to when it ends, from a week before."""
    kept, soon = keeping(light.revision), light.moment + TOLD

    def ends(saved: datetime) -> datetime | None:
        end = kept.end(saved) if kept else None
        return end.astimezone(ZONE) if end and end <= soon else None

    return ends


def _mine(by: Identity) -> ColumnElement[bool]:
    return Draft.user_id == by.id


def _row(row: Row[*tuple[Any, ...]], by: Identity, light: Light | None, ends_at: datetime | None) -> DraftRow:
    why = _why_not(row, by)
    told = row.post in by.post_keys
    return DraftRow(
        id=row.id,
        at=row.at.astimezone(ZONE),
        name=row.name,
        task_id=row.task_id,
        action=row.action,
        flow=row.flow,
        case_no=(row.case_no or "未编号") if told else "",
        title=listed(row.title, row) if told else "",
        flow_name=row.flow_name if told else "",
        due_at=row.due_at.astimezone(ZONE) if told and row.due_at < NEVER else None,
        light=light if told else None,
        why=why,
        ends_at=ends_at,
    )


def _why_not(row: Row[*tuple[Any, ...]], by: Identity) -> str:
    """Why this person cannot go on with the form now; "" when they can."""
    if row.post is None:
        return ""
    if row.post not in by.post_keys:
        return "这个任务已不由您的岗位办理。"
    return "" if row.inbox_key in (row.post, by.key) else "同事已经认领了这个任务。"
