"""What the database says of some cases before a move is written down: one statement, however many cases."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, literal_column, null, select, union_all

from models import CaseUnit, HistoryEvent, Incident, ProcessInstance, Task, Timer, session
from models.task import OPEN


@dataclass(frozen=True)
class KnownTask:
    """A row that is open."""

    id: str
    element: str
    name: str
    deadline: str | None
    due_at: datetime


@dataclass
class Known:
    """One case: open tasks, timers (id: due), failed steps (task ids), units that take part, seal of its history."""

    tasks: list[KnownTask] = field(default_factory=list)
    timers: dict[str, datetime] = field(default_factory=dict)
    failures: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    seal: str = ""


_instances, _tasks, _timers = ProcessInstance.__table__.c, Task.__table__.c, Timer.__table__.c
_incidents, _units, _history = Incident.__table__.c, CaseUnit.__table__.c, HistoryEvent.__table__.c


def _kind(kind: str, instance: ColumnElement[int], *columns: ColumnElement[Any]) -> Select[Any]:
    """The rows of one kind. Each has the same columns, those of a task."""
    asked = instance.in_(bindparam("instances", expanding=True))
    return select(literal_column(f"'{kind}'").label("kind"), instance.label("instance"), *columns).where(asked)


_NO_WORDS = null(), null(), null()
_known = union_all(
    _kind("task", _tasks.instance_id, _tasks.id, _tasks.element, _tasks.name, _tasks.deadline_key, _tasks.due_at).where(
        _tasks.state == OPEN
    ),
    _kind("timer", _timers.instance_id, _timers.id, *_NO_WORDS, _timers.due_at),
    _kind("failure", _incidents.instance_id, _incidents.ref, *_NO_WORDS, null()).where(
        _incidents.kind == "step", _incidents.resolved_at.is_(None)
    ),
    _kind("unit", _instances.id, _units.unit, *_NO_WORDS, null()).where(_units.case_id == _instances.case_id),
    _kind("seal", _instances.id, _history.seal, *_NO_WORDS, null()).where(
        _history.instance_id == _instances.id, _history.revision == _instances.revision
    ),
)


def read_known(instances: Sequence[int]) -> dict[int, Known]:
    """By instance id."""
    found = {instance: Known() for instance in instances}
    for kind, instance, key, element, name, deadline, due_at in session.connection().execute(
        _known, {"instances": instances}
    ):
        known = found[instance]
        match kind:
            case "task":
                known.tasks.append(KnownTask(key, element, name, deadline, due_at))
            case "timer":
                known.timers[key] = due_at
            case "failure":
                known.failures.add(key)
            case "unit":
                known.units.add(key)
            case "seal":
                known.seal = key
    return found
