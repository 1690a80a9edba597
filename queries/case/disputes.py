"""What was held against the deadlines of a case, and answered, as one person may read it (对时限有异议)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from config import ZONE
from models import Case, DeadlineDispute, Identity, session
from operations.acts.disputing import VERDICTS, why_not_answered


@dataclass(frozen=True)
class Dispute:
    id: int
    deadline_id: int
    reason: str
    by: str
    at: datetime  # local
    is_open: bool
    verdict: str  # 维持, 更正; "" while it is open
    answer: str
    answered_by: str
    may_answer: bool


def disputes_of(case: Case, by: Identity, read: Callable[[str], str]) -> list[Dispute]:
    """Oldest first, without those of limits this person may not know of (XT-20). `read` covers in a text what they may
    not know.
    """
    mine = select(DeadlineDispute).where(DeadlineDispute.case_id == case.id).order_by(DeadlineDispute.id)
    rows = [row for row in session.scalars(mine) if by.can("clues") or not row.confidential]
    return [
        Dispute(
            id=row.id,
            deadline_id=row.deadline_id,
            reason=read(row.reason),
            by=row.by,
            at=row.at.astimezone(ZONE),
            is_open=row.verdict is None,
            verdict=VERDICTS[row.verdict].partition("：")[0] if row.verdict else "",
            answer=read(row.answer),
            answered_by=row.answered_by,
            may_answer=row.verdict is None and not why_not_answered(case, row, by),
        )
        for row in rows
    ]
