"""Drafts of flows as a whole: the version they began with, and what they change."""

from collections.abc import Mapping

from models import FlowDraft
from reference import definitions


def draft_files(draft: FlowDraft) -> dict[str, bytes]:
    """Every file of the flow as the draft has it: its own, and those it shares with other flows."""
    return with_changes(base_files(draft), {file.name: file.content for file in draft.files})


def base_files(draft: FlowDraft) -> dict[str, bytes]:
    """Every file of the version that the draft began with."""
    return definitions.all_files(draft.base_id)


def with_changes(base: Mapping[str, bytes], changes: Mapping[str, bytes | None]) -> dict[str, bytes]:
    """`changes`: a file's new content, None for one that is done without."""
    return {name: content for name, content in {**base, **changes}.items() if content is not None}
