"""One case's file, and who may see a case."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from config import ZONE
from errors import NotFound
from models import Case, Document, Identity, ProcessInstance, Task, session
from models.task import OPEN
from operations.privacy import may_ask_for_reporter
from operations.visibility import visible
from queries.deadlines import DeadlineView, deadlines_of_case
from queries.diagrams import Diagram, diagrams_of_case
from queries.facts import Sheet, reader_of_case, sheets_of_case
from queries.history import Happening, hidden_elements, timeline
from reference.people import post_name

MAX_DIGITS = 10  # of a case's id in a link
STATUS_NAMES = {
    "draft": "登记中",
    "submitted": "已提交",
    "accepted": "已受理",
    "rejected": "不予受理",
    "transferred_out": "已转出",
    "dispatched": "已交办",
    "signed": "已签收",
    "in_progress": "办理中",
    "return_pending": "退回审核中",
    "extension_pending": "延期审核中",
    "on_hold": "挂账",
    "feedback": "已反馈",
    "verifying": "核查中",
    "revisiting": "回访中",
    "completed": "已办结",
    "written_off": "已销号",
    "archived": "已归档",
}


@dataclass(frozen=True)
class OpenTaskRow:
    id: str
    name: str
    post_name: str
    may_open: bool


@dataclass(frozen=True)
class CaseFile:
    """Everything one person may know of one case."""

    case: Case
    instance_id: int
    definition_id: int
    status_name: str
    created_at: datetime
    closed_at: datetime | None
    sheets: list[Sheet]
    may_reveal: bool  # the reporter's data in clear, for a reason
    tasks: list[OpenTaskRow]
    deadlines: list[DeadlineView]
    timeline: list[Happening]
    documents: list[Document]
    diagrams: list[Diagram]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Each label once, with its newest value."""
        return list({label: value for sheet in self.sheets for label, value in sheet.facts}.items())


def case_file(case_id: int, by: Identity) -> CaseFile:
    """Raises NotFound when there is no such case or this person may not see it."""
    case = session.scalar(select(Case).where(Case.id == case_id, visible(by)).execution_options(populate_existing=True))
    if case is None:
        raise NotFound
    instance = session.scalars(select(ProcessInstance).where(ProcessInstance.case_id == case_id)).one()
    tasks = [task for task in _open_tasks(case_id) if not task.confidential or by.can("clues")]
    hidden = hidden_elements(instance.definition_id, by)
    deadlines = [each for each in deadlines_of_case(case) if each.element not in hidden]
    return CaseFile(
        case=case,
        instance_id=instance.id,
        definition_id=instance.definition_id,
        status_name=STATUS_NAMES.get(case.status, case.status),
        created_at=case.created_at.astimezone(ZONE),
        closed_at=case.closed_at.astimezone(ZONE) if case.closed_at else None,
        sheets=sheets_of_case(case, instance.definition_id, by, hidden),
        may_reveal=may_ask_for_reporter(case, by),
        tasks=[OpenTaskRow(t.id, t.name, post_name(t.post), t.post in by.post_keys) for t in tasks],
        deadlines=deadlines,
        timeline=timeline(instance, by, reader_of_case(case, instance.definition_id, by)),
        documents=_documents(case_id, by),
        diagrams=diagrams_of_case(instance, tasks, by),
    )


def _documents(case_id: int, by: Identity) -> list[Document]:
    """Confidential ones only for holders of `clues` (XT-20)."""
    mine = select(Document).where(Document.case_id == case_id).order_by(Document.id)
    return list(session.scalars(mine if by.can("clues") else mine.where(Document.confidential.is_(False))))


def _open_tasks(case_id: int) -> list[Task]:
    """Soonest deadline first, and always in the same order."""
    waiting = select(Task).where(Task.case_id == case_id, Task.state == OPEN)
    return list(session.scalars(waiting.order_by(Task.due_at, Task.created_at, Task.id)))
