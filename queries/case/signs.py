"""Who is asked about a task (加签、委派): on its page, on a page of their own, and in their inbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Row, Select, func, select, tuple_

from config import ZONE
from engine.forms import Choice, Form
from errors import NotFound
from models import Case, HeldForm, Identity, Submission, Task, TaskSign, session
from models.sign import AFTER, ANSWERED, IS_ASKED, VOID, WITHDRAWN
from models.task import ASKED, LATER
from operations.acts import signing
from operations.acts.holding import content_mark
from operations.gate.deadlines import NEVER
from operations.gate.held_posts import choices_of
from queries.case.cases import CaseFile, case_file
from queries.case.deadlines import DeadlineView
from queries.case.facts import Reader, Sheet, called, sheets
from queries.lights import Light, Lights, lights_at
from queries.pages import Page, page_of, read_numbered_mark
from reference.past_versions import forms_ever
from reference.people import post_names
from reference.privacy import listed

STATES = {LATER: "提交以后再请", ASKED: "等答复", ANSWERED: "已答复", WITHDRAWN: "已减签", VOID: "随任务作废"}
VERDICTS = {True: "同意", False: "不同意", None: ""}


@dataclass(frozen=True)
class SignView:
    """One post that was asked, as this person may read it."""

    id: int
    kind_name: str
    post_name: str
    state_name: str
    question: str
    asked_by: str
    asked_at: datetime  # local
    verdict: str
    answer: str
    answered_by: str
    is_pending: bool


@dataclass(frozen=True)
class SignPage:
    """`why`: why it is not to be answered any more; `held`: what 后加签 is to confirm; `kept`: goes back with the
    answer, so that it counts for what was seen.
    """

    sign: SignView
    task: Task
    file: CaseFile
    form: Form
    why: str
    held: Sheet | None
    kept: list[tuple[str, str]]
    deadline: DeadlineView | None
    request: str

    @property
    def dues(self) -> list[DeadlineView]:
        return [self.deadline] if self.deadline and self.deadline.state == "running" else []


@dataclass(frozen=True)
class SignRow:
    """`light` and `due_at` are the task's: its deadline runs on."""

    id: int
    kind_name: str
    task_name: str
    question: str
    asked_by: str
    case_no: str
    title: str
    mark: str  # 紧急; mostly ""
    flow_name: str
    due_at: datetime | None  # local
    light: Light


@dataclass(frozen=True)
class AskPage:
    """What one needs to ask: the form, the posts to choose from; `why` it cannot be done."""

    form: Form
    lists: dict[str, list[Choice]]
    why: str


def signs_of(task: Task, file: CaseFile) -> list[SignView]:
    """Oldest first."""
    rows = session.scalars(select(TaskSign).where(TaskSign.task_id == task.id).order_by(TaskSign.id)).all()
    return _views(rows, file) if rows else []


def held_form(task: Task, file: CaseFile, by: Identity) -> Sheet | None:
    """What was handed in and waits for answers; None where nothing does."""
    held = session.get(HeldForm, task.id)
    if held is None or not task.form:
        return None
    row = Submission(task_id=task.id, element=task.element, form=task.form, values=held.values, by=held.by, at=held.at)
    definition = file.move.definition
    reader = Reader(file.case, [*file.submissions, row], forms_ever(definition), by)
    return sheets(file.case, [row], reader, definition)[0]


def ask_page(task: Task, by: Identity, *, delegate: bool, may_work: bool) -> AskPage:
    form = signing.DELEGATE if delegate else signing.SIGN
    posts = choices_of(signing.posts_to_ask(task, by, delegate=delegate)) if may_work else []
    why = ""
    if not may_work:
        why = f"这个任务现在不由您办理，不能{form.title}。"
    elif not posts:
        why = _why_nobody(task, delegate=delegate)
    return AskPage(form, {"posts": posts}, why)


def _why_nobody(task: Task, *, delegate: bool) -> str:
    """Why there is no post left to choose, as `posts_to_ask` leaves them out."""
    case = task.instance.case
    if task.confidential:
        return "没有可以请的岗位：保密任务只能请有查看线索权限、线索不涉及其单位的岗位（XT-20）。"
    if delegate:
        return "没有可以委派的岗位：本单位有人任职的其他岗位没有了，或者都已经请了、还没有答复。"
    if case.confidential:
        return "没有可以请的岗位：保密事项只在已经参与的单位之内（C-09）。"
    if case.archived:
        return "没有可以请的岗位：已经归档的事项只在已经参与的单位之内（C-10）。"
    return "没有可以请的岗位：本县有人任职的其他岗位没有了，或者都已经请了、还没有答复。"


def sign_page(sign_id: int, by: Identity) -> SignPage:
    """Raises NotFound when there is no such sign of this person's posts, or they may not see its case."""
    sign = session.get(TaskSign, sign_id, populate_existing=True)
    if sign is None or sign.post not in by.post_keys or sign.state == LATER:
        raise NotFound
    task = session.get_one(Task, sign.task_id, populate_existing=True)
    file = case_file(sign.case_id, by)
    [view] = _views([sign], file)
    is_open = sign.state == ASKED
    waits = session.get(HeldForm, task.id, populate_existing=True) if sign.kind == AFTER else None
    return SignPage(
        sign=view,
        task=task,
        file=file,
        form=signing.form_of(sign),
        why="" if is_open else f"{view.state_name}，不用再办。",
        held=held_form(task, file, by) if is_open and waits else None,
        kept=[("of", content_mark(waits))] if waits else [],
        deadline=file.newest_deadline(task.deadline_key),
        request=uuid4().hex,
    )


def asked_of(by: Identity, after: str | None = None, limit: int = 50, *, light: Lights | None = None) -> Page[SignRow]:
    """What the posts of this person are asked, soonest deadline of the task first. `light`: where the page has it."""
    found = (
        select(TaskSign, Task, Case)
        .join(Task, Task.id == TaskSign.task_id)
        .join(Case, Case.id == TaskSign.case_id)
        .where(IS_ASKED, TaskSign.post.in_(by.post_keys))
    )
    if mark := read_numbered_mark(after):
        found = found.where(tuple_(Task.due_at, TaskSign.id) > mark)
    rows = session.execute(found.order_by(Task.due_at, TaskSign.id).limit(limit + 1)).all()
    page = page_of(rows, limit, lambda row: f"{row[1].due_at.isoformat()}|{row[0].id}")
    light = light or lights_at()
    return Page([_row(row, light(row[1].due_at)) for row in page.rows], page.next)


def number_asked(by: Identity) -> Select[int]:
    """How many answers the posts of this person owe."""
    return select(func.count()).select_from(TaskSign).where(IS_ASKED, TaskSign.post.in_(by.post_keys))


def _views(rows: Sequence[TaskSign], file: CaseFile) -> list[SignView]:
    names = post_names(row.post for row in rows)
    return [
        SignView(
            id=row.id,
            kind_name=signing.KIND_NAMES[row.kind],
            post_name=names[row.post],
            state_name=STATES[row.state],
            question=file.of_text(row.question),
            asked_by=row.asked_by,
            asked_at=row.asked_at.astimezone(ZONE),
            verdict=VERDICTS[row.agrees],
            answer=file.of_text(row.answer),
            answered_by=row.answered_by,
            is_pending=row.is_pending,
        )
        for row in rows
    ]


def _row(row: Row[*tuple[TaskSign, Task, Case]], light: Light) -> SignRow:
    sign, task, case = row
    return SignRow(
        id=sign.id,
        kind_name=signing.KIND_NAMES[sign.kind],
        task_name=called(task.name, listed(task.item, case)),
        question=listed(sign.question, case),
        asked_by=sign.asked_by,
        case_no=case.case_no or "未编号",
        title=listed(case.title, case),
        mark=case.mark,
        flow_name=case.flow_name,
        due_at=None if task.due_at >= NEVER else task.due_at.astimezone(ZONE),
        light=light,
    )
