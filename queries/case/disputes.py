"""What was held against the deadlines of a case, and answered, as one person may read it (对时限有异议)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from config import ZONE
from models import Case, DeadlineDispute, Identity, session
from operations.acts.disputing import VERDICTS, why_not_answered

FILED = "归档时没有答复"


@dataclass(frozen=True)
class Dispute:
    id: int
    deadline_id: int
    reason: str
    by: str
    at: datetime  # local
    is_open: bool
    verdict: str  # 维持, 更正, or that the case was filed without an answer (C-10); "" while it is open
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
            is_open=_is_open(row, case),
            verdict=_verdict(row, case),
            answer=read(row.answer),
            answered_by=row.answered_by,
            may_answer=_is_open(row, case) and not why_not_answered(case, row, by),
        )
        for row in rows
    ]


def _is_open(row: DeadlineDispute, case: Case) -> bool:
    """Filing a case ends it: what is filed is only read (C-10)."""
    return row.verdict is None and not case.archived


def _verdict(row: DeadlineDispute, case: Case) -> str:
    if row.verdict is not None:
        return VERDICTS[row.verdict].partition("：")[0]
    return FILED if case.archived else ""
