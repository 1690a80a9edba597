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


def open_case(instance_id: int, *, by: Identity, lock: bool = False) -> Move:
    """Load a case as it stands; without the lock, only to look at it. Raises NotFound."""
    statement = select(ProcessInstance).where(ProcessInstance.id == instance_id)
    if lock:
        statement = statement.with_for_update(of=ProcessInstance).execution_options(populate_existing=True)
    instance = session.scalar(statement)
    if instance is None:
        raise NotFound
    definition = definitions.definition(instance.definition_id)
    host = CaseHost(definition, instance.case, instance, now(), by)
    execution = Execution.load(definition, instance.state, host)
    host.trail = execution.trail
    return Move(definition, instance, host, execution)
