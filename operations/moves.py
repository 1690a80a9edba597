"""One case in motion: its rows, its flow, the engine's execution of it."""

from dataclasses import dataclass

from sqlalchemy import select

from engine import Definition, Execution
from errors import NotFound
from models import Identity, ProcessInstance, now, session
from operations.host import CaseHost
from reference import definitions


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
    mine = ProcessInstance.id == instance_id
    session.execute(select(ProcessInstance.id).where(mine).with_for_update())
    instance = session.scalar(select(ProcessInstance).where(mine).execution_options(populate_existing=True))
    if instance is None:
        raise NotFound
    return instance


def move_of(instance: ProcessInstance, *, by: Identity) -> Move:
    definition = definitions.definition(instance.definition_id)
    host = CaseHost(definition, instance.case, instance, now(), by)
    execution = Execution.load(definition, instance.state, host)
    host.trail = execution.trail
    return Move(definition, instance, host, execution)
