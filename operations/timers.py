"""What the clock does: wake the cases that have a timer due."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Row, Select, bindparam, or_, select, update

from errors import AlreadyChanged, NotFound, in_words
from models import SYSTEM, ProcessInstance, Timer, now, session, transactional
from operations.instances import moving
from operations.moves import lock, locked
from operations.quarantine import MAX_ATTEMPTS, quarantine, quarantined_cases

log = logging.getLogger(__name__)

BATCH = 100  # cases whose attempt is counted in one commit
TOGETHER = 10  # cases that are woken in one commit; whoever wants one of them waits for all
LEASE = timedelta(minutes=1)  # far longer than a batch takes; then what is left of it may be tried again
#: A timer that is served this soon counts as gone off at its own moment: what follows from a deadline that ends at
#: 23:59:59 is counted from that day, however busy the machine was at midnight. After a longer outage it counts from
#: now, so that no ladder climbs two rungs before anybody could read of the first.
PUNCTUAL = timedelta(hours=6)
CRASHED = "处理它的进程异常退出。"

_timers = Timer.__table__.c
_first_due = (
    select(_timers.element, _timers.due_at)
    .where(_timers.instance_id == bindparam("instance"), _timers.due_at <= bindparam("now"))
    .order_by(_timers.due_at)
    .limit(1)
)


def fire_due_timers() -> int:
    """Wake every case that has a timer due. Returns how many were woken (P4)."""
    woken = 0
    while batch := claim_due_cases():
        for first in range(0, len(batch), TOGETHER):
            woken += _wake_some(batch[first : first + TOGETHER])
    return woken


def _wake_some(instances: Sequence[int]) -> int:
    """In one commit, a third cheaper than one each; when that fails each alone, so that no case stops the others."""
    if len(instances) > 1:
        try:
            return wake_together(instances)
        except Exception:
            log.info("cases %s could not be woken together; each is now woken alone", instances, exc_info=True)
    return sum(_wake_safely(instance) for instance in instances)


@transactional
def wake_together(instances: Sequence[int]) -> int:
    return sum(wake(instance) for instance in instances)


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
        update(ProcessInstance)
        .where(ProcessInstance.id.in_(batch))
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
        note_failed_attempt(instance_id, in_words(error))
    return False


@transactional
def wake(instance_id: int) -> bool:
    """Fire what is due in one case. False when somebody else has done so already."""
    if not lock(instance_id, skip_locked=True):
        return False
    moment = now()
    first = session.connection().execute(_first_due, {"instance": instance_id, "now": moment}).first()
    if first is None:
        _forget_attempts(instance_id)
        return False
    at = first.due_at if moment - first.due_at <= PUNCTUAL else moment
    with moving(locked(instance_id), by=SYSTEM, kind="timer", element=first.element, at=at) as move:
        move.name = move.definition.elements[first.element].name or "到期"
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
