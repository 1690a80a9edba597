"""What must be true of a database however often its workers were killed. Says what is not."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import func, select

from models import (
    SYSTEM,
    Document,
    HistoryEvent,
    Incident,
    OutboxMessage,
    ProcessInstance,
    Submission,
    Task,
    Timer,
    broken_links,
    now,
    session,
)
from models.outbox import SENT, WAITING
from models.task import COMPLETED, OPEN
from operations.gate.moves import open_case
from tests.faults import ledger

MESSAGES = ("tell", "tell_late")  # the elements that send one


def violations(sent: Path, *, cases: int, completed: tuple[str, ...] = (), settled: bool = True) -> list[str]:
    """Sentences about what is wrong. `completed`: tasks whose completion somebody was promised.

    `settled`: everything that is due must have been done by now.
    """
    session.rollback()
    session.expire_all()
    found = list(_of_all(sent, cases, completed))
    for instance in session.scalars(select(ProcessInstance).order_by(ProcessInstance.id)):
        found += [f"case {instance.id}: {words}" for words in _of_case(instance)]
    return found + (list(_unsettled()) if settled else [])


def _of_all(sent: Path, cases: int, completed: tuple[str, ...]) -> Iterator[str]:
    kept = session.scalar(select(func.count()).select_from(ProcessInstance))
    if kept != cases:
        yield f"{kept} cases instead of {cases}"
    done = set(session.scalars(select(Task.id).where(Task.state == COMPLETED)))
    yield from (f"the completion of {task} is lost" for task in completed if task not in done)
    given = set(ledger.keys(sent))
    rows = {row.idempotency_key: row.state for row in session.scalars(select(OutboxMessage))}
    marked = {key for key, state in rows.items() if state == SENT}
    yield from (f"{key} is marked sent and was not" for key in marked - given)
    yield from (f"{key} went out of a step that never was" for key in given - rows.keys())


def _of_case(instance: ProcessInstance) -> Iterator[str]:
    events = session.scalars(select(HistoryEvent).where(HistoryEvent.instance_id == instance.id)).all()
    if sorted(event.revision for event in events) != list(range(1, instance.revision + 1)):
        yield f"{len(events)} history rows at revision {instance.revision}"
    if links := broken_links(instance.id):
        yield f"the history's chain is broken at {links}"
    passed = Counter(element for event in events for element, outcome in event.path if outcome == "completed")
    if passed != Counter(instance.passed):
        yield f"history says {dict(passed)}, the instance {instance.passed}"
    yield from (f"{element} was passed {times} times" for element, times in passed.items() if times > 1)
    yield from _effects(instance, passed)
    yield from _completions(instance, events)
    yield from _waiting(instance)


def _effects(instance: ProcessInstance, passed: Counter[str]) -> Iterator[str]:
    """In this flow each effect has its element, and each element its effect, once."""
    reminders = _count(Document, Document.case_id == instance.case_id)
    if not reminders == passed["late"] == passed["urge"]:
        yield f"late {passed['late']} times, reminded {reminders} times"
    messages = _count(OutboxMessage, OutboxMessage.instance_id == instance.id)
    if messages != sum(passed[element] for element in MESSAGES):
        yield f"{messages} messages for {dict(passed)}"
    if bool(instance.case.case_no) != bool(passed["number"]):
        yield f"number {instance.case.case_no} for {dict(passed)}"


def _completions(instance: ProcessInstance, events: object) -> Iterator[str]:
    of_case = select(Submission.task_id).where(Submission.case_id == instance.case_id)
    handed_in = Counter(session.scalars(of_case))
    yield from (f"task {task} was handed in {times} times" for task, times in handed_in.items() if times > 1)
    done = session.scalars(select(Task.id).where(Task.instance_id == instance.id, Task.state == COMPLETED))
    if set(done) != set(handed_in):
        yield "completed tasks and handed-in forms differ"


def _waiting(instance: ProcessInstance) -> Iterator[str]:
    """What the engine waits for and what the tables say it waits for."""
    execution = open_case(instance.id, by=SYSTEM).execution
    tasks = set(session.scalars(select(Task.id).where(Task.instance_id == instance.id, Task.state == OPEN)))
    if tasks != {task.id for task in execution.open_tasks()}:
        yield f"the engine waits for {[task.element.id for task in execution.open_tasks()]}, {len(tasks)} rows are open"
    rows = session.execute(select(Timer.id, Timer.due_at).where(Timer.instance_id == instance.id))
    timers = {row.id: row.due_at for row in rows}
    if timers != {timer.id: timer.due_at for timer in execution.timers()}:
        yield f"the engine waits for {[timer.element for timer in execution.timers()]}, {len(timers)} timer rows"
    failed = Incident.resolved_at.is_(None) & (Incident.kind == "step") & (Incident.instance_id == instance.id)
    if set(session.scalars(select(Incident.ref).where(failed))) != {each.id for each in execution.failures()}:
        yield "the engine's failures and the open incidents differ"
    if execution.ended != bool(instance.ended_at):
        yield "the engine and the instance disagree whether it has ended"
    if not (execution.ended or tasks or timers or execution.failures()):
        yield "it waits for nothing and has not ended"


def _unsettled() -> Iterator[str]:
    if late := _count(Timer, Timer.due_at <= now()):
        yield f"{late} timers are due and were not fired"
    if waiting := _count(OutboxMessage, OutboxMessage.state == WAITING):
        yield f"{waiting} messages are still waiting"


def _count(model: type, *where: object) -> int:
    return session.scalar(select(func.count()).select_from(model).where(*where)) or 0  # type: ignore[arg-type]
