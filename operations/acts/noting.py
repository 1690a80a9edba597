"""What colleagues write down for each other about a case (备注): a row of its history, no step of the flow."""

from collections.abc import Mapping
from typing import Any

from engine.forms import Field, Form, clean
from errors import MessageNotAccepted, NotAllowed
from models import Case, Identity, Writes, now, previous_seal, transactional
from operations.gate.requests import already_handled, remember, request_key
from operations.gate.revisions import add_revision
from operations.gate.visibility import in_whose_name, locked_for, takes_part

SECRET = Field("secret", "checkbox", "只给有线索权限的人看（XT-20）")
WORDS = Field("remark", "textarea", "备注", required=True, max_length=500)
FORM = Form("note", "备注", (WORDS, SECRET), {})
#: The rows of the history that tell a note: for all who see the case, and for the holders of clues alone.
NOTED, NOTED_SECRET = "noted", "noted_clue"
#: What of such a row is its words.
REMARK = "remark"


@transactional
def note_on_case(case_id: int, values: Mapping[str, Any], *, by: Identity, request: str | None = None) -> None:
    """Write `values["remark"]` into the file; with `values["secret"]` for the holders of the permission "clues" alone,
    from one of these (XT-20).

    Raises NotFound, NotAllowed for who only looks on, MessageNotAccepted for a filed case (C-10), InvalidForm.
    """
    request = request_key(request, "note", str(case_id), by=by)
    instance = locked_for(case_id, by)
    if already_handled(request):
        return
    if problem := why_not_noted(instance.case, by):
        raise MessageNotAccepted(problem) if instance.case.archived else NotAllowed(problem)
    given, at = clean(FORM, values), now()
    if given["secret"] and not by.can("clues"):  # never let others read what was meant for few
        raise NotAllowed("只有有线索权限的人可以写保密的备注（XT-20）。")
    kind = NOTED_SECRET if given["secret"] else NOTED
    by, writes = in_whose_name(case_id, by), Writes()
    notes = [[REMARK, given["remark"], ""]]
    add_revision(writes, instance, previous_seal(instance.id), kind=kind, by=by, at=at, notes=notes)
    remember(writes, request, case_id=case_id, task_id="", at=at)
    writes.send()


def why_not_noted(case: Case, by: Identity) -> str:
    """Why this person may write nothing here, in a sentence; "" when they may."""
    if case.archived:
        return "事项已经归档，只能查看（C-10）。"
    return "" if takes_part(case, by) else "只有登记、办理或统管这个事项的单位可以写备注。"
