"""What the forms of a case say, for handlers that write papers from them."""

from typing import Any

from sqlalchemy import select

from models import Case, Submission, session


def newest_of(case: Case, *forms: str) -> dict[str, Any]:
    """The values of the newest submission of each of these forms, the later ones over the earlier; {} without any."""
    mine = select(Submission).where(Submission.case_id == case.id, Submission.form.in_(forms))
    said: dict[str, Any] = {}
    for row in session.scalars(mine.order_by(Submission.id)):
        said |= row.values
    return said
