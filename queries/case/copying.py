"""What one needs to see to send a colleague a copy of a case (抄送)."""

from dataclasses import dataclass
from uuid import uuid4

from engine.forms import Choice, Form
from models import Identity, ProcessInstance, session
from operations.acts import copies
from operations.gate.held_posts import choices_of
from queries.case.cases import CaseFile, case_file


@dataclass(frozen=True)
class CopyPage:
    """`why`: why it cannot be done, in a sentence; `request` counts a double click once (P3)."""

    file: CaseFile
    form: Form
    lists: dict[str, list[Choice]]
    why: str
    request: str


def copy_page(case_id: int, by: Identity) -> CopyPage:
    """Raises NotFound when there is no such case or this person may not see it."""
    file = case_file(case_id, by)
    instance = session.get_one(ProcessInstance, file.instance_id)
    why = copies.why_not_copied(file.case) or ("" if file.may_copy else copies.NOT_YOURS)
    posts = [] if why else copies.posts_to_copy(instance, by)
    return CopyPage(file, copies.FORM, {"posts": choices_of(posts)}, why, uuid4().hex)
