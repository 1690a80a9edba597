"""Start cases and move them: the one gate.

Every change of a case passes through start_process(), moving() or moving_together(): load the state, let the engine
move it, write down what it now waits for. So the inbox, the timers, the deadlines and the history cannot disagree
with the state (P1).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from engine import Execution, expressions
from errors import FlowRetired
from models import Case, Identity, ProcessDefinition, ProcessInstance, now, session, transactional
from operations.gate.deadlines import DeadlineBook
from operations.gate.host import CaseHost
from operations.gate.moves import Move, move_of
from operations.gate.suspension import refuse_stopped
from operations.gate.writing import write_down
from reference import definitions, parameters


@transactional
def start_process(key: str, data: dict[str, Any], *, by: Identity, channel: str = "", at: str | None = None) -> Move:
    """Start the newest version of a flow and run it to its first wait. `at`: the start event, when not the plain one;
    its `title` names the case, which nobody registers.

    Raises NotFound when there is no such flow, FlowRetired when it is retired.
    """
    row = definitions.newest(key)
    require_in_use(row)
    definition = definitions.definition(row.id)
    moment = now()
    case = Case(
        flow=row.key,
        flow_name=row.name,
        title=row.name,
        channel=channel,
        registered_by=by.name,
        registrar_id=by.id,
        created_at=moment,
        parameter_revision=parameters.newest_revision(),
    )
    instance = ProcessInstance(
        case=case, definition_id=row.id, state=b"", started_at=moment, passed={}, revision=0, attempts=0
    )
    session.add(instance)
    session.flush()
    host = CaseHost(definition, case, instance, moment, by)
    if at is not None and (title := definition.elements[at].properties.get("title")):
        case.title = expressions.evaluate(title, {}, host.functions)
    execution = Execution.start(definition, data, host, at)
    host.trail = execution.trail
    move = Move(definition, instance, host, execution, kind="started", name=definition.name)
    write_down(move)
    return move


def require_in_use(row: ProcessDefinition) -> None:
    """Raises FlowRetired when the flow takes no new cases."""
    if row.key in definitions.retired():
        raise FlowRetired(f"“{row.name}”流程已经停用，不再登记新事项；在办的照常办理。")


@contextmanager
def moving(
    instance: ProcessInstance,
    *,
    by: Identity,
    kind: str,
    element: str | None = None,
    name: str = "",
    at: datetime | None = None,
    edition: int | None = None,
) -> Iterator[Move]:
    """Let the caller move a locked case and write down where it has got to. One transaction's work.

    `at`, `edition`: now, and the calendar in force, where they are known.

    Raises NotAllowed for a quarantined or suspended case, AlreadyChanged when somebody else was faster.
    """
    move = _begin(instance, by, at, edition)
    move.kind, move.element, move.name = kind, element, name
    yield move
    write_down(move)


@contextmanager
def moving_together(instances: Mapping[ProcessInstance, datetime], *, by: Identity) -> Iterator[list[Move]]:
    """The same for several locked cases, each at its own moment: what is read and written goes to the database once
    for all of them. When one fails, none has moved.
    """
    moves = [_begin(instance, by, at) for instance, at in instances.items()]
    DeadlineBook.read([move.host.deadlines for move in moves])
    yield moves
    write_down(*moves)


def _begin(instance: ProcessInstance, by: Identity, at: datetime | None = None, edition: int | None = None) -> Move:
    refuse_stopped(instance)
    return move_of(instance, by=by, at=at, edition=edition)
