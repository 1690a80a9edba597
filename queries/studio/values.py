"""The parameters of a draft: those it changes, and those it might."""

from dataclasses import dataclass
from typing import Any

from models import FlowDraftValue, Identity
from operations.studio.values import own_parameters
from queries.house.parameters import ParameterRow, parameter_list
from queries.studio.drafts import DraftPage, draft_page


@dataclass(frozen=True)
class ValueLine:
    """`new`: what the draft has for it, if anything."""

    row: ParameterRow
    new: FlowDraftValue | None

    @property
    def now(self) -> Any:
        return self.row.value


def draft_values(draft_id: int, by: Identity) -> tuple[DraftPage, list[ValueLine]]:
    """Every parameter that a manager may change and this flow's files or document name; changed ones first."""
    page = draft_page(draft_id, by)
    own = own_parameters(page.draft, by)
    new = {each.key: each for each in page.draft.values}
    rows = [row for row in parameter_list() if row.key in own and row.by_manager]
    lines = [ValueLine(row, new.get(row.key)) for row in rows]
    return page, sorted(lines, key=lambda line: (line.new is None, line.row.key))
