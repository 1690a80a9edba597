"""The pages on which whoever brought a case does something to it, from the page of its progress."""

from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import select

from engine.forms import Form
from errors import MessageNotAccepted
from models import Case, ProcessInstance, session
from operations.gate.moves import Move, open_case
from operations.public import supplements
from operations.public.reporter_acts import BUTTON, offered, offers
from operations.public.reporters import REPORTER, case_with
from reference import definitions


@dataclass(frozen=True)
class ActPage:
    """`words` say what happens with what is handed in; `given` is the pass for this case."""

    name: str
    case_no: str
    form: Form
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
    return ActPage("补充材料", case.case_no or "", supplements.FORM, words, True, given, uuid4().hex)


def act_page(given: str, element: str) -> ActPage:
    """Raises NotFound for a pass that is none or too old, MessageNotAccepted for what does not wait for this."""
    case = case_with(given)
    move = _opened(case)
    offer = offered(move, element)
    form = move.definition.narrowed.get(element) or move.definition.forms[offer.form]
    return ActPage(offer.button, case.case_no or "", form, "提交以后记入办理经过。", False, given, uuid4().hex)


def offered_acts(case: Case) -> list[tuple[str, str]]:
    """Element and button of what this case lets its reporter do now."""
    if case.archived or not any(BUTTON in each.properties for each in _definition(case).elements.values()):
        return []  # most queries load no state
    return [(each.element.id, each.button) for each in offers(_opened(case))]


def _definition(case: Case) -> definitions.Definition:
    found = select(ProcessInstance.definition_id).where(ProcessInstance.case_id == case.id)
    return definitions.definition(session.scalars(found).one())


def _opened(case: Case) -> Move:
    found = select(ProcessInstance.id).where(ProcessInstance.case_id == case.id)
    return open_case(session.scalars(found).one(), by=REPORTER)
