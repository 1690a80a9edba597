"""Take a case to another version of its flow, and back: the state, and every row that names an element of it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from engine import Fitting, carry
from models import Deadline, Draft, Identity, Incident, ProcessInstance, Task, Timer, now_and, session
from models.deadline import RUNNING
from models.task import OPEN
from operations.gate.host import CaseHost
from operations.gate.instances import moving
from operations.gate.moves import Move
from operations.gate.suspension import refuse_stopped
from operations.gate.writing import write_down
from reference import calendar, definitions

#: Of rows that name an element: what of it changes, by the kind of row and its id.
Names = dict[str, dict[str, str]]


@dataclass
class Change:
    """`kept`: JSON that back_again() needs beside the state of before; None where the case has gone on meanwhile."""

    move: Move
    kept: dict[str, Any] | None = None


@contextmanager
def to_version(instance: ProcessInstance, definition_id: int, fitting: Fitting, *, by: Identity) -> Iterator[Change]:
    """Take a locked case over; the caller has judged that it may. Deadlines, claims and drafts stay what they are.

    Raises NotAllowed for a quarantined or suspended case.
    """
    refuse_stopped(instance)
    before = {"version": instance.definition_id, "passed": instance.passed}
    moment, edition = now_and(calendar.NEWEST)
    definition = definitions.definition(definition_id)
    instance.definition_id = definition_id
    set_committed_value(instance, "passed", fitting.passed(instance.passed))
    names = _named(instance, fitting.of)
    host = CaseHost(definition, instance.case, instance, moment, by, edition)
    execution = carry(instance.state, fitting, host)
    host.trail = execution.trail
    change = Change(Move(definition, instance, host, execution, kind="migrated"))
    _name_tasks_and_timers(change.move)
    yield change
    write_down(change.move)
    if not execution.trail:
        change.kept = before | {"names": names, "digest": digest(instance.state)}


@contextmanager
def back_again(instance: ProcessInstance, before: bytes, kept: Mapping[str, Any], *, by: Identity) -> Iterator[Move]:
    """Put a locked case back where to_version() took it from; the caller has asked whether it has moved since."""
    instance.definition_id = kept["version"]
    set_committed_value(instance, "state", before)
    set_committed_value(instance, "passed", kept["passed"])
    _name(kept["names"])
    with moving(instance, by=by, kind="migrated_back") as move:
        _name_tasks_and_timers(move)
        yield move


def digest(state: bytes) -> str:
    return blake2b(state, digest_size=16).hexdigest()


def _name_tasks_and_timers(move: Move) -> None:
    """As the version at hand draws them. Post, claim and due time stay."""
    waiting = {task.id: task for task in move.execution.open_tasks()}
    for row in session.scalars(select(Task).where(Task.instance_id == move.instance.id, Task.state == OPEN)):
        if task := waiting.get(row.id):
            properties = task.element.properties
            if row.element != task.element.id:  # the replay of the case shows where it waits
                move.host.context.note("opened", task.element.name, task.element.id)
            row.element, row.name, row.form = task.element.id, task.element.name, properties.get("form", "")
            row.deadline_key, row.confidential = task.deadline, properties.get("confidential") == "yes"
    for pending in move.execution.timers():
        if timer := session.get(Timer, pending.id):
            timer.element, timer.deadline_key = pending.element, pending.deadline


def _named(instance: ProcessInstance, of: Callable[[str], str | None]) -> Names:
    """Give the rows beside the tasks the names of the new version. Returns those they had, where they change."""
    running = (Deadline.case_id == instance.case_id) & (Deadline.state == RUNNING)
    failed = (Incident.instance_id == instance.id) & Incident.resolved_at.is_(None)
    open_tasks = select(Task.id).where(Task.instance_id == instance.id, Task.state == OPEN)
    had = {
        "deadline": select(Deadline.id, Deadline.element).where(running),
        "incident": select(Incident.id, Incident.element).where(failed),
        "draft": select(Draft.id, Draft.action).where(Draft.task_id.in_(open_tasks)),
    }
    changed: Names = {
        kind: {str(row): name for row, name in session.execute(rows) if name and of(name) not in (None, name)}
        for kind, rows in had.items()
    }
    _name({kind: {row: of(name) or name for row, name in names.items()} for kind, names in changed.items()})
    return changed


def _name(names: Mapping[str, Mapping[str, str]]) -> None:
    for row, name in names["deadline"].items():
        session.get_one(Deadline, int(row)).element = name
    for row, name in names["incident"].items():
        session.get_one(Incident, int(row)).element = name
    for row, name in names["draft"].items():
        if draft := session.get(Draft, int(row)):
            draft.action = name
