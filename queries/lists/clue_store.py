"""The store of clues (问责线索), and what people have decided on them: for its own post alone (XT-20)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from config import ZONE
from engine.forms import Form
from models import Case, Clue, Identity, ProcessInstance, Submission, Task, Unit, User, session
from models.task import CANCELLED, OPEN
from operations.gate.visibility import clues_for
from queries.pages import MAX_DIGITS, Page, page_of
from reference import definitions
from reference.people import post_names
from reference.privacy import listed


@dataclass(frozen=True)
class Decision:
    """A confidential step: what it is called, who took it and what they chose; open: who is to take it.

    `clue`: the one it is about; None: its flow does not say, and it counts for each clue of the case.
    """

    name: str
    who: str
    said: str
    at: datetime | None  # local; None while it is open
    clue: int | None


@dataclass(frozen=True)
class ClueRow:
    id: int
    case_id: int
    case_no: str
    title: str
    unit: str
    reason: str
    summary: str
    raised_at: datetime  # local
    decisions: list[Decision]

    @property
    def state(self) -> str:
        """待决定, 已有决定, or 已登记 where the flow asks nobody."""
        if any(each.at is None for each in self.decisions):
            return "待决定"
        return "已有决定" if self.decisions else "已登记"


def clue_store(by: Identity, after: str | None = None, limit: int = 50) -> Page[ClueRow]:
    """Newest first: clues of the counties whose clues one keeps, never one about a unit of one's own."""
    found = select(Clue, Case, ProcessInstance.definition_id, Unit.name).join(Case, Case.id == Clue.case_id)
    found = found.join(ProcessInstance, ProcessInstance.case_id == Case.id).outerjoin(Unit, Unit.code == Clue.org)
    if after and after.isdecimal() and len(after) < MAX_DIGITS:
        found = found.where(Clue.id < int(after))
    rows = session.execute(found.where(clues_for(by)).order_by(Clue.id.desc()).limit(limit + 1)).all()
    page = page_of(rows, limit, lambda row: str(row[0].id))
    steps = _steps({case.id: definition_id for _, case, definition_id, _ in page.rows})
    return Page([_row(clue, case, name, steps.get(case.id, [])) for clue, case, _, name in page.rows], page.next)


def _row(clue: Clue, case: Case, unit: str | None, steps: list[Decision]) -> ClueRow:
    at = clue.raised_at.astimezone(ZONE)
    return ClueRow(
        clue.id,
        case.id,
        case.case_no or "未编号",
        listed(case.title, case),
        unit or clue.org,
        clue.reason,
        listed(clue.summary, case),
        at,
        [each for each in steps if each.clue == clue.id or (each.clue is None and (each.at is None or each.at >= at))],
    )


def _steps(cases: dict[int, int]) -> dict[int, list[Decision]]:
    """The confidential tasks of these cases (id: definition), in their order."""
    found: dict[int, list[Decision]] = {}
    mine = select(Task, User.name).outerjoin(User, User.id == Task.done_by)
    mine = mine.where(Task.case_id.in_(cases), Task.confidential, Task.state != CANCELLED)
    rows = session.execute(mine.order_by(Task.created_at, Task.id)).all()
    posts, said = post_names(task.post for task, _ in rows), _said(cases)
    for task, name in rows:
        post = posts[task.post]
        form = definitions.definition(cases[task.case_id]).forms.get(task.form)
        step = (
            Decision(task.name, post, "", None, task.clue_id)
            if task.state == OPEN
            else Decision(
                task.name,
                f"{name or ''}（{post}）",
                _choice(form, said.get(task.id, {})),
                _local(task.closed_at),
                task.clue_id,
            )
        )
        found.setdefault(task.case_id, []).append(step)
    return found


def _said(cases: Collection[int]) -> dict[str | None, dict[str, object]]:
    """By task what was handed in with it."""
    rows = session.execute(select(Submission.task_id, Submission.values).where(Submission.case_id.in_(cases)))
    return {row.task_id: row.values for row in rows}


def _choice(form: Form | None, values: dict[str, object]) -> str:
    """The label of what was chosen first on the form: 不移送, 依程序启动问责."""
    for field in form.inputs if form else ():
        for choice in field.choices:
            if choice.value == values.get(field.key):
                return choice.label
    return ""


def _local(at: datetime | None) -> datetime | None:
    return at and at.astimezone(ZONE)
