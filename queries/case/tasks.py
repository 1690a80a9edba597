"""Everything one needs to see to do a task."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import uuid4

from config import ZONE
from engine import PendingMessage
from engine.forms import Choice, Field, Form, flat
from engine.forms.form import TEXTS
from errors import AppError, MessageNotAccepted, NotFound
from models import SYSTEM, Case, Clue, Identity, Task, User, session
from models.deadline import RUNNING
from models.task import OPEN
from operations.acts import passing_on, recalling
from operations.acts.callers import phone_field
from operations.acts.signing import WITHDRAW
from operations.acts.steps_back import choices_of_steps, steps_back
from operations.acts.tasks import may_see_task
from operations.gate.held_posts import choices_of
from operations.gate.moves import Move
from operations.gate.other_hands import why_not_these_hands
from operations.gate.passing_posts import posts_for
from operations.gate.submissions import choice_lists
from queries.boxes.drafts import KeptDraft, drafts_of_task, kept
from queries.case.cases import CaseFile, case_file
from queries.case.deadlines import DeadlineView
from queries.case.facts import Sheet
from queries.case.merged import Leader, leader_of, reply_fields
from queries.case.prefill import prefilled
from queries.case.reading import ReadPaper
from queries.case.signs import SignView, ask_page, held_form, signs_of
from queries.meetings.attendance import attendance
from queries.receiving.empty_posts import with_empty_posts
from queries.receiving.knowledge import Answer, answers
from queries.receiving.suggesting import Suggested, field_to_suggest, suggested
from reference import definitions
from reference.matters import asked_in, typed_in
from reference.past_versions import forms_ever
from reference.people import post_name


@dataclass(frozen=True)
class Action:
    """What the diagram offers on a task besides completing it: 申请退回, 申请延期 …

    `id` is the element's, which stays the same when the event waits again after it was used.
    When it is not available now, `why` says so in a sentence. `shown` has the values of the fields that are read only.
    """

    id: str
    name: str
    form: Form | None
    available: bool
    why: str
    shown: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class TaskPage:
    """`request` goes into the form, so that a double click counts once (P3); `drafts` are this person's."""

    task: Task
    by: Identity
    file: CaseFile
    post_name: str
    is_open: bool
    opens_at: datetime | None  # it can be completed from then on; None: now
    may_work: bool
    may_claim: bool
    not_mine: str  # why this person may not do it because of what they did before (XT-A6); mostly ""
    may_give_back: bool
    form: Form | None
    lists: dict[str, list[Choice]]
    values: dict[str, Any]
    actions: list[Action]
    deadline: DeadlineView | None
    drafts: dict[str, KeptDraft]  # by the event whose form it is of, "" for the task's own
    sent_back: str  # who sent it back to this step and why; "" where nobody did
    done_by: str  # the name of who has completed it
    signs: list[SignView]  # who was asked about it (加签、委派)
    not_recalled: str  # why this person cannot take it back (撤回); "": they can
    held: Sheet | None  # what was handed in and waits for them
    request: str

    @property
    def case(self) -> Case:
        return self.file.case

    @property
    def item(self) -> str:
        """Which of several alike it is: 任务2：清运渣土; mostly ""."""
        return self.file.item_of(self.task)

    @property
    def dues(self) -> list[DeadlineView]:
        """Its own first, also where that is kept from others (XT-20); then what runs beside it, soonest first."""
        own = self.deadline
        others = sorted((each for each in self.file.deadlines if each != own), key=lambda due: due.due_at)
        return [each for each in ([own] if own else []) + others if each.state == RUNNING]

    @property
    def letters(self) -> list[ReadPaper]:
        """On a confidential task the papers about its clue: what its holder decides on or signs for (CA-12)."""
        if not self.task.confidential:
            return []
        secret = [each for each in self.file.documents if each.document.confidential]
        return [each for each in secret if each.document.clue_id in (None, self.task.clue_id)]

    @cached_property
    def clue_reason(self) -> str:
        """Why the clue it is about was raised; `item` has room for the beginning alone. "" for any other task."""
        clue = session.get(Clue, self.task.clue_id) if self.task.clue_id is not None else None
        return self.file.of_text(clue.reason) if clue else ""

    @cached_property
    def leader(self) -> Leader | None:
        """The case that this one was merged into (并案), where this person may know of it."""
        return leader_of(self.file.links)

    @cached_property
    def steps_back(self) -> list[Choice]:
        """Where this person may send it back to (退回), the nearest first."""
        steps = steps_back(self.task, self.file.move.execution) if self.may_work else []
        return choices_of_steps(steps) if steps else []

    @property
    def asks_for_caller(self) -> bool:
        """Whether it registers what somebody has brought, and this person may look for what else they brought."""
        return self.may_work and self.by.can("register") and bool(self.form and phone_field(self.form))

    @property
    def may_take_reply(self) -> bool:
        """Whether what the leader has answered may be put into this form."""
        return bool(self.leader and self.leader.reply and reply_fields(self.form))

    @cached_property
    def replies_in(self) -> str:
        """The key of the field in which whoever brought the case is answered; mostly ""."""
        return next((field.key for field in reply_fields(self.form)), "")

    @cached_property
    def answers(self) -> list[Answer]:
        """What the knowledge base says about this case."""
        fields = (field for form in self.file.move.definition.forms.values() for field in asked_in(form))
        about = typed_in({field.key: field for field in fields}.values(), self.file.said)
        return answers(about, self.by)

    @cached_property
    def suggested(self) -> Suggested | None:
        """Which units have handled the like, where this form dispatches the case."""
        field, told = field_to_suggest(self.form), self.file.submissions
        if self.form is None or field is None or not told:
            return None
        units = {choice.value: choice.label for choice in self.lists.get(field.choices_key, ())}
        matter = typed_in(asked_in(forms_ever(self.file.move.definition)[told[0].form]), told[0].values)
        return suggested(field, self.form, self.values, units, matter, self.by)

    @property
    def shown(self) -> dict[str, Any]:
        """The values of the fields that are read only: no browser sends them back."""
        return self.form.shown(self.values) if self.form else {}


def task_page(task_id: str, by: Identity) -> TaskPage:
    """Raises NotFound when there is no such task or this person may not see it."""
    task = session.get(Task, task_id, populate_existing=True)
    if task is None or not may_see_task(task, by):
        raise NotFound
    file, is_open, mine = case_file(task.case_id, by), task.state == OPEN, task.post in by.post_keys
    move = file.move
    not_mine = why_not_these_hands(task, by) if is_open and mine else ""
    form, offered = move.definition.form_at(task.element), actions(move, task) if is_open and mine else []
    lists = _lists([form, *(action.form for action in offered)], by, file.case)
    shown = with_empty_posts(form, lists, move.definition) if form and is_open and mine else (form, lists)
    return TaskPage(
        task=task,
        by=by,
        file=file,
        post_name=post_name(task.post),
        is_open=is_open,
        opens_at=_opens_at(move, task) if is_open else None,
        may_work=is_open and mine and task.inbox_key in (task.post, by.key),
        may_claim=is_open and mine and not task.is_claimed and not not_mine,
        not_mine=not_mine,
        may_give_back=is_open and task.inbox_key == by.key,
        form=shown[0],
        lists=shown[1],
        values=prefilled(form, by.at(task.post), move.host.now, file.said, lambda: attendance(task.case_id))
        | _known_values(file, task),
        actions=offered,
        deadline=file.newest_deadline(task.deadline_key),
        drafts=_drafts(task, form, offered, by) if is_open and mine else {},
        sent_back=_sent_back(task, file) if is_open and mine else "",
        done_by=_name_of(task.done_by),
        signs=signs_of(task, file),
        not_recalled=recalling.why_not_recalled(task, by),
        held=held_form(task, file, by) if is_open else None,
        request=uuid4().hex,
    )


def _sent_back(task: Task, file: CaseFile) -> str:
    """The task began at the moment of that act, and of no other."""
    began = task.created_at.astimezone(ZONE)
    acts = (each for each in file.timeline if each.at == began and each.details)
    said = (f"{each.who}{words}" for each in acts for words in each.details if f"退回到“{task.name}”，理由：" in words)
    return next(said, "")


def _lists(forms: Iterable[Form | None], by: Identity, case: Case) -> dict[str, list[Choice]]:
    return choice_lists(by, frozenset[str]().union(*(form.lists for form in forms if form)), case)


def _drafts(task: Task, form: Form | None, offered: Iterable[Action], by: Identity) -> dict[str, KeptDraft]:
    forms = {"": form} | {action.id: action.form for action in offered}
    found = drafts_of_task(task.id, by)
    return {event: kept(draft, asked) for event, draft in found.items() if (asked := forms.get(event))}


def _name_of(user: int | None) -> str:
    person = session.get(User, user) if user is not None else None
    return person.name if person else ""


def actions(move: Move, task: Task) -> list[Action]:
    """The boundary message events that wait on this task."""
    known = _variables(move, task)
    return [_action(move, message, known) for message in move.execution.messages() if message.task_id == task.id]


def _action(move: Move, message: PendingMessage, known: Mapping[str, Any]) -> Action:
    properties = message.element.properties
    form = move.definition.form_at(message.element.id)
    why = ""
    if "available" in properties and not _is_available(move, message):
        why = properties.get("unavailable", str(MessageNotAccepted()))
    shown = form.shown(known) if form else {}
    return Action(message.element.id, message.element.name, form, not why, why, shown)


def passing_on_of(page: TaskPage) -> tuple[Action, dict[str, list[Choice]]]:
    """转办 as an action of the task, and the posts to choose from."""
    posts, why = choices_of(posts_for(page.task)), ""
    if not page.may_work:
        why = "这个任务现在不由您办理，不能转办。"
    elif problem := passing_on.why_not_now(page.task):
        why = problem
    elif not posts:
        why = "本单位没有能接办这个任务的其他岗位；换承办单位请申请退回。"
    return Action("pass_on", passing_on.FORM.title, passing_on.FORM, not why, why), {"posts": posts}


def asking_of(page: TaskPage, *, delegate: bool) -> tuple[Action, dict[str, list[Choice]]]:
    """加签 or 委派 as an action of the task, and the posts to choose from."""
    asking = ask_page(page.task, page.by, delegate=delegate, may_work=page.may_work)
    return Action(asking.form.key, asking.form.title, asking.form, not asking.why, asking.why), asking.lists


def withdrawing_of(page: TaskPage, sign_id: int) -> Action:
    """减签 of one that is unanswered. Raises NotFound for one that is not of this task."""
    sign = next((each for each in page.signs if each.id == sign_id), None)
    if sign is None:
        raise NotFound
    why = "" if page.may_work else "这个任务现在不由您办理，不能减签。"
    why = why if sign.is_pending else f"{sign.post_name}{sign.state_name}，不能再减。"
    return Action("withdraw", f"减签：{sign.post_name}", WITHDRAW, not why, why)


def recalling_of(page: TaskPage) -> Action:
    """撤回 of a completed task."""
    return Action("recall", recalling.FORM.title, recalling.FORM, not page.not_recalled, page.not_recalled)


def _is_available(move: Move, message: PendingMessage) -> bool:
    try:
        return move.execution.may_say(message.id)
    except AppError:
        return False


def _opens_at(move: Move, task: Task) -> datetime | None:
    opens = move.execution.opens_at(task.id)
    return opens if opens and move.host.now < opens else None


def _known_values(file: CaseFile, task: Task) -> dict[str, Any]:
    """What the case already knows of the fields on this form; the clerk corrects instead of typing again.

    A form that was handed in before starts empty: an earlier round's decision must not pass for this one's.
    """
    form = file.move.definition.form_at(task.element)
    if form is None:
        return {}
    variables = _variables(file.move, task)
    again = any(row.form == task.form for row in file.submissions)
    fields = [field for field in form.inputs if field.readonly or not again]
    known = {field.key: _readable(file, field, variables.get(field.key)) for field in fields}
    return {key: value for key, value in known.items() if value is not None}


def _readable(file: CaseFile, field: Field, value: Any) -> Any:
    """What is only shown is masked as on the page of the case (S-04); what is corrected has to be whole."""
    if not field.readonly or not value:
        return value
    if field.type == "dynamiclist":
        columns = [each for each in flat(field.fields) if each.key]
        return [{each.key: _readable(file, each, row.get(each.key)) for each in columns} for row in value]
    return file.of_text(value) if field.type in TEXTS and isinstance(value, str) else value


def _variables(move: Move, task: Task) -> Mapping[str, Any]:
    """What its token knows while it is open."""
    open_task = next((each for each in move.execution.open_tasks() if each.id == task.id), None)
    return open_task.variables if open_task else {}


def form_of_task(task_id: str, event: str = "", *, by: Identity = SYSTEM) -> Form | None:
    """The form of a task, or of an event on it, whoever asks: to name what they typed, nothing of the case is in it.

    None for what is confidential, but to holders of `clues` and of the task's post (XT-20). Raises NotFound for an
    unknown task.
    """
    task = session.get(Task, task_id)
    if task is None:
        raise NotFound
    definition = definitions.definition(task.instance.definition_id)
    element = definition.elements.get(event or task.element)
    secret = task.confidential or (element is not None and element.properties.get("confidential"))
    if element is None or (secret and not by.can("clues") and task.post not in by.post_keys):
        return None
    return definition.form_at(element.id)


def action_of(page: TaskPage, event: str) -> Action:
    """Raises NotFound when the task does not offer it."""
    for action in page.actions:
        if action.id == event:
            return action
    raise NotFound
