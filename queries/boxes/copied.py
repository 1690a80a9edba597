"""The cases that colleagues have sent a person's posts to look at (抄送)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, select

from config import ZONE
from models import Case, Identity, Notice, session
from models.outbox import IS_COPY
from operations.gate.visibility import visible
from queries.pages import Page, page_of, read_numbered_mark
from queries.statuses import STATUS_NAMES
from reference.privacy import listed


@dataclass(frozen=True)
class CopiedRow:
    """`id` is the notice's; `words` say who has sent it and why; `is_new`: nobody at that post has opened it."""

    id: int
    at: datetime  # local
    case_no: str
    title: str
    mark: str  # 紧急; mostly ""
    flow_name: str
    status_name: str
    words: str
    is_new: bool


def copied_to(by: Identity, after: str | None = None, limit: int = 50) -> Page[CopiedRow]:
    """Newest first; only cases that this person may still see."""
    found = select(Notice, Case).join(Case, Case.id == Notice.case_id).where(_mine(by), visible(by))
    if mark := read_numbered_mark(after):
        found = found.where(Notice.id < mark[1])
    rows = session.execute(found.order_by(Notice.id.desc()).limit(limit + 1)).all()
    page = page_of(rows, limit, lambda row: f"{row[0].at.isoformat()}|{row[0].id}")
    return Page([_row(notice, case) for notice, case in page.rows], page.next)


def unread_copies(by: Identity) -> Select[int]:
    """How many copies nobody at this person's posts has opened."""
    mine = and_(_mine(by), Notice.read_at.is_(None))
    return select(func.count()).select_from(Notice).join(Case, Case.id == Notice.case_id).where(mine, visible(by))


def _mine(by: Identity) -> ColumnElement[bool]:
    return and_(IS_COPY, Notice.post.in_(by.post_keys))


def _row(notice: Notice, case: Case) -> CopiedRow:
    return CopiedRow(
        id=notice.id,
        at=notice.at.astimezone(ZONE),
        case_no=case.case_no or "未编号",
        title=listed(case.title, case),
        mark=case.mark,
        flow_name=case.flow_name,
        status_name=STATUS_NAMES.get(case.status, case.status),
        words=listed(notice.text, case),
        is_new=notice.read_at is None,
    )
