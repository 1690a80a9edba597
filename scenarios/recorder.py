"""Record a case that one may see, for a draft of its flow."""

from pathlib import Path

from sqlalchemy import select

from errors import NotFound
from models import Case, FlowDraft, Identity, ProcessDefinition, ProcessInstance, session
from operations.gate.visibility import visible
from operations.studio.opening import readable_draft
from reference.flow_drafts import draft_files
from scenarios.entries import Usual, usual_fields
from scenarios.features import COMMON, COMMON_FILE, background_of, parse_text
from scenarios.mistakes import UnreadableFeature
from scenarios.telling import tell


def recorded(draft_id: int, number: str, by: Identity) -> str:
    """The text of a feature file of what happened in the case of this number. Raises NotFound, also for a case of
    another flow, and for one that this person may not see.
    """
    draft = readable_draft(draft_id, by)
    found = select(ProcessInstance).join(Case).where(Case.case_no == number.strip(), visible(by))
    instance = session.scalar(found)
    if instance is None:
        raise NotFound(f"没有编号为“{number.strip()}”的事项，或者您无权查看。")
    if instance.case.flow not in _flows(draft):
        raise NotFound(f"“{number.strip()}”是另一个流程“{instance.case.flow_name}”的事项，请在那个流程的草稿里录制。")
    return tell(instance, usual_of(draft), by)


def _flows(draft: FlowDraft) -> set[str]:
    """Those that are published together with the draft's."""
    digest = session.get_one(ProcessDefinition, draft.base_id).digest
    return set(session.scalars(select(ProcessDefinition.key).where(ProcessDefinition.digest == digest)))


def usual_of(draft: FlowDraft) -> Usual:
    """What the background of all its scenarios fills in."""
    content = draft_files(draft).get(COMMON_FILE, b"")
    try:
        return usual_fields(background_of(parse_text(COMMON, content.decode()), Path(COMMON)))
    except (UnreadableFeature, UnicodeDecodeError):
        return {}
