"""Notices to the posts a person holds (C-04)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from config import ZONE
from models import Case, Identity, Notice, session
from reference.privacy import listed


@dataclass(frozen=True)
class NoticeRow:
    case_id: int
    case_no: str
    title: str
    mark: str  # 紧急; mostly ""
    text: str
    at: datetime
    is_new: bool


def notices(by: Identity, limit: int = 100) -> list[NoticeRow]:
    """Newest first."""
    mine = select(Notice, Case).join(Case, Case.id == Notice.case_id).where(Notice.post.in_(by.post_keys))
    return [
        NoticeRow(
            case.id,
            case.case_no or "未编号",
            listed(case.title, case),
            case.mark,
            listed(row.text, case),
            row.at.astimezone(ZONE),
            row.read_at is None,
        )
        for row, case in session.execute(mine.order_by(Notice.id.desc()).limit(limit))
    ]


def unread(by: Identity) -> int:
    """How many notices nobody who holds the post has read."""
    mine = select(func.count()).select_from(Notice).where(Notice.post.in_(by.post_keys), Notice.read_at.is_(None))
    return session.scalar(mine) or 0
