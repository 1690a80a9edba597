"""One diagram of a draft as its editor opens it."""

from dataclasses import dataclass
from typing import Any

from errors import NotFound
from models import FlowDraft, Identity
from operations.studio.opening import may_change, readable_draft
from queries.studio.drafts import DraftFile, draft_file
from queries.studio.file_titles import file_title
from queries.studio.vocabulary import vocabulary


@dataclass(frozen=True)
class Editor:
    draft: FlowDraft
    name: str
    title: str
    editable: bool
    words: dict[str, Any]  # what there is to choose from


def diagram_file(draft_id: int, name: str, by: Identity) -> DraftFile:
    """Raises NotFound, also for what is no diagram."""
    if not name.endswith(".bpmn"):
        raise NotFound(f"“{name}”不是流程图。")
    return draft_file(draft_id, name, by)


def editor(draft_id: int, name: str, by: Identity) -> Editor:
    """Raises what diagram_file() raises."""
    draft = readable_draft(draft_id, by)
    title = file_title(name, diagram_file(draft_id, name, by).content)
    editable = may_change(draft, by)
    return Editor(draft, name, title, editable, vocabulary(draft, name) if editable else {})
