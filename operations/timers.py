"""What the clock does: wake the cases that have a timer due."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Row, Select, or_, select, update

from errors import AlreadyChanged, NotFound
from models import SYSTEM, ProcessInstance, Timer, now, session, transactional
from operations.instances import moving
from operations.moves import locked
from operations.quarantine import MAX_ATTEMPTS, quarantine, quarantined_cases

log = logging.getLogger(__name__)

BATCH = 100  # cases whose attempt is counted in one commit
LEASE = timedelta(minutes=1)  # far longer than a batch takes; then what is left of it may be tried again
CRASHED = "处理它的进程异常退出。"


def fire_due_timers() -> int:
    """Wake every case that has a timer due, each in a transaction of its own. Returns how many were woken (P4)."""
    woken = 0
    while batch := claim_due_cases():
        woken += sum(_wake_safely(instance) for instance in batch)
    return woken


@transactional
def claim_due_cases() -> list[int]:
    """Lease some cases with a timer due; committing the attempt first is what finds a case that kills its worker (P7).

    A case that has failed before comes alone, so that it takes no other down with it.
    """
    moment = now()
    rows = session.execute(_due_cases(moment).limit(BATCH).with_for_update(skip_locked=True)).all()
    for row in rows:
        if row.attempts >= MAX_ATTEMPTS:  # its last lease is over, and nobody lived to say why
            quarantine(row.id, CRASHED)
    batch = _fresh_or_one(rows)
    session.execute(
        update(ProcessInstance).where(ProcessInstance.id.in_(batch))
        .values(attempts=ProcessInstance.attempts + 1, leased_until=moment + LEASE),
        execution_options={"synchronize_session": False},
    )
    return batch


def _due_cases(moment: datetime) -> Select[int, int]:
    return (
        select(ProcessInstance.id, ProcessInstance.attempts)
        .where(
            ProcessInstance.id.in_(select(Timer.instance_id).where(Timer.due_at <= moment)),
            or_(ProcessInstance.leased_until.is_(None), ProcessInstance.leased_until <= moment),
            ProcessInstance.id.not_in(quarantined_cases()),
        )
        .order_by(ProcessInstance.attempts, ProcessInstance.id)
    )


def _fresh_or_one(rows: Sequence[Row[int, int]]) -> list[int]:
    fresh = [row.id for row in rows if row.attempts == 0]
    return fresh or [row.id for row in rows if row.attempts < MAX_ATTEMPTS][:1]


def _wake_safely(instance_id: int) -> bool:
    """No failing case stops the others."""
    try:
        return wake(instance_id)
    except AlreadyChanged:
        log.info("case %s is being moved by someone else; a later round wakes it", instance_id)
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
    """After the last attempt an operator hears of it; until then the clock tries again when the lease is over."""
    instance = session.get(ProcessInstance, instance_id, populate_existing=True)
    if instance is None:
        raise NotFound
    if instance.attempts >= MAX_ATTEMPTS:
        quarantine(instance_id, message)


def _forget_attempts(instance_id: int) -> None:
    session.execute(update(ProcessInstance).where(ProcessInstance.id == instance_id).values(attempts=0))
