"""Send a task back to a step before it (退回), for a reason: docs/decisions/task-acts.md.

The case moves through the gate. The task ends with what listens beside it; the step begins as if one had just come
there, with the form of before as a draft. What was done stays done.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from config import ZONE
from engine import SendingBack
from engine.forms import Field, Form, clean
from errors import InvalidForm, MessageNotAccepted
from models import Draft, Identity, Notice, PostHolder, Submission, Task, User, Writes, session, transactional
from operations.acts.steps_back import NOWHERE, StepBack, choices_of_steps, is_own, steps_back, why_not_now
from operations.acts.tasks import locked_task, workable_task
from operations.gate.instances import moving
from operations.gate.moves import Move
from operations.gate.requests import already_handled, remember, request_key
from operations.gate.revisions import change
from reference.people import identity

FORM = Form(
    "send_back",
    "退回",
    (
        Field(
            "",
            "text",
            "前面的环节重新办，原来填的表是草稿，那里的提醒重新起；本单位还在计的、这一步办结的时限照走，到期日不变；已经作废的不恢复。"
            "这一步撤销，存的草稿不保留。理由记入办理经过，对方收到通知。",
        ),
        Field("to", "select", "退回到", required=True, choices_key="steps"),
        Field("reason", "textarea", "退回理由", required=True, max_length=500),
    ),
    {},
)


@transactional
def send_back(task_id: str, values: Mapping[str, Any], *, by: Identity, request: str | None = None) -> Task:
    """Take the task back to the completed task `values["to"]`, one of steps_back(), for `values["reason"]`; the task
    that was sent back, withdrawn by then.

    Raises NotFound, NotAllowed also for a suspended or quarantined case, TaskNotOpen, AlreadyChanged (P2),
    MessageNotAccepted for why_not_now() and where there is no step, InvalidForm with the key `to` also where one may
    not begin now.
    """
    request = request_key(request, "send_back", task_id, by=by)
    row = locked_task(task_id)
    if row and already_handled(request):
        return row
    task = workable_task(row, by)
    by = by.at(task.post)
    if why_not := why_not_now(task):
        raise MessageNotAccepted(why_not)
    with moving(task.instance, by=by, kind="sent_back", element=task.element, name=task.name) as move:
        if not (steps := steps_back(task, move.execution)):
            raise MessageNotAccepted(NOWHERE)
        given = clean(FORM, values, {"steps": choices_of_steps(steps)})
        chosen = next(index for index, each in enumerate(steps) if each.task.id == given["to"])
        step, back = steps[chosen].task, SendingBack(move.execution, task.id)
        _take_up_limits(move, back, task, steps[: chosen + 1])
        new = _begin(back, step)
        told = f"从“{task.name}”退回到“{step.name}”，理由：{given['reason']}"
        move.host.context.note("sent_back", told, task.element)
        _tell_colleagues(move, task, step)
        writes = Writes()
        remember(writes, request, case_id=task.case_id, task_id=task.id, at=move.host.now)
        writes.send()
    _hand_over(move, session.get_one(Task, new, populate_existing=True), task, step, given["reason"])
    session.refresh(task)
    return task


def _take_up_limits(move: Move, back: SendingBack, task: Task, steps: Sequence[StepBack]) -> None:
    """What these steps, the one gone back to last, have met is not done yet: it runs on, due when it was, as where
    work was found untrue (C-08, XT-16). Of another unit the step's own limit begins anew with it (XT-A5), and so does
    what had begun between the steps.
    """
    book, last = move.host.deadlines, steps[-1].task
    anew = {each for step in steps for each in (step.task.element, *step.over)}
    anew -= {last.element} if is_own(last, task) else set()
    for step in steps:
        met = [key for each in (step.task.element, *step.over) for key in back.limits_met_at(each)]
        for key in dict.fromkeys(filter(None, [*met, step.task.deadline_key])):
            name, began = book.known_as(key)
            if began not in anew and book.met_at(key) == step.task.closed_at:
                due = book.reopen(key)[key].astimezone(ZONE)
                move.host.context.note("deadline", f"{name}：接着计，到期日 {due:%Y-%m-%d}", began)


def _begin(back: SendingBack, step: Task) -> str:
    """The id of the task in which the step begins anew. Raises InvalidForm."""
    try:
        return back.send_back(step.element)
    except MessageNotAccepted as error:
        raise InvalidForm({"to": str(error)}) from None


def _tell_colleagues(move: Move, task: Task, step: Task) -> None:
    """Who had begun to fill in the form of the task that ends: the draft ends with it."""
    context = move.host.context
    theirs = (Draft.task_id == task.id) & (Draft.user_id != context.by.id)
    if session.scalar(select(Draft.id).where(theirs).limit(1)) is not None:
        text = f"{context.by.name}把“{task.name}”退回到“{step.name}”，这一步存的草稿作废：{context.case.title}"
        session.add(Notice(case_id=task.case_id, post=task.post, text=text, at=context.now))


def _hand_over(move: Move, new: Task, task: Task, step: Task, reason: str) -> None:
    """The step to whoever did it, with the form that they handed in, and word of it to its post."""
    context, person = move.host.context, _who_does(step, new)
    if person is not None:
        handed_in = select(Submission).filter_by(task_id=step.id, element=step.element)
        if row := session.scalar(handed_in.order_by(Submission.id.desc()).limit(1)):
            kept = set() if person == step.done_by else _private(move.definition.forms[row.form])
            values = {key: value for key, value in row.values.items() if key not in kept}
            session.add(Draft(user_id=person, task_id=new.id, name=new.name, values=values, at=context.now))
        if person == step.claimed_by and new.post == step.post:
            change(new, inbox_key=step.inbox_key, claimed_by=person)
    text = f"{context.by.name}把“{task.name}”退回到“{new.name}”：{context.case.title}。理由：{reason}"
    session.add(Notice(case_id=new.case_id, post=new.post, text=text, at=context.now))


def _private(form: Form) -> set[str]:
    """The fields that only whoever has typed them goes on with in clear (S-04, XT-20)."""
    return {field.key for field in form.inputs if "personal" in field.properties or field.confidential}


def _who_does(step: Task, new: Task) -> int | None:
    """The id of whoever did the step, where they still hold the post it waits for; else of another holder."""
    doer = identity(step.done_by) if step.done_by is not None else None
    if doer and new.post in doer.post_keys:
        return step.done_by
    of_post = select(PostHolder.user_id).join(User, User.id == PostHolder.user_id).order_by(User.id)
    return session.scalar(of_post.where(PostHolder.post_key == new.post, User.disabled.is_(False)).limit(1))
