"""The cases that one case is linked with (关联、并案、督办单), as one person may know of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case as when
from sqlalchemy import or_, select

from config import ZONE
from models import Case, CaseLink, Identity, session
from models.link import MERGED, ORDERS, RELATED
from operations.acts.linking import holding, linked_for, why_not_unlinked
from operations.gate.visibility import visible
from queries.statuses import STATUS_NAMES
from reference.privacy import listed


@dataclass(frozen=True)
class Link:
    """`says` is what the other case is to this one: 关联, 主件, 并入本件, 督办单, 督办的事项."""

    id: int
    says: str
    is_leader: bool
    kind: str
    other: Case
    title: str
    status_name: str
    reason: str
    by: str
    at: datetime  # local
    why_kept: str  # why this person may not end it; "" when they may


def links_of(case: Case, by: Identity, read: Callable[[str], str]) -> list[Link]:
    """Those that hold and that this person may know of (C-09); the leader first. `read` covers in words about this case
    what they may not know.
    """
    other = when((CaseLink.case_id == case.id, CaseLink.other_id), else_=CaseLink.case_id)
    known = or_(linked_for(case, by), (CaseLink.kind == ORDERS) & visible(by))  # an order says itself what it is about
    found = select(CaseLink, Case).join(Case, Case.id == other).where(holding(case.id), known)
    links = [_link(link, theirs, case, by, read) for link, theirs in session.execute(found.order_by(CaseLink.id))]
    return sorted(links, key=lambda link: not link.is_leader)


def _link(link: CaseLink, other: Case, case: Case, by: Identity, read: Callable[[str], str]) -> Link:
    leads = link.kind == MERGED and link.other_id == other.id
    of_order = "督办的事项" if link.other_id == other.id else "督办单"
    says = {RELATED: "关联", ORDERS: of_order}.get(link.kind, "主件" if leads else "并入本件")
    return Link(
        id=link.id,
        says=says,
        is_leader=leads,
        kind=link.kind,
        other=other,
        title=listed(other.title, other),
        status_name=STATUS_NAMES.get(other.status, other.status),
        reason=read(listed(link.reason, other)),
        by=link.by,
        at=link.at.astimezone(ZONE),
        why_kept=why_not_unlinked(case, other, link.kind, by, leads=leads),
    )
