"""One diagram of a draft as its editor opens it."""

from dataclasses import dataclass
from typing import Any

from models import FlowDraft, Identity
from models.studio import EDITING
from queries.studio.drafts import draft_file, readable_draft
from queries.studio.file_titles import file_title
from queries.studio.vocabulary import vocabulary


@dataclass(frozen=True)
class Editor:
    draft: FlowDraft
    name: str
    title: str
    editable: bool
    words: dict[str, Any]  # what there is to choose from


def editor(draft_id: int, name: str, by: Identity) -> Editor:
    """Raises NotFound, also for what is no diagram."""
    draft = readable_draft(draft_id, by)
    title = file_title(name, draft_file(draft_id, name, by).content)
    editable = draft.state == EDITING and by.can("design")
    return Editor(draft, name, title, editable, vocabulary(draft, name) if editable else {})
