"""What one needs to see to dispute a deadline, or to answer that (对时限有异议)."""

from dataclasses import dataclass, field
from uuid import uuid4

from engine.forms import Choice, Form
from errors import NotFound
from models import DeadlineDispute, Identity, session
from models.deadline import RUNNING
from operations.acts.disputing import ANSWER, DISPUTE, ENDED, why_not_answered, why_not_disputed
from queries.case.cases import CaseFile, case_file
from queries.case.deadlines import DeadlineView
from queries.case.disputes import Dispute


@dataclass(frozen=True)
class DisputePage:
    """`why`: why it cannot be done, in a sentence; `dues`: the one deadline it is about."""

    file: CaseFile
    form: Form
    why: str
    request: str
    button: str
    dues: list[DeadlineView]
    said: Dispute | None = None
    lists: dict[str, list[Choice]] = field(default_factory=dict)


def dispute_page(case_id: int, deadline_id: int, by: Identity) -> DisputePage:
    """Raises NotFound, also for a deadline this person may not know of."""
    file = case_file(case_id, by)
    due = _due(file, deadline_id)
    why = why_not_disputed(file.case, by) or ("" if due.state == RUNNING else "这个时限已经结束，不能再提异议。")
    return DisputePage(file, DISPUTE, why, uuid4().hex, "提交异议", [due])


def answer_page(case_id: int, dispute_id: int, by: Identity) -> DisputePage:
    """Raises NotFound, also for a dispute this person may not know of."""
    file = case_file(case_id, by)
    said = next((each for each in file.disputes if each.id == dispute_id), None)
    if said is None:
        raise NotFound
    why = why_not_answered(file.case, session.get_one(DeadlineDispute, dispute_id), by)
    if not (why or said.is_open):
        why = f"{said.answered_by}已经答复了这个异议。" if said.answered_by else ENDED
    return DisputePage(file, ANSWER, why, uuid4().hex, "答复", [_due(file, said.deadline_id)], said)


def _due(file: CaseFile, deadline_id: int) -> DeadlineView:
    for each in file.deadlines:
        if each.id == deadline_id:
            return each
    raise NotFound
