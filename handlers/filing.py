"""A case is filed (归档): from now on it is only read (C-10)."""

from sqlalchemy import select

from handlers.context import CaseContext
from models import Deadline, DeadlineDispute, Notice, session


def put_on_file(case: CaseContext, result: str) -> None:
    """With this result. Whoever holds something against a deadline that nobody has answered is told that it ends."""
    case.case.result = result
    waiting = (DeadlineDispute.case_id == case.case.id) & DeadlineDispute.verdict.is_(None)
    found = select(DeadlineDispute.post, Deadline.name).join(Deadline, Deadline.id == DeadlineDispute.deadline_id)
    for post, name in session.execute(found.where(waiting).order_by(DeadlineDispute.id)):
        text = f"对时限“{name}”的异议没有答复，随归档结束（C-10）：{case.case.title}"
        session.add(Notice(case_id=case.case.id, post=post, text=text, at=case.now))
