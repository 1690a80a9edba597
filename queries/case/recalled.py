"""The forms of a case that their writers have taken back (撤回), as one person may read them."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import select

from config import ZONE
from engine import Definition
from models import Case, Identity, RecalledForm, Submission, session
from queries.case.facts import Reader, Sheet, sheets
from reference.past_versions import forms_ever


def recalled_sheets(
    case: Case, handed_in: Sequence[Submission], definition: Definition, by: Identity, hidden: Collection[str]
) -> list[Sheet]:
    """In the order they were handed in, without those of the `hidden` elements (XT-20). `handed_in`: what counts; names
    that either says are covered in both (S-04).
    """
    mine = select(RecalledForm).where(RecalledForm.case_id == case.id).order_by(RecalledForm.id)
    rows = [row for row in session.scalars(mine) if row.element not in hidden]
    if not rows:
        return []
    reader = Reader(case, [*handed_in, *rows], forms_ever(definition), by)
    told = sheets(case, rows, reader, definition)
    return [replace(each, recalled_at=row.recalled_at.astimezone(ZONE)) for each, row in zip(told, rows, strict=True)]
