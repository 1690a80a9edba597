"""Say why a deadline falls on the wrong day (对时限有异议), and answer that.

Nobody sets a day here: what was wrong is put right by an edit of the calendar or an extension, as the documents know
them (C-03), and the answer says so. A limit that was over when the calendar was edited stands as it is until somebody
answers that it was wrong: then this one is counted again.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from engine.forms import Choice, Field, Form, clean
from errors import InvalidForm, MessageNotAccepted, NotAllowed, NotFound
from handlers.lateness import WORK
from models import (
    SYSTEM,
    Case,
    CaseUnit,
    Deadline,
    DeadlineDispute,
    Identity,
    Notice,
    Post,
    ProcessInstance,
    Unit,
    Writes,
    now,
    previous_seal,
    session,
    transactional,
)
from models.deadline import RUNNING
from models.dispute import CORRECTED, UPHELD
from operations.gate.deadlines import moved_words
from operations.gate.held_posts import ChosenPost, posts_where
from operations.gate.instances import moving
from operations.gate.requests import already_handled, remember, request_key
from operations.gate.revisions import actor, add_revision
from operations.gate.visibility import in_whose_name, locked_for, takes_part, watched
from reference import definitions
from reference.counties import county_of
from reference.people import DECIDING_ROLES, PERMISSIONS_OF_POST, permissions_of

VERDICTS = {UPHELD: "维持：这个时限不改", CORRECTED: "更正：原来算错了，已经改过来"}
DISPUTE = Form(
    "dispute",
    "对时限有异议",
    (
        Field("", "text", "说明为什么这一天不对，由督查岗位答复。答复以前时限照走；来不及的另行申请延期。"),
        Field("dispute", "textarea", "异议的理由", required=True, max_length=500),
    ),
    {},
)
ANSWER = Form(
    "dispute_answer",
    "答复对时限的异议",
    (
        Field(
            "",
            "text",
            "算错的，先修订工作日历或者批准延期，时限改过来以后再答复“更正”；这里不直接填日子。"
            "已经到期的，修订日历时不重算，答复“更正”才按修订后的日历重算这一个。",
        ),
        Field(
            "verdict",
            "radio",
            "答复",
            required=True,
            choices=tuple(Choice(value, label) for value, label in VERDICTS.items()),
        ),
        Field("answer", "textarea", "理由", required=True, max_length=500),
    ),
    {},
)
#: What a drawing that urges and supervises waits for when a limit of the work is put off (CA-03).
PUT_OFF = "到期日顺延"
FILED = "事项已经归档，只能查看（C-10）。"
ENDED = "事项已经归档，没有答复的异议随之结束（C-10）。"
NOT_MOVED = "这个时限还是原来的那一天。先修订工作日历，或者由承办岗位申请、批准延期，改过来再答复“更正”。"
OVER = "这个时限已经结束，还是原来的那一天，没有更正过，不能答复“更正”；答复“维持”，在理由里说明。"


@transactional
def dispute_deadline(
    case_id: int, deadline_id: int, values: Mapping[str, Any], *, by: Identity, request: str | None = None
) -> str:
    """Say in `values["dispute"]` why a running deadline of the case is wrong; the posts that watch the flow are told.
    Returns their names.

    Raises NotFound, NotAllowed, MessageNotAccepted where it cannot be disputed now, InvalidForm.
    """
    request = request_key(request, "dispute", str(deadline_id), by=by)
    instance = locked_for(case_id, by)
    deadline = session.get(Deadline, deadline_id, populate_existing=True)
    secret = deadline is not None and _is_secret(instance, deadline.element)
    if deadline is None or deadline.case_id != case_id or (secret and not by.can("clues")):
        raise NotFound
    posts = _who_answers(instance.case, secret=secret)
    names = "、".join(post.name for post in posts)
    if already_handled(request):
        return names
    if problem := why_not_disputed(instance.case, by):
        raise MessageNotAccepted(problem) if instance.case.archived else NotAllowed(problem)
    if deadline.state != RUNNING:
        raise MessageNotAccepted("这个时限已经结束，不能再提异议。")
    if session.scalar(select(DeadlineDispute.id).where(_open(case_id), DeadlineDispute.deadline_id == deadline_id)):
        raise MessageNotAccepted("对这个时限已经有人提了异议，还没有答复。")
    if not posts:
        raise MessageNotAccepted("督查岗位现在没有人，不能答复异议，请联系管理员。")
    reason = clean(DISPUTE, values)["dispute"]
    by, at, writes = in_whose_name(case_id, by), now(), Writes()
    told = {"reason": reason, "by": actor(by), "by_id": by.id, "post": _post_of(by, secret=secret), "at": at}
    of = {"case_id": case_id, "deadline_id": deadline_id, "due_at": deadline.due_at, "confidential": secret}
    writes.add(DeadlineDispute, **of, **told, verdict=None, answered_at=None)
    text = f"{by.name}对时限“{deadline.name}”有异议，请在事项页答复：{instance.case.title}。{reason}"
    for post in posts:
        writes.add(Notice, case_id=case_id, post=post.key, text=text, at=at)
    _tell(writes, instance, deadline, "disputed", f"异议的理由：{reason}", by, at)
    remember(writes, request, case_id=case_id, task_id="", at=at)
    writes.send()
    return names


@transactional
def answer_dispute(case_id: int, dispute_id: int, values: Mapping[str, Any], *, by: Identity) -> None:
    """Answer with `values["verdict"]` and the words `values["answer"]`; whoever disputed it is told.

    Raises NotFound, NotAllowed for who does not watch the case, or has disputed it, MessageNotAccepted when it has
    been answered or the case is filed (C-10), InvalidForm also for a correction of what is still as it was.
    """
    instance, row = locked_for(case_id, by), session.get(DeadlineDispute, dispute_id, populate_existing=True)
    if row is None or row.case_id != case_id or (row.confidential and not by.can("clues")):
        raise NotFound
    if problem := why_not_answered(instance.case, row, by):
        raise NotAllowed(problem)
    if row.verdict:
        raise MessageNotAccepted(f"{row.answered_by}已经答复了这个异议。")
    if instance.case.archived:
        raise MessageNotAccepted(ENDED)
    given, deadline = clean(ANSWER, values), session.get_one(Deadline, row.deadline_id, populate_existing=True)
    if given["verdict"] == CORRECTED and deadline.due_at == row.due_at:
        _recount(instance, deadline)
    by, at, writes = in_whose_name(case_id, by), now(), Writes()
    row.verdict, row.answer, row.answered_by, row.answered_at = given["verdict"], given["answer"], actor(by), at
    said = f"{VERDICTS[given['verdict']].partition('：')[0]}：{given['answer']}"
    text = f"{by.name}答复了对时限“{deadline.name}”的异议：{instance.case.title}。{said}"
    writes.add(Notice, case_id=case_id, post=row.post, text=text, at=at)
    _tell(writes, instance, deadline, "dispute_answered", said, by, at)
    writes.send()


def _recount(instance: ProcessInstance, deadline: Deadline) -> None:
    """Give a running deadline the later day that the calendar as it is now has for it, and tell the drawing as an
    extension does: 催办 and 督办 that began on the wrong day stand down (XT-18). Raises InvalidForm without one.
    """
    if deadline.state != RUNNING:
        raise InvalidForm({"verdict": OVER})
    with moving(instance, by=SYSTEM, kind="calendar", element=deadline.element, name=deadline.name) as move:
        if not move.host.deadlines.recount(deadline.key):
            raise InvalidForm({"verdict": NOT_MOVED})
        words = moved_words(deadline.name, move.host.deadlines.due(deadline.key))
        move.host.context.note("deadline", words, deadline.element)
        if deadline.key.split(":")[0] in WORK:
            move.execution.signal(PUT_OFF)


def why_not_disputed(case: Case, by: Identity) -> str:
    """Why this person may dispute no deadline of the case, in a sentence; "" when they may."""
    if case.archived:
        return FILED
    if by.posts and takes_part(case, by):
        return ""
    return "只有登记、办理或统管这个事项的单位可以对时限提异议。"


def why_not_answered(case: Case, row: DeadlineDispute, by: Identity) -> str:
    """Why this person may not answer it, in a sentence; "" when they may."""
    if session.scalar(select(Case.id).where(Case.id == case.id, watched(by, "supervise"))) is None:
        return "只有督查岗位可以答复对时限的异议。"
    return "自己提的异议，由别的督查人员答复。" if row.by_id == by.id else ""


def _who_answers(case: Case, *, secret: bool) -> list[ChosenPost]:
    """The posts of the case's county that watch over the flow, and that somebody holds: those that do the work, else
    whoever directs it. Of a secret limit the holders of clues (XT-20).
    """
    units = select(CaseUnit.unit).where(CaseUnit.case_id == case.id)
    needed = "clues" if secret else "supervise"
    keys = [f"post:{post}" for post, may in PERMISSIONS_OF_POST.items() if {"supervise", needed} <= may]
    held = [each for each in posts_where(Post.key.in_(keys) & Unit.code.in_(county_of(units))) if each.holders]
    return [each for each in held if each.role not in DECIDING_ROLES] or held


def _post_of(by: Identity, *, secret: bool) -> str:
    """Where they are told of the answer: of a secret limit at a post that may know of it (XT-20)."""
    may = (each for each in by.posts if not secret or "clues" in permissions_of(each.unit, each.role))
    return next(may, by.posts[0]).key


def _open(case_id: int) -> Any:
    return (DeadlineDispute.case_id == case_id) & DeadlineDispute.verdict.is_(None)


def _is_secret(instance: ProcessInstance, element: str) -> bool:
    return element in definitions.definition(instance.definition_id).secrets


def _tell(
    writes: Writes, instance: ProcessInstance, deadline: Deadline, kind: str, words: str, by: Identity, at: Any
) -> None:
    seal, notes, element = previous_seal(instance.id), [["words", words, ""]], deadline.element
    add_revision(writes, instance, seal, kind=kind, by=by, at=at, element=element, name=deadline.name, notes=notes)
