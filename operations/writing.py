"""Write down where a move has left a case: state, tasks, timers, incidents, history, in the caller's transaction."""

from collections import Counter

from sqlalchemy import select

from models import Incident, Timer, session
from operations.incident_rows import raise_incident
from operations.moves import Move
from operations.open_tasks import write_tasks
from operations.revisions import record


def write_down(move: Move) -> None:
    """Everything the rest of the house knows of a case is written here, from the engine's one state."""
    execution, instance, context = move.execution, move.instance, move.host.context
    state = execution.state
    write_tasks(move)
    _write_timers(move)
    _write_incidents(move)
    if execution.status:
        instance.case.status = execution.status
    passed = Counter(instance.passed) + Counter(step.element for step in execution.trail if step.outcome == "completed")
    record(
        instance,
        kind=move.kind,
        by=context.by,
        at=context.now,
        element=move.element,
        name=move.name,
        path=[[step.element, step.outcome] for step in execution.trail],
        notes=context.notes,
        state=state,
        passed=dict(passed),
        attempts=0,
        ended_at=context.now if execution.ended else None,
    )


def _write_timers(move: Move) -> None:
    known = {row.id: row for row in session.scalars(select(Timer).where(Timer.instance_id == move.instance.id))}
    for pending in move.execution.timers():
        row = known.pop(pending.id, None)
        if row is None:
            row = Timer(
                id=pending.id, instance_id=move.instance.id, element=pending.element, deadline_key=pending.deadline
            )
            session.add(row)
        if row.due_at != pending.due_at:
            row.due_at = pending.due_at
    for row in known.values():
        session.delete(row)


def _write_incidents(move: Move) -> None:
    failures = {failure.id: failure for failure in move.execution.failures()}
    of_steps = (Incident.instance_id == move.instance.id) & (Incident.kind == "step") & Incident.resolved_at.is_(None)
    for row in session.scalars(select(Incident).where(of_steps)):
        if failures.pop(row.ref, None) is None:
            row.resolved_at = move.host.now
    for failure in failures.values():
        raise_incident(move, kind="step", ref=failure.id, element=failure.element, message=failure.message)
