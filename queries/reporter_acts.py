"""The pages on which whoever brought a case does something to it, from the page of its progress."""

from dataclasses import dataclass
from uuid import uuid4

from engine.forms import Choice, Form
from errors import MessageNotAccepted
from operations import supplements
from operations.reporters import case_with


@dataclass(frozen=True)
class ActPage:
    """`words` say what happens with what is handed in; `given` is the pass for this case."""

    name: str
    case_no: str
    form: Form
    lists: dict[str, list[Choice]]
    words: str
    takes_files: bool
    given: str
    request: str


def supplement_page(given: str) -> ActPage:
    """Raises NotFound for a pass that is none or too old, MessageNotAccepted for a closed case."""
    case = case_with(given)
    if problem := supplements.why_not_supplemented(case):
        raise MessageNotAccepted(problem)
    words = "补充的情况和材料记入办理经过，正在办理的单位会收到通知。"
    return ActPage("补充材料", case.case_no or "", supplements.FORM, {}, words, True, given, uuid4().hex)
