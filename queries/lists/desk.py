"""The supervision desk (督查台): what is late, about to be late, sent back or put off often, under supervision."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, tuple_, union_all
from sqlalchemy.orm import aliased

from config import ZONE
from errors import NotFound
from handlers.period_troubles import EXTENSION, Limits
from models import Case, CaseLink, Deadline, DeadlineDispute, Document, Identity, ProcessInstance, Submission, session
from models.case import IS_BACK
from models.deadline import IS_RUNNING
from models.link import ORDERS
from operations.acts.ordering import started_with
from operations.gate.visibility import watched
from queries.lights import Lights, lights_at
from queries.lists.desk_rows import DeskRow, Found, rows_of
from queries.lists.ladder import ORDER
from queries.pages import Page, page_of, read_numbered_mark

TABS = {
    "late": "已逾期",
    "soon": "即将逾期",
    "returned": "多次退回",
    "extended": "多次延期",
    "ordered": "督办中",
    "disputed": "时限异议",
}
#: How far ahead a day may lie and still shine, should the light table have no green at all.
FARTHEST = timedelta(days=60)


def desk(by: Identity, tab: str = "late", after: str | None = None, limit: int = 50) -> Page[DeskRow]:
    """A page of one of TABS: of the counties one supervises, and without confidential limits of those who may not know
    of them (XT-20). "late" and "soon" have a row for each limit, soonest first; the others a row for each case, newest
    first. Raises NotFound for another tab.
    """
    if tab not in TABS:
        raise NotFound
    light = lights_at()
    page = page_of(LISTS[tab](by, light, after, limit + 1), limit, lambda found: found.mark)
    return Page(rows_of(page.rows, by, light), page.next)


def _late(by: Identity, light: Lights, after: str | None, rows: int) -> list[Found]:
    return _limits(_running(by).where(Deadline.due_at < light.moment), after, rows)


def _soon(by: Identity, light: Lights, after: str | None, rows: int) -> list[Found]:
    ahead = (Deadline.due_at >= light.moment) & (Deadline.due_at < first_green(light))
    return _limits(_running(by).where(ahead), after, rows)


def first_green(light: Lights) -> datetime:
    """The beginning of the first day that D-07 no longer warns of (C-07)."""
    today = light.moment.astimezone(ZONE).date()
    for ahead in range(1, FARTHEST.days):
        day = datetime.combine(today + timedelta(days=ahead), time(), ZONE)
        if light(day).color == "green":
            return day
    return light.moment + FARTHEST


def _running(by: Identity) -> Select[Case, int, Deadline]:
    found = select(Case, ProcessInstance.definition_id, Deadline).join(Deadline, Deadline.case_id == Case.id)
    found = found.join(ProcessInstance, ProcessInstance.case_id == Case.id)
    return found.where(IS_RUNNING, Deadline.suspended.is_(False), watched(by, "supervise"))


def _limits(found: Select[Case, int, Deadline], after: str | None, rows: int) -> list[Found]:
    if mark := read_numbered_mark(after):
        found = found.where(tuple_(Deadline.due_at, Deadline.id) > mark)
    found = found.order_by(Deadline.due_at, Deadline.id).limit(rows)
    return [
        Found(case, definition_id, _mark(deadline.due_at, deadline.id), deadline)
        for case, definition_id, deadline in session.execute(found)
    ]


def _returned(by: Identity, light: Lights, after: str | None, rows: int) -> list[Found]:
    return _often(IS_BACK, Submission.case_id, by, light, after, rows)


def _extended(by: Identity, light: Lights, after: str | None, rows: int) -> list[Found]:
    """Where SQLite may read by case it reads all sheets there are, not these few; PostgreSQL counts them fastest in
    the order of the index, which is by case.
    """
    is_sqlite = session.connection().dialect.name == "sqlite"
    case_id = Submission.case_id + 0 if is_sqlite else Submission.case_id
    return _often(Submission.form == EXTENSION, case_id, by, light, after, rows)


def _often(
    which: ColumnElement[bool], case_id: Any, by: Identity, light: Lights, after: str | None, rows: int
) -> list[Found]:
    """Open cases with 多次 (`bulletin.often_times`) such sheets, as the bulletins count them (TZ-19, XX-18)."""
    times, often = func.count(), Limits.at(light.moment).often
    counted = select(case_id.label("case_id"), times.label("times")).where(which).group_by(case_id)
    sheets = counted.having(times >= often).subquery()
    found = select(Case, ProcessInstance.definition_id, sheets.c.times).join(sheets, sheets.c.case_id == Case.id)
    return _cases(found.where(Case.closed_at.is_(None)), by, after, rows)


def _ordered(by: Identity, _light: Lights, after: str | None, rows: int) -> list[Found]:
    """Cases with a 督办单 that is not over: of their diagram and still to be answered, or by hand, which is a case of
    its own and stands here by the one it is about.
    """
    its, order = aliased(Case), aliased(Case)
    drawn = select(Document.case_id).join(Deadline, started_with(Document)).join(its, its.id == Document.case_id)
    drawn = drawn.where(Document.kind == ORDER, IS_RUNNING, its.closed_at.is_(None))
    drawn = drawn.where(Document.case_id.not_in(select(CaseLink.case_id).where(CaseLink.kind == ORDERS)))
    by_hand = select(CaseLink.other_id).join(order, order.id == CaseLink.case_id)
    by_hand = by_hand.where(CaseLink.kind == ORDERS, order.closed_at.is_(None))
    found = select(Case, ProcessInstance.definition_id, literal(0)).where(Case.id.in_(union_all(drawn, by_hand)))
    return _cases(found, by, after, rows)


def _disputed(by: Identity, _light: Lights, after: str | None, rows: int) -> list[Found]:
    """Cases with a limit that somebody holds to be wrong and nobody has answered, closed ones until they are filed."""
    waiting = select(DeadlineDispute.case_id).where(DeadlineDispute.verdict.is_(None))
    if not by.can("clues"):
        waiting = waiting.where(DeadlineDispute.confidential.is_(False))  # XT-20
    found = select(Case, ProcessInstance.definition_id, literal(0)).where(Case.id.in_(waiting), Case.result.is_(None))
    return _cases(found, by, after, rows)


def _cases(found: Select[Case, int, int], by: Identity, after: str | None, rows: int) -> list[Found]:
    found = found.join(ProcessInstance, ProcessInstance.case_id == Case.id)
    found = found.where(watched(by, "supervise"))
    if mark := read_numbered_mark(after):
        found = found.where(tuple_(Case.created_at, Case.id) < mark)
    found = found.order_by(Case.created_at.desc(), Case.id.desc()).limit(rows)
    return [
        Found(case, definition_id, _mark(case.created_at, case.id), times=times)
        for case, definition_id, times in session.execute(found)
    ]


def _mark(at: datetime, id_: int) -> str:
    return f"{at.isoformat()}|{id_}"


LISTS: Mapping[str, Callable[[Identity, Lights, str | None, int], list[Found]]] = {
    "late": _late,
    "soon": _soon,
    "returned": _returned,
    "extended": _extended,
    "ordered": _ordered,
    "disputed": _disputed,
}
