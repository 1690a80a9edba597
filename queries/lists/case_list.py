"""The list of cases: newest first, a page at a time, searched and filtered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, tuple_

from config import ZONE
from models import Case, Deadline, Identity, ProcessInstance, Unit, session
from models.deadline import RUNNING
from operations.gate.visibility import visible
from queries.case.history import hidden_elements
from queries.few import of_few
from queries.house.units import ABOLISHED
from queries.lights import Light, lights_at
from queries.lists.searching import found_by, read_words
from queries.pages import Page, page_of, read_numbered_mark
from queries.statuses import STATUS_NAMES
from reference.counties import abolished_units, handling_units
from reference.privacy import listed


@dataclass(frozen=True)
class CaseDue:
    """The running deadline of a case that ends first."""

    name: str
    due_at: datetime  # local
    light: Light


@dataclass(frozen=True)
class CaseRow:
    id: int
    case_no: str
    title: str
    mark: str  # 紧急; mostly ""
    flow_name: str
    status_name: str
    lead_org: str
    created_at: datetime
    closed_at: datetime | None
    due: CaseDue | None


def case_list(
    by: Identity, after: str | None = None, search: str = "", limit: int = 50, *, status: str = "", unit: str = ""
) -> Page[CaseRow]:
    """Newest first. Every word of `search` stands in the number, the title, the handling unit's name or what was typed
    on the forms; `unit` is the code of who handles it.
    """
    words, mark = read_words(search), read_numbered_mark(after)
    narrow = [column == wanted for column, wanted in ((Case.status, status), (Case.lead_org, unit)) if wanted]
    found: Any = select(Case, Unit.name).outerjoin(Unit, Unit.code == Case.lead_org).where(visible(by), *narrow)
    if words:
        found, number = found_by(found, words, by)
        found = found.order_by(number.desc())
        found = found.where(number < mark[1]) if mark else found
    else:
        found = of_few(found, by).order_by(Case.created_at.desc(), Case.id.desc())
        found = found.where(tuple_(Case.created_at, Case.id) < mark) if mark else found
    rows = session.execute(found.limit(limit + 1)).all()
    page = page_of(rows, limit, lambda row: f"{row[0].created_at.isoformat()}|{row[0].id}")
    dues = _dues([case.id for case, _ in page.rows], by)
    return Page([_row(case, name or "", dues.get(case.id)) for case, name in page.rows], page.next)


def units_to_choose(by: Identity) -> list[tuple[str, str]]:
    """Code and name of the units that the list can be narrowed to: those that this person's county dispatches to, and
    once did.
    """
    return handling_units(by) + [(code, f"{name}{ABOLISHED}") for code, name in abolished_units(by)]


def _dues(cases: Iterable[int], by: Identity) -> dict[int, CaseDue]:
    """Of each case on the page the first running deadline that this person may know of (XT-20)."""
    found = (
        select(Deadline.case_id, Deadline.name, Deadline.element, Deadline.due_at, ProcessInstance.definition_id)
        .join(ProcessInstance, ProcessInstance.case_id == Deadline.case_id)
        .where(Deadline.case_id.in_(cases), Deadline.state == RUNNING, Deadline.suspended.is_(False))
        .order_by(Deadline.due_at.desc())
    )
    rows = [row for row in session.execute(found) if row.element not in hidden_elements(row.definition_id, by)]
    light = lights_at() if rows else None
    return {row.case_id: CaseDue(row.name, row.due_at.astimezone(ZONE), light(row.due_at)) for row in rows if light}


def _row(case: Case, lead_org: str, due: CaseDue | None) -> CaseRow:
    return CaseRow(
        case.id,
        case.case_no or "未编号",
        listed(case.title, case),
        case.mark,
        case.flow_name,
        STATUS_NAMES.get(case.status, case.status),
        lead_org,
        case.created_at.astimezone(ZONE),
        case.closed_at and case.closed_at.astimezone(ZONE),
        due,
    )
