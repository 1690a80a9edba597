"""One case in motion: its rows, its flow, the engine's execution of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from engine import Definition, Execution
from errors import NotFound
from models import Identity, ProcessInstance, now, session
from operations.host import CaseHost
from reference import definitions

_instances = ProcessInstance.__table__.c
_mine = select(_instances.id).where(_instances.id == bindparam("instance"))
_lock, _lock_or_skip = _mine.with_for_update(), _mine.with_for_update(skip_locked=True)
_as_it_is = (
    select(ProcessInstance).where(ProcessInstance.id == bindparam("instance")).execution_options(populate_existing=True)
)


@dataclass
class Move:
    """`kind`, `element` and `name` are what the history row will say happened."""

    definition: Definition
    instance: ProcessInstance
    host: CaseHost
    execution: Execution
    kind: str = ""
    element: str | None = None
    name: str = ""


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
    instance = session.scalar(_as_it_is, {"instance": instance_id})
    if instance is None:
        raise NotFound
    return instance


def lock(instance_id: int, *, skip_locked: bool = False) -> bool:
    """Hold the case until the transaction ends. False when there is none, or somebody else holds it."""
    statement = _lock_or_skip if skip_locked else _lock
    return session.connection().scalar(statement, {"instance": instance_id}) is not None


def move_of(instance: ProcessInstance, *, by: Identity, at: datetime | None = None) -> Move:
    """`at` is the moment the move counts as made; without it, now."""
    definition = definitions.definition(instance.definition_id)
    host = CaseHost(definition, instance.case, instance, at or now(), by)
    execution = Execution.load(definition, instance.state, host)
    host.trail = execution.trail
    return Move(definition, instance, host, execution)
