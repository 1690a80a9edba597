"""One case in motion: its rows, its flow, the engine's execution of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from engine import Definition, Execution
from errors import NotFound
from models import Identity, ProcessInstance, now_and, session
from models.trips import Answer, Asked
from operations.gate.host import CaseHost
from operations.gate.known import Known
from reference import calendar, definitions

if TYPE_CHECKING:
    from operations.gate.recall_points import RecallPoint

_instances = ProcessInstance.__table__.c
_lock = select(_instances.id).where(_instances.id == bindparam("instance")).with_for_update()
_lock_free_ones = (
    select(_instances.id)
    .where(_instances.id.in_(bindparam("instances", expanding=True)))
    .order_by(_instances.id)
    .with_for_update(skip_locked=True)
)
_as_they_are = (
    select(ProcessInstance)
    .where(ProcessInstance.id.in_(bindparam("instances", expanding=True)))
    .order_by(ProcessInstance.id)
    .execution_options(populate_existing=True)
)


@dataclass
class Move:
    """`kind`, `element` and `name` are what the history row will say happened; `said`: something was typed; `known`:
    what the database says of the case, where it was read before the engine moves. `question` is asked of the case as
    it is written down; `answer`: the rows.
    """

    definition: Definition
    instance: ProcessInstance
    host: CaseHost
    execution: Execution
    kind: str = ""
    element: str | None = None
    name: str = ""
    said: bool = False
    known: Known | None = None
    question: Asked | None = None
    answer: Answer = field(default_factory=list)
    point: "RecallPoint | None" = None  # of a completion that may be taken back
    withdrawn: list[str] = field(default_factory=list)  # tasks that this move has ended unmade


def open_case(instance_id: int, *, by: Identity) -> Move:
    """Load a case as it stands, only to look at it. Raises NotFound."""
    instance = session.scalar(select(ProcessInstance).where(ProcessInstance.id == instance_id))
    if instance is None:
        raise NotFound
    return move_of(instance, by=by)


def locked(instance_id: int) -> ProcessInstance:
    """The instance under its lock (P2), read after the lock is held: what one reads while waiting is old already.

    Raises NotFound.
    """
    lock(instance_id)
    for instance in as_they_are([instance_id]):
        return instance
    raise NotFound


def lock(instance_id: int) -> None:
    """Hold the case until the transaction ends."""
    session.connection().execute(_lock, {"instance": instance_id})


def lock_free_ones(instance_ids: Sequence[int]) -> Sequence[int]:
    """Hold those of these cases that nobody else holds."""
    return session.connection().scalars(_lock_free_ones, {"instances": instance_ids}).all()


def as_they_are(instance_ids: Sequence[int]) -> Sequence[ProcessInstance]:
    """Read again, whatever the session has read before."""
    return session.scalars(_as_they_are, {"instances": instance_ids}).all()


def move_of(instance: ProcessInstance, *, by: Identity, at: datetime | None = None, edition: int | None = None) -> Move:
    """`at`: the moment the move counts as made; without it, now. `edition`: of the calendar, where it is known."""
    definition = definitions.definition(instance.definition_id)
    moment, edition = (at, edition) if at else now_and(calendar.NEWEST)
    host = CaseHost(definition, instance.case, instance, moment, by, edition)
    execution = Execution.load(definition, instance.state, host)
    host.trail = execution.trail
    return Move(definition, instance, host, execution)
