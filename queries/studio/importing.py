"""What importing files would change in a draft, before it is done."""

from dataclasses import dataclass

from models import Identity
from operations.studio.importing import Bundle, preview
from operations.studio.opening import readable_draft
from queries.studio.comparing import FileChanges, compare_files
from reference.flow_drafts import draft_files


@dataclass(frozen=True)
class ImportPreview:
    """`revision`: the draft's, to be named when it is done."""

    files: list[FileChanges]
    revision: int


def import_preview(draft_id: int, bundle: Bundle, by: Identity) -> ImportPreview:
    """Raises NotFound."""
    draft = readable_draft(draft_id, by)
    return ImportPreview(compare_files(draft_files(draft), preview(draft, bundle)), draft.revision)
