"""Write down where moves have left their cases: state, tasks, timers, failures, history. The caller commits."""

from collections import Counter
from typing import Any

from sqlalchemy import bindparam, delete, update
from sqlalchemy.orm.attributes import set_committed_value

from models import Case, Incident, Timer, Writes, previous_seal, session
from models.case import DONE
from operations.gate.case_words import note_words
from operations.gate.incident_rows import raise_incident
from operations.gate.known import Known, known_from, question_of, read_known
from operations.gate.moves import Move
from operations.gate.open_tasks import write_tasks
from operations.gate.recall_points import undo_columns
from operations.gate.revisions import add_revision

_timers, _incidents = Timer.__table__.c, Incident.__table__.c
_drop_timer = delete(Timer.__table__).where(_timers.id == bindparam("timer"))  # type: ignore[arg-type]
_put_off_timer = update(Timer.__table__).where(_timers.id == bindparam("timer"))  # type: ignore[arg-type]
_resolve = (
    update(Incident.__table__)  # type: ignore[arg-type]
    .where(_incidents.instance_id == bindparam("instance"), _incidents.kind == "step")
    .where(_incidents.ref == bindparam("failure"), _incidents.resolved_at.is_(None))
)
_set_facts = update(Case.__table__).where(Case.__table__.c.id == bindparam("case"))  # type: ignore[arg-type]


def hand_in(move: Move, writes: Writes) -> None:
    """What was typed is in the database before the engine moves: handlers read it. In the same trip comes what the
    move will ask for; nothing that it does before `write_down()` changes that.
    """
    running, rows = writes.send(move.host.deadlines.question, question_of(move.instance.id))
    move.host.deadlines.take(running)
    move.known = known_from(rows, [move.instance.id])[move.instance.id]


def write_down(*moves: Move) -> None:
    """Everything the rest of the house knows of a case is written here, from the engine's one state."""
    session.flush()  # what follows reads and writes past the session's objects
    known = read_known([move.instance.id for move in moves if move.known is None])
    known |= {move.instance.id: move.known for move in moves if move.known is not None}
    writes = Writes()
    write_tasks(moves, known, writes)
    for move in moves:
        _write_timers(move, known[move.instance.id], writes)
        _write_failures(move, known[move.instance.id], writes)
        if move.execution.ended:
            move.host.deadlines.drop_all()
        _write_facts(move, writes)
        undo = undo_columns(move)
        move.host.deadlines.hand_over(writes)
        _write_history(move, known[move.instance.id], undo, writes)
        _write_elsewhere(move, writes)
    note_words(moves, known, writes)
    asking = [move for move in moves if move.question]
    for move, answer in zip(asking, writes.send(*(move.question for move in asking if move.question)), strict=True):
        move.answer = answer


def _write_timers(move: Move, known: Known, writes: Writes) -> None:
    """Of a suspended case none waits: what is due by then goes off after it is resumed."""
    for pending in [] if move.instance.suspended_at else move.execution.timers():
        due_at = known.timers.pop(pending.id, None)
        if due_at is None:
            writes.add(
                Timer,
                id=pending.id,
                instance_id=move.instance.id,
                element=pending.element,
                deadline_key=pending.deadline,
                due_at=pending.due_at,
            )
        elif due_at != pending.due_at:
            writes.change(_put_off_timer, timer=pending.id, due_at=pending.due_at)
    for gone in known.timers:
        writes.change(_drop_timer, timer=gone)


def _write_failures(move: Move, known: Known, writes: Writes) -> None:
    failures = {failure.id: failure for failure in move.execution.failures()}
    for mended in known.failures - failures.keys():
        writes.change(_resolve, instance=move.instance.id, failure=mended, resolved_at=move.host.now)
    for new in failures.keys() - known.failures:
        failure = failures[new]
        raise_incident(move, kind="step", ref=failure.id, element=failure.element, message=failure.message)


def _write_facts(move: Move, writes: Writes) -> None:
    """Its status and its mark, where the move has passed others; 办结时间 is when it first is 办结."""
    case, execution = move.instance.case, move.execution
    status = execution.status or case.status
    mark = case.mark if execution.mark is None else execution.mark
    closed_at = case.closed_at or (move.host.now if status in DONE else None)
    facts = {"status": status, "mark": mark, "closed_at": closed_at}
    if new := {fact: value for fact, value in facts.items() if value != getattr(case, fact)}:
        writes.change(_set_facts, case=case.id, **new)  # what stays as it is costs its indexes as much
        for fact, value in new.items():
            set_committed_value(case, fact, value)


def _write_history(move: Move, known: Known, undo: dict[str, Any], writes: Writes) -> None:
    execution, instance, context = move.execution, move.instance, move.host.context
    completed = Counter(step.element for step in execution.trail if step.outcome == "completed")
    add_revision(
        writes,
        instance,
        known.seal,
        kind=move.kind,
        by=context.by,
        at=context.now,
        element=move.element,
        name=move.name,
        path=[[step.element, step.outcome] for step in execution.trail],
        notes=context.notes,
        state=execution.state,
        passed=dict(Counter(instance.passed) + completed),
        attempts=0,
        leased_until=None,
        ended_at=context.now if execution.ended else None,
        **undo,
    )


def _write_elsewhere(move: Move, writes: Writes) -> None:
    """What this move did to other cases, in their histories (XX-05)."""
    context = move.host.context
    for told in context.elsewhere:
        add_revision(
            writes,
            told.instance,
            previous_seal(told.instance.id),
            kind=told.kind,
            by=context.by,
            at=context.now,
            name=told.name,
            notes=told.notes,
        )
