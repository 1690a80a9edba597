"""The open tasks of cases, after a move: new ones for their posts, withdrawn ones closed, deadlines on each."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, bindparam, exists, insert, literal, select, update
from sqlalchemy.orm.util import identity_key

from engine import OpenTask
from errors import AppError, NotFound
from models import CaseUnit, Incident, Task, Writes, session, unit_of
from models.succession import serving_posts
from models.task import CANCELLED, OPEN, UNASKED
from operations.gate.deadlines import NEVER
from operations.gate.draft_rows import drop_drafts_of_task, pass_drafts_on
from operations.gate.incident_rows import OPERATORS, raise_incident
from operations.gate.known import Known, KnownTask
from operations.gate.moves import Move
from operations.gate.sign_rows import end_signs

#: Where a task waits whose post does not exist: an operator's, not nobody's.
NOBODY = OPERATORS
OFFICE = "office"  # of a unit that takes part because a task of it was opened

_tasks = Task.__table__.c
_next_revision = (
    update(Task.__table__)  # type: ignore[arg-type]
    .where(_tasks.id == bindparam("task"))
    .values(revision=_tasks.revision + 1)
)
_gone = Task.__table__.alias("gone")


def _of_gone(column: str) -> ScalarSelect[Any]:
    return select(_gone.c[column]).where(_gone.c.id == bindparam("gone_task")).scalar_subquery()


#: Whoever had claimed a step has it when it begins anew, unless it waits for another post now.
_pass_claim_on = (
    update(Task.__table__)  # type: ignore[arg-type]
    .where(_tasks.id == bindparam("heir"), _tasks.post == _of_gone("post"))
    .values(inbox_key=_of_gone("inbox_key"), claimed_by=_of_gone("claimed_by"))
    .execution_options(may_find_none=True)
)
_units = CaseUnit.__table__.c
_new_unit = bindparam("case", type_=_units.case_id.type), bindparam("unit", type_=_units.unit.type)
_there = exists().where(_units.case_id == _new_unit[0], _units.unit == _new_unit[1])
#: A unit that a handler of this move has made take part stays what it is.
_take_part = (
    insert(CaseUnit.__table__)  # type: ignore[arg-type]
    .from_select(["case_id", "unit", "role"], select(*_new_unit, literal(OFFICE)).where(~_there))
    .inline()
)


def write_tasks(moves: Sequence[Move], known: Mapping[int, Known], writes: Writes) -> None:
    """Make the task rows say what the engine says."""
    gone_for: dict[str, str] = {}  # by the task that begins a step anew: the withdrawn one
    new = [(move, task) for move in moves for task in _without_row(move, known[move.instance.id], writes, gone_for)]
    for (move, task), (post, problem) in zip(new, _find_posts(new), strict=True):
        if post is None:  # an incident, not a task nobody ever sees
            message = f"“{task.element.name}”派不出去：{problem}"
            raise_incident(move, kind="post", ref=task.id, element=task.element.id, message=message)
        _open(move, task, post or NOBODY, known[move.instance.id], writes)
        if gone := gone_for.get(task.id):
            writes.change(_pass_claim_on, heir=task.id, gone_task=gone)


def _without_row(move: Move, known: Known, writes: Writes, gone_for: dict[str, str]) -> Iterable[OpenTask]:
    """The tasks that are new, after the rows that are not; `gone_for` learns which begin a withdrawn step anew."""
    waiting = {task.id: task for task in move.execution.open_tasks()}
    gone = [row for row in known.tasks if row.id not in waiting]
    have = {row.id for row in known.tasks}
    heirs = _heirs(gone, [task for task in waiting.values() if task.id not in have]) if gone else {}
    gone_for |= {heir: row for row, heir in heirs.items()}
    for row in gone:
        _withdraw(move, row, heirs.get(row.id), writes)
    end_signs(move, {row.id: row.name for row in gone}, known.signs, writes)
    for row in known.tasks:
        if (task := waiting.pop(row.id, None)) and (due := _due(move, task)) != (row.due_at, row.due_name):
            _change(writes, row.id, due_at=due[0], due_name=due[1])
    return waiting.values()


def _heirs(gone: Sequence[KnownTask], new: Sequence[OpenTask]) -> dict[str, str]:
    """By withdrawn task the one that begins the same step anew in the same move, as after 作废一张; none where there
    are several of a step.
    """
    begun, ended = Counter(task.element.id for task in new), Counter(row.element for row in gone)
    ids = {task.element.id: task.id for task in new if begun[task.element.id] == 1}
    return {row.id: ids[row.element] for row in gone if ended[row.element] == 1 and row.element in ids}


def _withdraw(move: Move, row: KnownTask, heir: str | None, writes: Writes) -> None:
    _change(writes, row.id, state=CANCELLED, closed_at=move.host.now, asked=UNASKED)
    if heir:
        pass_drafts_on(writes, row.id, heir)
    else:
        drop_drafts_of_task(writes, row.id)
    move.withdrawn.append(row.id)
    move.host.context.note("withdrawn", f"撤销：{row.name}", row.element)


def _change(writes: Writes, task_id: str, **columns: Any) -> None:
    writes.change(_next_revision, task=task_id, **columns)
    if known := session.identity_map.get(identity_key(Task, task_id)):
        session.expire(known)


def _open(move: Move, task: OpenTask, post: str, known: Known, writes: Writes) -> None:
    element, (due_at, due_name) = task.element, _due(move, task)
    writes.add(
        Task,
        id=task.id,
        instance_id=move.instance.id,
        case_id=move.instance.case_id,
        element=element.id,
        name=element.name,
        item=_item(move, task),
        floor=task.floor,
        clue_id=_clue(move, task),
        form=element.properties.get("form", ""),
        post=post,
        inbox_key=post,
        state=OPEN,
        due_at=due_at,
        due_name=due_name,
        deadline_key=task.deadline,
        confidential=element.properties.get("confidential") == "yes",
        created_at=move.host.now,
        asked=UNASKED,
        revision=1,
    )
    if (unit := unit_of(post)) not in known.units:
        known.units.add(unit)
        writes.change(_take_part, case=move.instance.case_id, unit=unit)
        move.host.context.joined.setdefault(unit, None)
    move.host.context.note("opened", element.name, element.id)


def _item(move: Move, task: OpenTask) -> str:
    """A label only helps people to tell tasks apart: one that goes wrong does not keep the task from them."""
    try:
        return move.execution.label(task.id)
    except AppError:
        return ""


def _clue(move: Move, task: OpenTask) -> int | None:
    """The clue it is about. One that cannot be said does not keep the task from people either."""
    try:
        found = move.execution.evaluate(task.id, task.element.properties.get("clue", "null"))
    except AppError:
        return None
    return found if isinstance(found, int) else None


def _due(move: Move, task: OpenTask) -> tuple[datetime, str]:
    """When the first of the limits ends that a task stands under, and its name where that is not the task's own."""
    own = (task.deadline and move.host.due(task.deadline)) or NEVER
    others = [(due, key) for key in task.also_due if (due := move.host.due(key)) and due < own]
    return (min(others)[0], move.host.deadlines.known_as(min(others)[1])[0]) if others else (own, "")


def _find_posts(tasks: Sequence[tuple[Move, OpenTask]]) -> list[tuple[str | None, str]]:
    """Whose each task is; where nobody's, None and why."""
    named = [_named_post(move, task) for move, task in tasks]
    heirs = serving_posts({post for post, _ in named if post is not None})
    return [(heirs[post], "") if post in heirs else (None, problem) for post, problem in named]


def _named_post(move: Move, task: OpenTask) -> tuple[str | None, str]:
    """The post that the diagram names, and what to say when there is none."""
    try:
        post = move.execution.evaluate(task.id, task.element.properties["candidates"])
    except AppError as error:
        return None, str(error)
    return post if isinstance(post, str) else None, f"没有岗位“{post}”"


def assign_again(move: Move, incident: Incident) -> None:
    """An operator has mended the organisation: give the task to its post now, if there is one."""
    task = next((task for task in move.execution.open_tasks() if task.id == incident.ref), None)
    [(post, problem)] = _find_posts([(move, task)]) if task else [(None, "")]
    if task and post is None:
        raise NotFound(f"仍然派不出去：{problem}")
    if post:
        row = session.get_one(Task, incident.ref)
        row.post = row.inbox_key = post
        if session.get(CaseUnit, (row.case_id, unit_of(post))) is None:
            session.add(CaseUnit(case_id=row.case_id, unit=unit_of(post), role=OFFICE))
    incident.resolved_at = move.host.now
