"""A draft on its way into use: submitted by whoever designed it, approved or sent back by somebody else."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select

from config import ZONE
from errors import NotAllowed
from models import FlowDraft, FlowDraftEvent, Identity, now, session, transactional
from models.studio import EDITING, SCHEDULED, SUBMITTED
from operations.house.parameter_rights import require_may_change
from operations.house.parameters import parameter_of
from operations.studio.drafts import BadDraft, record
from operations.studio.gates import require_open
from operations.studio.opening import DraftClosed, changeable, locked_draft, readable_draft
from operations.studio.publishing import Seen, go_on_editing, publish, require_unchanged
from operations.studio.values import new_values

#: What makes somebody one of those who designed a draft, in its history: none of them approves it.
DESIGNING = {"begun", "saved", "removed", "restored", "value", "imported", "rebased", "submitted"}
FURTHEST = timedelta(days=366)
NO_APPROVER = "您没有审核流程的权限。"


class SamePerson(NotAllowed):
    """这份草稿有您的改动或由您提交，须由另一个人审核。"""


def submit_draft(draft_id: int, *, by: Identity, seen: int | None = None) -> None:
    """Ask for approval. `seen`: the revision that was looked at; None: whatever it is by now.

    Raises NotFound, NotAllowed, DraftClosed, NotReady, AlreadyChanged.
    """
    _submit(_passed(draft_id, by, EDITING, seen), by)


def approve_draft(draft_id: int, *, by: Identity, at: datetime | None = None, seen: int | None = None) -> None:
    """Let somebody else's draft into use: at once, or at a moment to come. `seen` as of submit_draft().

    Raises NotFound, NotAllowed, SamePerson, DraftClosed, NotReady, BadDraft for a moment that is none, AlreadyChanged.
    """
    _approve(_passed(draft_id, by, SUBMITTED, seen), by, at)


@transactional
def withdraw_draft(draft_id: int, reason: str, *, by: Identity) -> None:
    """Take a draft back to go on with it, also one that is approved and waits for its day; then with a reason.

    Raises NotFound, DraftClosed, BadDraft.
    """
    draft = locked_draft(draft_id, by)
    if draft.state == SCHEDULED and not reason.strip():
        raise BadDraft("请写明为什么取消定时发布。")
    _require_state(draft, (SUBMITTED, SCHEDULED))
    go_on_editing(draft)
    record(draft, "withdrawn", by, words=reason.strip())


@transactional
def refuse_draft(draft_id: int, reason: str, *, by: Identity) -> None:
    """Raises NotFound, NotAllowed, DraftClosed, BadDraft without a reason."""
    draft = locked_draft(draft_id, by)
    if not by.can("manage"):
        raise NotAllowed(NO_APPROVER)
    if not reason.strip():
        raise BadDraft("请写明退回的原因，设计的人据此修改。")
    _require_state(draft, (SUBMITTED,))
    go_on_editing(draft)
    record(draft, "refused", by, words=reason.strip())


def why_not_approver(draft: FlowDraft, by: Identity) -> str:
    """ "" for who may approve it."""
    try:
        _require_approver(draft, by)
    except NotAllowed as error:
        return str(error)
    return ""


def designers(draft_id: int) -> set[int]:
    """Ids of all who changed or submitted it."""
    mine = (FlowDraftEvent.draft_id == draft_id) & FlowDraftEvent.kind.in_(DESIGNING)
    return set(session.scalars(select(FlowDraftEvent.user_id).where(mine, FlowDraftEvent.user_id.is_not(None))))


@transactional
def _submit(seen: Seen, by: Identity) -> None:
    draft = changeable(seen.id, by)
    require_unchanged(draft, seen)
    draft.state, draft.submitted_by_id = SUBMITTED, by.id
    record(draft, "submitted", by)


@transactional
def _approve(seen: Seen, by: Identity, at: datetime | None) -> None:
    draft = locked_draft(seen.id, by)
    _require_state(draft, (SUBMITTED,))
    require_unchanged(draft, seen)
    _require_approver(draft, by)
    for key in new_values(draft):
        require_may_change(parameter_of(key), by)
    draft.approved_by_id = by.id
    if at is None:
        record(draft, "approved", by)
        publish(draft, by)
    else:
        _schedule(draft, at, by)


def _schedule(draft: FlowDraft, at: datetime, by: Identity) -> None:
    moment = now()
    if not moment < at <= moment + FURTHEST:
        raise BadDraft("定时发布的时间应在今后一年以内。")
    draft.state, draft.publish_at = SCHEDULED, at
    record(draft, "approved", by, words=f"{at.astimezone(ZONE):%Y-%m-%d %H:%M} 发布")


def _passed(draft_id: int, by: Identity, state: str, looked_at: int | None) -> Seen:
    """The draft as it passed every gate: that may take seconds, so it is over before a transaction begins."""
    draft = readable_draft(draft_id, by)
    _require_state(draft, (state,))
    if state == SUBMITTED:
        _require_approver(draft, by)
    seen = Seen(draft.id, draft.revision if looked_at is None else looked_at)
    require_unchanged(draft, seen)
    require_open(draft)
    return seen


def _require_approver(draft: FlowDraft, by: Identity) -> None:
    """Raises NotAllowed, SamePerson."""
    if not by.can("manage"):
        raise NotAllowed(NO_APPROVER)
    if by.id in designers(draft.id):
        raise SamePerson


def _require_state(draft: FlowDraft, states: Collection[str]) -> None:
    if draft.state not in states:
        raise DraftClosed("这份草稿刚才已有人处理，请刷新查看。")
