"""Take back the step that one has just completed (撤回), while nobody has acted on what came of it.

The case gets the state back that it had before, whole: so it is right under every gateway, in every instance, for every
timer. What began since is void, never erased; the history has both rows. docs/decisions/task-acts.md.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm.attributes import set_committed_value

from engine.forms import Field, Form, clean
from errors import MessageNotAccepted, NotFound
from models import (
    CaseUnit,
    Draft,
    HistoryEvent,
    Identity,
    Notice,
    ProcessInstance,
    RecalledForm,
    Submission,
    Task,
    Writes,
    session,
    transactional,
)
from models.task import COMPLETED, OPEN
from operations.acts.tasks import locked_task
from operations.gate.instances import moving
from operations.gate.moves import Move
from operations.gate.recall_points import is_of
from operations.gate.requests import already_handled, remember, request_key
from reference import definitions

FORM = Form(
    "recall",
    "撤回",
    (
        Field("", "text", "这一步算没有办：任务回到您手里，填的内容成为草稿；由它开始的任务、时限作废，对方收到通知。"),
        Field("reason", "textarea", "撤回理由", required=True, max_length=500),
    ),
    {},
)
#: Rows of the history that tell of looking on: they change nothing of what waits. A dispute does: it waits for an
#: answer about a limit that taking the step back would void or wind back.
LOOKING_ON = frozenset(
    {"revealed", "viewed", "taken", "taken_clue", "urged", "noted", "noted_clue"}
    | {"linked", "merged", "merged_in", "unlinked", "unmerged", "unmerged_in", "ordered"}
)
MOVED_ON = "这一步之后事项已经往下走了，不能撤回；要改请联系现在办理的岗位。"

_tasks = Task.__table__.c
_reopen = (
    update(Task.__table__)  # type: ignore[arg-type]
    .where(_tasks.id == bindparam("task"))
    .values(state=OPEN, closed_at=None, done_by=None, revision=_tasks.revision + 1)
)


@transactional
def recall_step(task_id: str, values: Mapping[str, Any], *, by: Identity, request: str | None = None) -> Task:
    """Take back the completion of this task for `values["reason"]`: it waits again, with the form as a draft.

    Raises NotFound, MessageNotAccepted with the reason why it cannot be taken back, InvalidForm, AlreadyChanged (P2).
    """
    request = request_key(request, "recall", task_id, by=by)
    task = locked_task(task_id)
    if task is None or task.post not in by.post_keys:
        raise NotFound
    if already_handled(request):
        return task
    if why := why_not_recalled(task, by):
        raise MessageNotAccepted(why)
    by = by.at(task.post)
    reason, instance = clean(FORM, values)["reason"], task.instance
    undo = _undo_of(instance)
    assert undo is not None
    set_committed_value(instance, "state", session.scalar(select(ProcessInstance.before).filter_by(id=instance.id)))
    set_committed_value(instance, "passed", _passed_before(instance, undo))
    with moving(instance, by=by, kind="recalled", element=task.element, name=task.name) as move:
        move.host.context.note("recalled", f"撤回理由：{reason}", task.element)
        _tell(move, reason)
        move.host.deadlines.restore(undo["deadlines"])
        _put_back_facts(move, undo)
        _put_back_form(move, task)
        writes = Writes()
        for each in (task.id, *undo["withdrawn"]):
            writes.change(_reopen, task=each)
        remember(writes, request, case_id=task.case_id, task_id=task.id, at=move.host.now)
        writes.send()
        session.expire(task)
    return session.get_one(Task, task_id, populate_existing=True)


def why_not_recalled(task: Task, by: Identity) -> str:
    """Why this person cannot take this completed task back now, in a sentence; "" when they can."""
    if task.state != COMPLETED:
        return "这个任务没有办结，不用撤回。"
    if task.done_by != by.id:
        return "只有办结这一步的本人可以撤回。"
    undo = _undo_of(task.instance)
    if not is_of(undo, task, by) or undo is None:
        return MOVED_ON
    if (sent := undo.get("sent")) is not None:
        names = "、".join(f"“{each}”" for each in sent)
        return f"这一步已经{names}，送出去、定下来的收不回，不能撤回。" if sent else MOVED_ON
    if (acted := _acted_since(task.instance, undo["revision"])) and _is_hidden(acted, task, by):
        return MOVED_ON
    if acted:
        return f"{acted.actor}已经就“{acted.name or task.name}”有了动作，不能撤回；要改请联系对方。"
    began = select(Task.id).where(Task.instance_id == task.instance_id, Task.state == OPEN)
    if session.scalar(select(Draft.id).where(Draft.task_id.in_(began), Draft.user_id != by.id).limit(1)) is not None:
        return "已经有同事动笔填下一步的表，不能撤回；要改请联系对方。"
    return ""


def _is_hidden(acted: HistoryEvent, task: Task, by: Identity) -> bool:
    """Whether this person may not know what was done, nor by whom (XT-20)."""
    secrets = definitions.definition(task.instance.definition_id).secrets
    return acted.element in secrets and not by.can("clues")


def _undo_of(instance: ProcessInstance) -> dict[str, Any] | None:
    return session.scalar(select(ProcessInstance.undo).where(ProcessInstance.id == instance.id))


def _acted_since(instance: ProcessInstance, revision: int) -> HistoryEvent | None:
    """The first thing that somebody, or the clock, has done to the case since."""
    since = (HistoryEvent.instance_id == instance.id) & (HistoryEvent.revision > revision)
    acts = select(HistoryEvent).where(since, HistoryEvent.kind.not_in(LOOKING_ON))
    return session.scalar(acts.order_by(HistoryEvent.revision).limit(1))


def _passed_before(instance: ProcessInstance, undo: Mapping[str, Any]) -> dict[str, int]:
    """How often each element had been completed."""
    mine = (HistoryEvent.instance_id == instance.id) & (HistoryEvent.revision == undo["revision"])
    path: Sequence[Sequence[str]] = session.scalar(select(HistoryEvent.path).where(mine)) or ()
    since = Counter(element for element, outcome in path if outcome == "completed")
    return dict(Counter(instance.passed) - since)


def _tell(move: Move, reason: str) -> None:
    """The posts whose tasks end with it."""
    kept = {task.id for task in move.execution.open_tasks()}
    case, context = move.instance.case, move.host.context
    for row in session.scalars(select(Task).where(Task.instance_id == move.instance.id, Task.state == OPEN)):
        if row.id not in kept:
            text = f"{context.by.name}撤回了上一步，“{row.name}”不用办了：{case.title}。理由：{reason}"
            session.add(Notice(case_id=case.id, post=row.post, text=text, at=context.now))


def _put_back_facts(move: Move, undo: Mapping[str, Any]) -> None:
    """What the form and 交办 had put on the case; a unit that came in by this step sees it no more."""
    case = move.instance.case
    for fact, value in undo["facts"].items():
        setattr(case, fact, value)
    for unit, role in undo["units"].items():
        mine = (CaseUnit.case_id == case.id) & (CaseUnit.unit == unit)
        back = delete(CaseUnit) if role is None else update(CaseUnit).values(role=role)
        session.execute(back.where(mine))


def _put_back_form(move: Move, task: Task) -> None:
    """What was handed in is kept apart, and is its writer's draft again."""
    context = move.host.context
    own = (Submission.task_id == task.id) & (Submission.element == task.element)
    mine = select(Submission).where(Submission.case_id == task.case_id, own)
    row = session.scalar(mine.order_by(Submission.id.desc()).limit(1))
    if row is None:
        return
    told = {name: getattr(row, name) for name in ("case_id", "task_id", "element", "form", "values", "by", "at")}
    session.execute(insert(RecalledForm).values(**told, recalled_at=context.now))
    session.add(Draft(user_id=context.by.id, task_id=task.id, name=task.name, values=row.values, at=context.now))
    session.delete(row)
    session.flush()
    move.said = True
