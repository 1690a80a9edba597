"""Which cases are merged with which, and why one cannot be merged into another (并案、XX-05 并单): of merged cases one
leads, follows nobody itself, and no case follows two, so that no circle arises.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute

from models import CaseLink, session
from models.link import MERGED

LEADER_FOLLOWS = (
    "主单已经并入别的事项，不能并入它。请选“不是，另行办理”；确是同一件事的，受理以后在事项页与它的主件并案。"
)
FOLLOWS = "本件已经并入别的事项，不能再并入主单；要并入主单，先在事项页解除那个并案。"
LEADS = "已有事项并入本件，本件不能再并入主单；要并入主单，先在事项页解除那些并案。"


def leaders_of(case_id: int) -> Sequence[int]:
    """The ids of the cases that this one is merged into."""
    return session.scalars(_merging(CaseLink.other_id).where(CaseLink.case_id == case_id)).all()


def followers_of(case_id: int) -> Sequence[int]:
    """The ids of the cases that are merged into this one."""
    return session.scalars(_merging(CaseLink.case_id).where(CaseLink.other_id == case_id)).all()


def followers_among(cases: Collection[int]) -> set[int]:
    """Those of these cases that are merged into another."""
    return set(session.scalars(_merging(CaseLink.case_id).where(CaseLink.case_id.in_(cases)))) if cases else set()


def why_not_merged(case_id: int, main: int) -> str:
    """Why the case cannot be merged into that main case, in a sentence that names no case; "" when it can (XX-05)."""
    if followers_among([case_id]):
        return FOLLOWS
    if followers_of(case_id):
        return LEADS
    return LEADER_FOLLOWS if followers_among([main]) else ""


def _merging(column: InstrumentedAttribute[int]) -> Select[int]:
    """Of the links of merged cases that hold."""
    return select(column).where(CaseLink.ended_at.is_(None), CaseLink.kind == MERGED)
