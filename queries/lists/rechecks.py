"""Draws of closed cases that are looked at again (回头看), and how far each is."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import Select, func, select

from config import ZONE
from errors import NotFound
from models import Case, Identity, Recheck, RecheckDraw, Unit, session
from operations.acts.rechecks import FINDINGS
from operations.gate.visibility import offices_of, visible
from queries.pages import MAX_DIGITS, Page, page_of
from reference.counties import county_of
from reference.privacy import listed


@dataclass(frozen=True)
class DrawRow:
    """`said`: of how many cases what was found is on record."""

    id: int
    since: date
    until: date
    total: int
    drawn: int
    said: int
    at: datetime  # local
    by: str
    seed: str


@dataclass(frozen=True)
class RecheckRow:
    id: int
    place: int
    case_id: int
    case_no: str
    title: str
    lead_org: str
    closed_at: datetime | None  # local; None when it was opened again
    finding: str  # 属实, 不实 or ""
    words: str
    by: str
    at: datetime | None  # local


@dataclass(frozen=True)
class DrawPage:
    draw: DrawRow
    rows: list[RecheckRow]


def new_request() -> str:
    """For a form on the page: a double click counts once (P3)."""
    return uuid4().hex


def draws(by: Identity, after: str | None = None, limit: int = 20) -> Page[DrawRow]:
    """Those of the counties one supervises, newest first."""
    found = _draws(by)
    if after and after.isdecimal() and len(after) < MAX_DIGITS:
        found = found.where(RecheckDraw.id < int(after))
    rows = session.execute(found.order_by(RecheckDraw.id.desc()).limit(limit + 1)).all()
    page = page_of(rows, limit, lambda row: str(row[0].id))
    return Page([_draw(*row) for row in page.rows], page.next)


def draw_page(draw_id: int, by: Identity) -> DrawPage:
    """One draw in the order of its lot. Raises NotFound, also for one of another county."""
    row = session.execute(_draws(by).where(RecheckDraw.id == draw_id)).first()
    if row is None:
        raise NotFound
    found = select(Recheck, Case, Unit.name).join(Case, Case.id == Recheck.case_id)
    found = found.outerjoin(Unit, Unit.code == Case.lead_org).where(Recheck.draw_id == draw_id, visible(by))
    rows = session.execute(found.order_by(Recheck.place)).all()
    return DrawPage(_draw(*row), [_recheck(*each) for each in rows])


def _draws(by: Identity) -> Select[RecheckDraw, int, int]:
    found = select(RecheckDraw, func.count(Recheck.id), func.count(Recheck.finding)).join(Recheck)
    return found.where(RecheckDraw.unit.in_(county_of(offices_of(by, "supervise")))).group_by(RecheckDraw.id)


def _draw(draw: RecheckDraw, drawn: int, said: int) -> DrawRow:
    at = draw.at.astimezone(ZONE)
    return DrawRow(draw.id, draw.since, draw.until, draw.total, drawn, said, at, draw.by, draw.seed)


def _recheck(row: Recheck, case: Case, lead_org: str | None) -> RecheckRow:
    return RecheckRow(
        row.id,
        row.place,
        case.id,
        case.case_no or "未编号",
        listed(case.title, case),
        lead_org or "",
        case.closed_at and case.closed_at.astimezone(ZONE),
        FINDINGS.get(row.finding or "", ""),
        row.words,
        row.by,
        row.at and row.at.astimezone(ZONE),
    )
