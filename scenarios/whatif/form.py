"""What a manager chooses from when they ask: a flow, a draft of it, its parameters."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from models import FlowDraft, Identity, ProcessDefinition, session
from models.studio import DISCARDED, PUBLISHED
from operations.house.parameter_rights import are_theirs
from operations.studio.whatif import require_may
from queries.house.own_flows import own_flows
from queries.house.parameters import ParameterRow, parameter_list
from reference import definitions
from scenarios.whatif.page import WhatIfLine, what_if_lines


@dataclass(frozen=True)
class WhatIfForm:
    flow: str
    name: str
    flows: Mapping[str, str]  # key -> name, of those that this reader may ask about
    drafts: Mapping[int, str]  # those that may still be published
    parameters: list[ParameterRow]  # that the flow reads and this reader may change
    lines: list[WhatIfLine]  # asked before


def what_if_form(flow: str, draft_id: int | None, by: Identity) -> WhatIfForm:
    """`flow` "": the first of them, or the draft's. Raises NotFound, NotAllowed."""
    flows = {row.key: row.name for row in own_flows(by)}
    draft = session.get(FlowDraft, draft_id) if draft_id else None
    flow = flow or (draft.flow if draft else next(iter(flows), ""))
    require_may(flow, by)
    newest = definitions.newest(flow)
    reads = definitions.definition(newest.id).parameters
    rows = [row for row in parameter_list() if row.key in reads and row.by_manager]
    theirs = {document: are_theirs(document, by) for document in {row.document for row in rows}}
    own = [row for row in rows if theirs[row.document]]
    return WhatIfForm(flow, newest.name, flows, _drafts(flow), own, what_if_lines(flow, by))


def _drafts(flow: str) -> dict[int, str]:
    """Of all flows that are published together with this one."""
    family = select(ProcessDefinition.digest).where(ProcessDefinition.key == flow)
    bases = select(ProcessDefinition.id).where(ProcessDefinition.digest.in_(family))
    open_ = FlowDraft.state.not_in((DISCARDED, PUBLISHED)) & FlowDraft.base_id.in_(bases)
    return {row.id: row.name for row in session.scalars(select(FlowDraft).where(open_).order_by(FlowDraft.id.desc()))}
