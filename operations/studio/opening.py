"""A draft as one opens it: to read, to change, or for one transaction alone."""

from errors import AppError, NotAllowed, NotFound
from models import FlowDraft, Identity, session
from models.studio import DISCARDED, EDITING, PUBLISHED, SCHEDULED, SUBMITTED
from reference import definitions
from reference.counties import flows_of

#: How far a draft is that nobody changes now.
CLOSED = {SUBMITTED: "已经提交审核", SCHEDULED: "已经审核、等着发布", PUBLISHED: "已经发布", DISCARDED: "已经作废"}


class DraftClosed(AppError):
    """这份草稿已经提交审核、发布或作废，不能再改。"""


def require_flow(definition_id: int, by: Identity) -> None:
    """Raises NotFound for a flow of another county, and for whoever neither designs nor manages."""
    units = definitions.definition(definition_id).units
    if not (by.can("design") or by.can("manage")) or not flows_of(by, {definition_id: units}):
        raise NotFound


def readable_draft(draft_id: int, by: Identity) -> FlowDraft:
    """As it now is. Raises NotFound, also for a draft of another county's flow."""
    return _draft(draft_id, by, lock=False)


def locked_draft(draft_id: int, by: Identity) -> FlowDraft:
    """The draft, for this transaction alone. Raises NotFound."""
    return _draft(draft_id, by, lock=True)


def changeable(draft_id: int, by: Identity) -> FlowDraft:
    """A locked draft that this person may change now. Raises NotFound, NotAllowed, DraftClosed."""
    draft = locked_draft(draft_id, by)
    if not by.can("design"):
        raise NotAllowed("您没有设计流程的权限。")
    if not may_change(draft, by):
        raise DraftClosed(f"这份草稿{CLOSED[draft.state]}，不能再改。")
    return draft


def may_change(draft: FlowDraft, by: Identity) -> bool:
    return draft.state == EDITING and by.can("design")


def _draft(draft_id: int, by: Identity, *, lock: bool) -> FlowDraft:
    draft = session.get(FlowDraft, draft_id, with_for_update=lock or None, populate_existing=True)
    if draft is None:
        raise NotFound
    require_flow(draft.base_id, by)
    return draft
