"""What the database says of some cases before a move is written down: one statement, however many cases."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    bindparam,
    cast,
    literal_column,
    null,
    select,
    union_all,
)

from models import CaseText, CaseUnit, HistoryEvent, Incident, ProcessInstance, Task, TaskSign, Timer, session
from models.sign import IS_PENDING
from models.task import IS_OPEN, UNASKED
from models.trips import Asked, read


@dataclass(frozen=True)
class KnownTask:
    """A row that is open."""

    id: str
    element: str
    name: str
    due_name: str
    due_at: datetime


@dataclass(frozen=True)
class KnownSign:
    """Of an open task (加签), one that it still waits for."""

    id: int
    task: str
    post: str
    state: str


@dataclass
class Known:
    """One case: open tasks, signs they wait for, timers (id: due), failed steps (task ids), units that take part, seal
    of its history, mark of its words.

    The last two are "" where there is none.
    """

    tasks: list[KnownTask] = field(default_factory=list)
    signs: list[KnownSign] = field(default_factory=list)
    timers: dict[str, datetime] = field(default_factory=dict)
    failures: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    seal: str = ""
    words: str = ""


_instances, _tasks, _timers = ProcessInstance.__table__.c, Task.__table__.c, Timer.__table__.c
_incidents, _units, _history = Incident.__table__.c, CaseUnit.__table__.c, HistoryEvent.__table__.c
_texts, _signs = CaseText.__table__.c, TaskSign.__table__.c

_NO_WORDS = null(), null(), null()


def _known(asked: Callable[[ColumnElement[int]], ColumnElement[bool]]) -> CompoundSelect[Any]:
    """The rows of each kind, with the columns of a task. `asked`: whether an instance is one of those."""

    def kind(name: str, instance: ColumnElement[int], *columns: ColumnElement[Any]) -> Select[Any]:
        said: ColumnElement[str] = literal_column(f"'{name}'")
        return select(said.label("kind"), instance.label("instance"), *columns).where(asked(instance))

    words_of_task = _tasks.id, _tasks.element, _tasks.name, _tasks.due_name
    return union_all(
        kind("task", _tasks.instance_id, *words_of_task, _tasks.due_at).where(IS_OPEN),
        kind(
            "sign", _tasks.instance_id, _signs.task_id, _signs.post, _signs.state, cast(_signs.id, String), null()
        ).where(IS_OPEN, _tasks.asked != UNASKED, _signs.task_id == _tasks.id, IS_PENDING),
        kind("timer", _timers.instance_id, _timers.id, *_NO_WORDS, _timers.due_at),
        kind("failure", _incidents.instance_id, _incidents.ref, *_NO_WORDS, null()).where(
            _incidents.kind == "step", _incidents.resolved_at.is_(None)
        ),
        kind("unit", _instances.id, _units.unit, *_NO_WORDS, null()).where(_units.case_id == _instances.case_id),
        kind("words", _instances.id, _texts.mark, *_NO_WORDS, null()).where(_texts.case_id == _instances.case_id),
        kind("seal", _instances.id, _history.seal, *_NO_WORDS, null()).where(
            _history.instance_id == _instances.id, _history.revision == _instances.revision
        ),
    )


_of_one = _known(lambda instance: instance == bindparam("instances"))  # quicker than a list of one
_of_many = _known(lambda instance: instance.in_(bindparam("instances", expanding=True)))


def question_of(instance: int) -> Asked:
    """What `read_known` asks of one case, for a trip in which something else is sent; `known_from` takes the answer."""
    return _of_one, {"instances": instance}


def read_known(instances: Sequence[int]) -> dict[int, Known]:
    """By instance id."""
    if not instances:
        return {}
    if len(instances) == 1:
        return known_from(read(session.connection(), *question_of(instances[0])), instances)
    return known_from(session.connection().execute(_of_many, {"instances": instances}), instances)


def known_from(rows: Iterable[Sequence[Any]], instances: Sequence[int]) -> dict[int, Known]:
    """By instance id."""
    found = {instance: Known() for instance in instances}
    for kind, instance, key, element, name, last, due_at in rows:
        known = found[instance]
        match kind:
            case "task":
                known.tasks.append(KnownTask(key, element, name, last, due_at))
            case "sign":
                known.signs.append(KnownSign(int(last), key, element, name))
            case "timer":
                known.timers[key] = due_at
            case "failure":
                known.failures.add(key)
            case "unit":
                known.units.add(key)
            case "words":
                known.words = key
            case "seal":
                known.seal = key
    return found
