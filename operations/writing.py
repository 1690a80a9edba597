"""Write down where a move has left a case: state, tasks, timers, incidents, history, in the caller's transaction."""

from collections import Counter

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm.attributes import set_committed_value

from models import Case, Incident, Timer, add_row, session
from operations.incident_rows import raise_incident
from operations.moves import Move
from operations.open_tasks import write_tasks
from operations.revisions import record

_timers, _incidents = Timer.__table__.c, Incident.__table__.c
_timers_of_case = select(_timers.id, _timers.due_at).where(_timers.instance_id == bindparam("instance"))
_drop_timer = delete(Timer.__table__).where(_timers.id == bindparam("timer"))  # type: ignore[arg-type]
_failed_steps = select(_incidents.id, _incidents.ref).where(
    _incidents.instance_id == bindparam("instance"), _incidents.kind == "step", _incidents.resolved_at.is_(None)
)

_set_status = (
    update(Case.__table__)  # type: ignore[arg-type]
    .where(Case.__table__.c.id == bindparam("case"))
    .values(status=bindparam("new_status"))
)


def write_down(move: Move) -> None:
    """Everything the rest of the house knows of a case is written here, from the engine's one state."""
    session.flush()  # what follows reads and writes past the session's objects
    execution, instance, context = move.execution, move.instance, move.host.context
    state = execution.state
    write_tasks(move)
    _write_timers(move)
    _write_incidents(move)
    move.host.deadlines.save()
    if execution.status and execution.status != instance.case.status:
        session.connection().execute(_set_status, {"case": instance.case_id, "new_status": execution.status})
        set_committed_value(instance.case, "status", execution.status)
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
        leased_until=None,
        ended_at=context.now if execution.ended else None,
    )


def _write_timers(move: Move) -> None:
    instance, connection = move.instance.id, session.connection()
    known = {row.id: row.due_at for row in connection.execute(_timers_of_case, {"instance": instance})}
    for pending in move.execution.timers():
        due_at = known.pop(pending.id, None)
        if due_at is None:
            add_row(
                Timer,
                id=pending.id,
                instance_id=instance,
                element=pending.element,
                deadline_key=pending.deadline,
                due_at=pending.due_at,
            )
        elif due_at != pending.due_at:
            session.execute(update(Timer).where(Timer.id == pending.id).values(due_at=pending.due_at))
    for gone in known:
        connection.execute(_drop_timer, {"timer": gone})


def _write_incidents(move: Move) -> None:
    failures = {failure.id: failure for failure in move.execution.failures()}
    for row in session.connection().execute(_failed_steps, {"instance": move.instance.id}).all():
        if failures.pop(row.ref, None) is None:
            session.execute(update(Incident).where(Incident.id == row.id).values(resolved_at=move.host.now))
    for failure in failures.values():
        raise_incident(move, kind="step", ref=failure.id, element=failure.element, message=failure.message)
