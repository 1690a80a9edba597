"""A draft on its way into use, as the page of it shows; and what has happened to the drafts one works on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from errors import InvalidDiagram
from models import FlowDraft, FlowDraftEvent, Identity, Job, ProcessDefinition, User, now, session
from models.studio import EDITING, SCHEDULED, SUBMITTED
from operations.studio.approving import DESIGNING, designers, why_not_approver
from operations.studio.checking import Finding, findings
from operations.studio.families import flows_in
from operations.studio.gates import Gate, gates, newest_trial
from operations.studio.rebasing import Merge, merge_of
from queries.house.own_flows import is_own
from queries.studio.drafts import DraftPage, draft_page
from reference import definitions
from reference.flow_drafts import draft_files

NEWS = timedelta(days=14)
#: What is news to those who designed a draft.
TOLD = ("approved", "refused", "published", "stopped", "withdrawn")


@dataclass(frozen=True)
class PublishingPage:
    """`merge`: what others have published since it was begun, where they have; `left_out`: flows of the version before
    that the draft no longer has, which go on as they are; `newest_id`: of the version that a merge would go on from.
    """

    page: DraftPage
    gates: list[Gate]
    findings: list[Finding]
    trial: Job | None
    merge: Merge | None
    designers: list[str]
    why_not_approver: str
    left_out: list[str]
    newest_id: int

    @property
    def differing(self) -> list[tuple[str, int, str, str]]:
        """File, line, name and what came out of the scenarios that hold at the documents' values and not at these."""
        return self.trial.result.get("differing", []) if self.trial else []

    @property
    def is_ready(self) -> bool:
        return all(gate.is_open for gate in self.gates)


@dataclass(frozen=True)
class News:
    draft_id: int
    name: str
    kind: str
    by: str
    at: datetime
    words: str


@dataclass(frozen=True)
class Waiting:
    draft_id: int
    name: str
    submitted_by: str


def publishing_page(draft_id: int, by: Identity) -> PublishingPage:
    """Raises NotFound."""
    page = draft_page(draft_id, by)
    draft = page.draft
    under_way = draft.state in (EDITING, SUBMITTED, SCHEDULED)
    newest = definitions.newest(draft.flow)
    old_base = draft.state == EDITING and newest.id != draft.base_id
    return PublishingPage(
        page=page,
        gates=gates(draft) if under_way else [],
        findings=findings(draft, draft_files(draft)) if under_way else [],
        trial=newest_trial(draft),
        merge=merge_of(draft) if old_base else None,
        designers=_names(designers(draft.id)),
        why_not_approver=why_not_approver(draft, by),
        left_out=_left_out(draft) if under_way else [],
        newest_id=newest.id,
    )


def waiting_for(by: Identity) -> list[Waiting]:
    """Drafts that this person may approve."""
    found = select(FlowDraft, User.name).join(User, User.id == FlowDraft.submitted_by_id)
    rows = session.execute(found.where(FlowDraft.state == SUBMITTED).order_by(FlowDraft.id)).all()
    return [
        Waiting(draft.id, draft.name, name)
        for draft, name in rows
        if not why_not_approver(draft, by) and is_own(draft.base_id, by)
    ]


def news(by: Identity) -> list[News]:
    """What others did of late to drafts that this person designed, newest first; of each draft the last."""
    mine = select(FlowDraftEvent.draft_id).where(FlowDraftEvent.user_id == by.id, FlowDraftEvent.kind.in_(DESIGNING))
    found = (
        select(FlowDraft.id, FlowDraft.name, FlowDraftEvent)
        .join(FlowDraft, FlowDraft.id == FlowDraftEvent.draft_id)
        .where(FlowDraftEvent.draft_id.in_(mine), FlowDraftEvent.at > now() - NEWS, FlowDraftEvent.kind.in_(TOLD))
        .order_by(FlowDraftEvent.id.desc())
    )
    last: dict[int, News] = {}
    for id_, name, event in session.execute(found):
        if event.user_id != by.id:
            last.setdefault(id_, News(id_, name, event.kind, event.by, event.at, event.words))
    return list(last.values())


def _names(ids: set[int]) -> list[str]:
    return list(session.scalars(select(User.name).where(User.id.in_(ids)).order_by(User.name)))


def _left_out(draft: FlowDraft) -> list[str]:
    base = session.get_one(ProcessDefinition, draft.base_id)
    try:
        kept = set(flows_in(draft_files(draft)))
    except InvalidDiagram:
        return []
    return [row.name for row in definitions.newest_of_each() if row.digest == base.digest and row.key not in kept]
