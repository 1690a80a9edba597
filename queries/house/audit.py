"""The audit as the audit administrator reads it, and whether anybody has touched the records (S-01, C-02)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, false, or_, select, tuple_

from config import ZONE
from errors import NotFound
from models import AuditEvent, Case, Identity, ProcessInstance, User, broken_links_of, session
from operations.gate.audit import KINDS
from papers.sheets import Sheet
from queries.lists.list_sheets import ListFile, list_file
from queries.pages import Page, page_of, read_numbered_mark

MOST = 5000  # rows of one file
YEARS = range(2000, 3000)
HEAD = ("时间", "种类", "谁", "用户名", "做了什么", "地址")
WIDTHS = (20, 14, 24, 18, 70, 18)


@dataclass(frozen=True)
class AuditRow:
    at: datetime  # local
    kind: str
    actor: str
    username: str  # "" for commands and for who has no account
    what: str
    address: str


@dataclass(frozen=True)
class Checked:
    """Some records of a chain. `broken` are sentences; `next` is where to go on, None at the end."""

    count: int
    broken: Sequence[str]
    next: int | None


def audit(person: str = "", day: str = "", kind: str = "", after: str | None = None, limit: int = 50) -> Page[AuditRow]:
    """Newest first: of the person with this username or name, who did it or whose account it is about; of a local day
    (ISO); of one of KINDS. A day that is none has no records. Raises NotFound for another kind.
    """
    found: Any = select(AuditEvent, User.username).outerjoin(User, User.id == AuditEvent.user_id)
    found = found.where(*_narrow(person, day, kind))
    if mark := read_numbered_mark(after):
        found = found.where(tuple_(AuditEvent.at, AuditEvent.id) < mark)
    rows = session.execute(found.order_by(AuditEvent.at.desc(), AuditEvent.id.desc()).limit(limit + 1)).all()
    page = page_of(rows, limit, lambda row: f"{row[0].at.isoformat()}|{row[0].id}")
    return Page([_row(event, username or "") for event, username in page.rows], page.next)


def _narrow(person: str, day: str, kind: str) -> list[ColumnElement[bool]]:
    if kind and kind not in KINDS:
        raise NotFound
    which: list[ColumnElement[bool]] = [AuditEvent.kind == kind] if kind else []
    if person:
        ids = select(User.id).where((User.username == person) | (User.name == person))
        acted = AuditEvent.user_id.in_(ids) | (AuditEvent.actor == person)
        which.append(or_(acted, AuditEvent.about_id.in_(ids)))
    if day:
        since = _read_day(day)
        which += [AuditEvent.at >= since, AuditEvent.at < since + timedelta(days=1)] if since else [false()]
    return which


def _read_day(text: str) -> datetime | None:
    """The beginning of a local day, from a link; None for what is none, and for a year in which nobody works here."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return datetime.combine(day, time(), ZONE) if day.year in YEARS else None


def _row(event: AuditEvent, username: str) -> AuditRow:
    return AuditRow(
        event.at.astimezone(ZONE), KINDS.get(event.kind, event.kind), event.actor, username, event.what, event.address
    )


def audit_file(by: Identity, person: str, day: str, kind: str, most: int = MOST) -> ListFile:
    """The same as an Excel file."""
    page = audit(person, day, kind, None, most)
    rows = [_texts(row) for row in page.rows]
    asked = {"人员": person, "日期": day, "种类": KINDS.get(kind, "")}
    return list_file("审计记录", Sheet("审计记录", HEAD, rows, WIDTHS), by, asked, limit=most if page.next else 0)


def _texts(row: AuditRow) -> list[str]:
    return [f"{row.at:%Y-%m-%d %H:%M:%S}", row.kind, row.actor, row.username, row.what, row.address]


def check_audit(after: int = 0, limit: int = 2000) -> Checked:
    """The chain of the audit from the place behind `after`: what was changed, and what is missing."""
    before = session.scalar(select(AuditEvent.seal).where(AuditEvent.place == after)) if after else ""
    rows = session.scalars(
        select(AuditEvent).where(AuditEvent.place > after).order_by(AuditEvent.place).limit(limit)
    ).all()
    broken, place, previous = [], after, before or ""
    for row in rows:
        if row.place != place + 1:
            lost, last = place + 1, (row.place or 0) - 1
            broken.append(f"第{lost}条{f'到第{last}条' if last > lost else ''}不见了")
        elif row.seal != row.seal_after(previous):
            broken.append(f"第{row.place}条（{row.at.astimezone(ZONE):%Y-%m-%d %H:%M}）被改动过")
        place, previous = row.place or 0, row.seal or ""
    return Checked(len(rows), broken, place if len(rows) == limit else None)


def check_cases(after: int = 0, limit: int = 200) -> Checked:
    """The histories of some cases, in the order they came in."""
    found = select(ProcessInstance.id, Case.case_no).join(Case, Case.id == ProcessInstance.case_id)
    rows = session.execute(found.where(ProcessInstance.id > after).order_by(ProcessInstance.id).limit(limit)).all()
    touched = broken_links_of([instance_id for instance_id, _ in rows])
    broken = [
        f"{case_no or '未编号的事项'}第{revision}步的记录被改动过"
        for instance_id, case_no in rows
        for revision in touched.get(instance_id, ())
    ]
    return Checked(len(rows), broken, rows[-1].id if len(rows) == limit else None)
