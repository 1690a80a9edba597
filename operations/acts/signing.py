"""Ask colleagues about a task before it is completed (加签、委派), take that back (减签), answer.

An act beside the flow: the engine does not move, and the task's deadline runs on. docs/decisions/task-acts.md says what
each kind means.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine.forms import Choice, Field, Form, clean
from errors import InvalidForm, MessageNotAccepted, NotFound, TaskNotOpen
from models import (
    CaseUnit,
    Clue,
    HeldForm,
    Identity,
    Notice,
    Task,
    TaskSign,
    Unit,
    User,
    Writes,
    now,
    session,
    transactional,
    unit_of,
)
from models.case import COPIED
from models.sign import AFTER, ANSWERED, BEFORE, DELEGATED, PARALLEL, WITHDRAWN
from models.task import ASKED, LATER
from operations.acts.copies import posts_to_copy
from operations.acts.holding import FIRST, ask, content_mark, give_back_form, names_of, tell, who_goes_on
from operations.acts.tasks import finish, locked_task, workable_task
from operations.gate.held_posts import ChosenPost, choices_of, posts_where
from operations.gate.other_hands import refuse_same_opinion, with_other_hands
from operations.gate.requests import already_handled, remember, request_key
from operations.gate.revisions import actor
from operations.gate.sign_rows import keep_asked, pending_signs
from reference.people import identity, permissions_of, post_name

KIND_NAMES = {BEFORE: "前加签", PARALLEL: "并行加签", AFTER: "后加签", DELEGATED: "委派"}
_TO = Field("to", "select", "请谁", required=True, choices_key="posts")
_QUESTION = Field("question", "textarea", "要对方做什么", required=True, max_length=500)
SIGN = Form(
    "sign",
    "加签",
    (
        Field("", "text", "任务还是您的，时限照走；加签、答复都记入办理经过。对方单位从此可以看到这个事项。"),
        Field(
            "kind",
            "radio",
            "何时",
            required=True,
            choices=(
                Choice(BEFORE, "前加签：对方先提出意见，您再提交"),
                Choice(PARALLEL, "并行加签：各办各的，您提交了、对方也答复了才办结"),
                Choice(AFTER, "后加签：您提交以后由对方确认，确认了才办结，不同意的退给您改"),
            ),
        ),
        _TO,
        _QUESTION,
    ),
    {},
)
DELEGATE = Form(
    "delegate",
    "委派",
    (
        Field("", "text", "由本单位的另一个岗位去办，结果交回给您，由您提交；时限照走，责任还在您的岗位。"),
        _TO,
        _QUESTION,
    ),
    {},
)
WITHDRAW = Form("withdraw", "减签", (Field("reason", "textarea", "减签理由", required=True, max_length=500),), {})
_WORDS = Field("answer", "textarea", "意见", required=True, max_length=2000)
OPINION = Form("opinion", "答复", (_WORDS,), {})
_AGREES = (Choice("yes", "同意，可以办结"), Choice("no", "不同意，退给对方修改"))
CONFIRM = Form("confirm", "确认", (Field("agrees", "radio", "结论", required=True, choices=_AGREES), _WORDS), {})


@transactional
def ask_for_sign(
    task_id: str, values: Mapping[str, Any], *, by: Identity, delegate: bool = False, request: str | None = None
) -> TaskSign | None:
    """Ask the post `values["to"]` about a task (加签 of the kind `values["kind"]`), or let it do the work (委派).
    None where this request has been here before.

    Raises NotFound, NotAllowed, TaskNotOpen, AlreadyChanged (P2), InvalidForm.
    """
    request = request_key(request, "sign", task_id, by=by)
    row = locked_task(task_id)
    task, at = workable_task(row, by), now()
    by = by.at(task.post)
    if already_handled(request):
        return None
    given = _checked(task, values, by, delegate)
    kind = DELEGATED if delegate else given["kind"]
    is_held = session.get(HeldForm, task.id, populate_existing=True) is not None
    if is_held and kind in FIRST:
        raise InvalidForm({"" if delegate else "kind": "任务已经提交、正在等答复，现在只能并行加签或者后加签。"})
    sign = TaskSign(
        **{"task_id": task.id, "case_id": task.case_id, "kind": kind, "post": given["to"]},
        state=LATER if kind == AFTER and not is_held else ASKED,
        question=given["question"],
        asked_by=actor(by),
        asked_at=at,
    )
    session.add(sign)
    writes = Writes()
    if session.get(CaseUnit, (task.case_id, unit_of(sign.post))) is None:
        writes.add(CaseUnit, case_id=task.case_id, unit=unit_of(sign.post), role=COPIED)
    if sign.state == ASKED:
        ask(writes, task, sign, by=by, at=at)
    told = [["asked", f"请{post_name(sign.post)}：{sign.question}", task.element]]
    tell(writes, task, "sign_asked", _name(sign, task), told, by=by, at=at)
    remember(writes, request, case_id=task.case_id, task_id=task.id, at=at)
    writes.send()
    keep_asked(task)
    return sign


@transactional
def answer_sign(sign_id: int, values: Mapping[str, Any], *, by: Identity, request: str | None = None) -> TaskSign:
    """Answer what one's post was asked. The last answer completes a task whose form is held; 不同意 of 后加签 gives the
    form back to its writer. `values["of"]`, of 后加签: the mark of the content that they have seen.

    Raises NotFound, TaskNotOpen when it is answered, withdrawn or over, AlreadyChanged (P2), InvalidForm.
    """
    request = request_key(request, "answer", str(sign_id), by=by)
    sign, task = _locked_sign(sign_id, TaskSign.post.in_(by.post_keys))
    if already_handled(request):
        return sign
    if sign.state != ASKED:
        raise TaskNotOpen("这份加签已经答复，或者已经撤回、随任务结束，不用再答复。")
    refuse_same_opinion(task, by)
    held = session.get(HeldForm, task.id, populate_existing=True)
    if sign.kind == AFTER and held and values.get("of", "") != content_mark(held):
        raise InvalidForm({"": "对方提交的内容在您看的时候改过了，请看了新的再答复。"})
    given, at = clean(form_of(sign), values), now()
    by = by.at(sign.post)
    sign.state, sign.closed_at = ANSWERED, at
    sign.answer, sign.answered_by = given["answer"], actor(by)
    sign.agrees = given["agrees"] == "yes" if sign.kind == AFTER else None
    verdict = {True: "同意。", False: "不同意。", None: ""}[sign.agrees]
    told = f"{post_name(sign.post)}：{verdict}{sign.answer}"
    writes = Writes()
    tell(writes, task, "sign_answered", _name(sign, task), [["answer", told, task.element]], by=by, at=at)
    text = f"{by.name}答复“{_name(sign, task)}”：{task.instance.case.title}。{verdict}{sign.answer}"
    writes.add(Notice, case_id=task.case_id, post=task.post, text=text, at=at)
    remember(writes, request, case_id=task.case_id, task_id=task.id, at=at)
    writes.send()
    if held and sign.agrees is False:
        give_back_form(held, task, at, to=who_goes_on(held, task))
    elif held:
        _release(held, task, at)
    keep_asked(task)
    return sign


@transactional
def withdraw_sign(sign_id: int, values: Mapping[str, Any], *, by: Identity, request: str | None = None) -> TaskSign:
    """Ask no more (减签), for `values["reason"]`: by whoever may work on the task, while it is unanswered.

    Raises NotFound, NotAllowed, TaskNotOpen, AlreadyChanged (P2), InvalidForm.
    """
    request = request_key(request, "withdraw", str(sign_id), by=by)
    sign, row = _locked_sign(sign_id)
    if already_handled(request):
        return sign
    task, at = workable_task(row, by), now()
    by = by.at(task.post)
    if not sign.is_pending:
        raise TaskNotOpen("对方已经答复，或者已经减签，不能再减。")
    reason, was_asked = clean(WITHDRAW, values)["reason"], sign.state == ASKED
    sign.state, sign.closed_at = WITHDRAWN, at
    writes = Writes()
    told = f"不再请{post_name(sign.post)}，理由：{reason}"
    tell(writes, task, "sign_withdrawn", _name(sign, task), [["withdrawn_sign", told, task.element]], by=by, at=at)
    if was_asked:
        text = f"{by.name}减签“{task.name}”，不用再答复：{task.instance.case.title}。理由：{reason}"
        writes.add(Notice, case_id=task.case_id, post=sign.post, text=text, at=at)
    remember(writes, request, case_id=task.case_id, task_id=task.id, at=at)
    writes.send()
    if held := session.get(HeldForm, task.id, populate_existing=True):
        _release(held, task, at)
    keep_asked(task)
    return sign


@transactional
def take_back_form(task_id: str, *, by: Identity, request: str | None = None) -> Task:
    """Take a held form back, to be changed (取回): it is the draft of whoever takes it back.

    Raises NotFound, NotAllowed, TaskNotOpen, MessageNotAccepted when nothing is held.
    """
    request = request_key(request, "take_back", task_id, by=by)
    row = locked_task(task_id)
    if row and already_handled(request):
        return row
    task, at = workable_task(row, by), now()
    by = by.at(task.post)
    held = session.get(HeldForm, task.id, populate_existing=True)
    if held is None:
        raise MessageNotAccepted("现在没有等答复的提交，不用取回。")
    give_back_form(held, task, at, to=by.id)
    writes = Writes()
    of_colleague = [["form_of", f"由{held.by}提交", task.element]] if held.user_id != by.id else []
    tell(writes, task, "form_taken_back", task.name, of_colleague, by=by, at=at)
    remember(writes, request, case_id=task.case_id, task_id=task.id, at=at)
    writes.send()
    keep_asked(task)
    return task


def posts_to_ask(task: Task, by: Identity, *, delegate: bool) -> list[ChosenPost]:
    """Whom one may ask about this task: 委派 within the unit, 加签 in the county; never who must not know of the case.

    A confidential or archived case stays among the units that have it, a report with units it is not about (C-09,
    C-10); a confidential task stays with the holders of clues, and no unit learns of the clue about it (XT-20). Who
    may not do the task is not asked about it (XT-A6).
    """
    known = posts_where(Unit.code == unit_of(task.post)) if delegate else posts_to_copy(task.instance, by)
    if task.instance.case.confidential or task.instance.case.archived:
        taking_part = set(session.scalars(select(CaseUnit.unit).where(CaseUnit.case_id == task.case_id)))
        known = [post for post in known if post.unit in taking_part]
    if task.confidential:
        known = [post for post in known if "clues" in permissions_of(post.unit, post.role)]
    if task.clue_id is not None:
        about = session.get_one(Clue, task.clue_id).org
        known = [post for post in known if post.unit != about]
    busy = {sign.post for sign in pending_signs(task.id)} | by.post_keys | {task.post}
    known = [post for post in known if post.holders and post.key not in busy]
    free = with_other_hands(task, [post.key for post in known])
    return [post for post in known if post.key in free]


def form_of(sign: TaskSign) -> Form:
    """What is filled in to answer it."""
    return CONFIRM if sign.kind == AFTER else OPINION


def _locked_sign(sign_id: int, *which: Any) -> tuple[TaskSign, Task]:
    """With its task, both as they are once nobody else holds the case. Raises NotFound."""
    task_id = session.scalar(select(TaskSign.task_id).where(TaskSign.id == sign_id, *which))
    task = locked_task(task_id) if task_id else None
    if task is None:
        raise NotFound
    return session.get_one(TaskSign, sign_id, populate_existing=True), task


def _release(held: HeldForm, task: Task, at: datetime) -> None:
    """Complete the task with what was handed in, in its writer's name, unless somebody is still to answer. Where it is
    no longer right, as a day that has passed, it is a draft again.
    """
    if pending_signs(task.id):
        return
    try:
        finish(task, held.values, by=writer_of(held, task), at=at)
    except InvalidForm as error:
        to = who_goes_on(held, task)
        give_back_form(held, task, at, to=to)
        problems = "".join(error.problems.values())
        back = f"已退为{session.get_one(User, to).name}的草稿"
        text = f"“{task.name}”没有办结，{back}：{task.instance.case.title}。{problems}"
        session.add(Notice(case_id=task.case_id, post=task.post, text=text, at=at))
    else:
        session.delete(held)


def writer_of(held: HeldForm, task: Task) -> Identity:
    """As whom they handed it in: a substitution may be over by now."""
    writer = (identity(held.user_id) or Identity(held.user_id, "", held.by)).at(task.post)
    return replace(writer, name=held.by)


def _name(sign: TaskSign, task: Task) -> str:
    return f"{KIND_NAMES[sign.kind]}“{task.name}”"


def _checked(task: Task, values: Mapping[str, Any], by: Identity, delegate: bool) -> dict[str, Any]:
    """The values of the form. Raises InvalidForm, which says of a post that was asked already so."""
    posts = choices_of(posts_to_ask(task, by, delegate=delegate))
    try:
        return clean(DELEGATE if delegate else SIGN, values, {"posts": posts})
    except InvalidForm as error:
        asked = [sign for sign in pending_signs(task.id) if sign.post == str(values.get("to"))]
        why = {"to": f"已经请了{names_of(asked)}，还没有答复。"} if asked else {}
        raise InvalidForm(error.problems | why) from None
