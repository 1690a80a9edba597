"""What the clock does: wake the cases that have a timer due."""

import logging

from sqlalchemy import select, update

from errors import AlreadyChanged, NotFound
from models import SYSTEM, Incident, ProcessInstance, Timer, now, session, transactional
from operations.instances import QUARANTINED, moving
from operations.moves import locked

log = logging.getLogger(__name__)

BATCH = 100  # cases whose attempt is counted in one commit


def fire_due_timers() -> int:
    """Wake every case that has a timer due, each in a transaction of its own. Returns how many were woken (P4)."""
    woken = 0
    seen: set[int] = set()
    while batch := [instance for instance in claim_due_cases() if instance not in seen]:
        seen.update(batch)
        woken += sum(_wake_safely(instance) for instance in batch)
    return woken


@transactional
def claim_due_cases() -> list[int]:
    """Cases with a timer due; committing the attempt first is what finds a case that kills its worker (P7).

    A case that has failed before comes alone, so that it takes no other down with it.
    """
    waiting = select(ProcessInstance.id, ProcessInstance.attempts).where(
        ProcessInstance.id.in_(select(Timer.instance_id).where(Timer.due_at <= now())),
        ProcessInstance.attempts < QUARANTINED,
    )
    free = waiting.order_by(ProcessInstance.attempts, ProcessInstance.id).limit(BATCH)
    rows = session.execute(free.with_for_update(skip_locked=True)).all()
    fresh = [instance for instance, attempts in rows if attempts == 0]
    batch = fresh or [instance for instance, _ in rows[:1]]
    session.execute(
        update(ProcessInstance).where(ProcessInstance.id.in_(batch)).values(attempts=ProcessInstance.attempts + 1),
        execution_options={"synchronize_session": False},
    )
    return batch


def _wake_safely(instance_id: int) -> bool:
    """No failing case stops the others."""
    try:
        return wake(instance_id)
    except AlreadyChanged:
        log.info("case %s is being moved by someone else; the next round wakes it", instance_id)
    except Exception as error:
        log.exception("case %s could not be woken", instance_id)
        note_failed_attempt(instance_id, str(error))
    return False


@transactional
def wake(instance_id: int) -> bool:
    """Fire what is due in one case. False when somebody else has done so already."""
    due = select(Timer).where(Timer.instance_id == instance_id)
    lock = select(ProcessInstance.id).where(ProcessInstance.id == instance_id)
    if session.scalar(lock.with_for_update(skip_locked=True)) is None:
        return False
    timers = session.scalars(due.where(Timer.due_at <= now()).order_by(Timer.due_at)).all()
    if not timers:
        _forget_attempts(instance_id)
        return False
    with moving(locked(instance_id), by=SYSTEM, kind="timer", element=timers[0].element) as move:
        move.name = move.definition.elements[timers[0].element].name or "到期"
        move.execution.wake()
    return True


@transactional
def note_failed_attempt(instance_id: int, message: str) -> None:
    """After the last attempt an operator hears of it; until then the clock simply tries again."""
    instance = session.get(ProcessInstance, instance_id, populate_existing=True)
    if instance is None:
        raise NotFound
    if instance.attempts >= QUARANTINED:
        session.add(
            Incident(
                instance_id=instance_id, kind="quarantine", ref="", element="",
                message=f"到期处理连续失败，事项已隔离：{message}", at=now(),
            )
        )


def _forget_attempts(instance_id: int) -> None:
    session.execute(update(ProcessInstance).where(ProcessInstance.id == instance_id).values(attempts=0))
