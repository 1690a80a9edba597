"""What the clock does: wake the cases that have a timer due."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Row, Select, bindparam, or_, select, update

from errors import AlreadyChanged, NotFound, in_words
from models import SYSTEM, ProcessInstance, Timer, now, session, transactional
from operations.acts.held_limits import hand_in_held
from operations.gate.instances import moving_together
from operations.gate.moves import Move, as_they_are, lock_free_ones
from operations.gate.quarantine import MAX_ATTEMPTS, quarantine, quarantined_cases
from operations.gate.sign_rows import FormWaits

log = logging.getLogger(__name__)

BATCH = 100  # cases whose attempt is counted in one commit
TOGETHER = 50  # cases that are woken in one commit; whoever wants one of them waits for all
LEASE = timedelta(minutes=1)  # far longer than a batch takes; then what is left of it may be tried again
#: A timer that is served this soon counts as gone off at its own moment: what follows from a deadline that ends at
#: 23:59:59 is counted from that day, however busy the machine was at midnight. After a longer outage it counts from
#: now, so that no ladder climbs two rungs before anybody could read of the first.
PUNCTUAL = timedelta(hours=6)
CRASHED = "处理它的进程异常退出。"

_timers = Timer.__table__.c
_due = (
    select(_timers.instance_id, _timers.element, _timers.deadline_key, _timers.due_at)
    .where(_timers.instance_id.in_(bindparam("instances", expanding=True)), _timers.due_at <= bindparam("now"))
    .order_by(_timers.due_at.desc())
)


def fire_due_timers() -> int:
    """Wake every case that has a timer due. Returns how many were woken (P4)."""
    woken = 0
    while batch := claim_due_cases():
        for first in range(0, len(batch), TOGETHER):
            woken += _wake_some(batch[first : first + TOGETHER])
    return woken


def _wake_some(instances: Sequence[int]) -> int:
    """In one commit, less than half as dear as one each; when that fails each alone: no case stops the others."""
    if len(instances) > 1:
        try:
            return wake(instances)
        except Exception:
            log.info("cases %s could not be woken together; each is now woken alone", instances, exc_info=True)
    return sum(_wake_safely(instance) for instance in instances)


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


def _wake_safely(instance_id: int) -> int:
    """No failing case stops the others."""
    try:
        return _wake_one(instance_id)
    except AlreadyChanged:
        log.info("case %s is being moved by someone else; a later round wakes it", instance_id)
    except Exception as error:
        log.exception("case %s could not be woken", instance_id)
        note_failed_attempt(instance_id, in_words(error))
    return 0


def _wake_one(instance_id: int) -> int:
    """A form that waits for colleagues goes in before a limit ends its task; the clock comes again for the rest."""
    try:
        return wake([instance_id])
    except FormWaits as waits:
        hand_in_held(waits.task_id, waits.at)
        return 1


@transactional
def wake(instance_ids: Sequence[int]) -> int:
    """Fire what is due in these cases, all or none. Returns how many were woken: the others somebody else moves."""
    held = lock_free_ones(instance_ids)
    moment = now()
    due = session.connection().execute(_due, {"instances": held, "now": moment}).all()
    first = {row.instance_id: row for row in due}  # of each case the soonest: it comes last
    _forget_attempts([instance for instance in held if instance not in first])
    if not first:
        return 0
    moments = {case: _counts_at(first[case.id].due_at, moment) for case in as_they_are(list(first))}
    with moving_together(moments, by=SYSTEM) as moves:
        for move in moves:
            move.kind, move.element = "timer", first[move.instance.id].element
            move.name = move.definition.elements[move.element].name or "到期"
            for row in due:
                if row.instance_id == move.instance.id:
                    _say_whose(move, row)
            move.execution.wake()
    return len(moves)


def _say_whose(move: Move, timer: Row[int, str, str | None, datetime]) -> None:
    """Of a deadline that each unit or row has alone: 任务时限（2）到期. The name of the timer is the same for all.

    The note speaks of the element at which the deadline started: where that is hidden, so is its name (XT-20).
    """
    if ":" in (timer.deadline_key or ""):
        name, element = move.host.deadlines.known_as(timer.deadline_key)
        move.host.context.note("due", f"{name}到期", element)


def _counts_at(due: datetime, moment: datetime) -> datetime:
    return due if moment - due <= PUNCTUAL else moment


@transactional
def note_failed_attempt(instance_id: int, message: str) -> None:
    """After the last attempt an operator hears of it; until then the clock tries again when the lease is over."""
    instance = session.get(ProcessInstance, instance_id, populate_existing=True)
    if instance is None:
        raise NotFound
    if instance.attempts >= MAX_ATTEMPTS:
        quarantine(instance_id, message)


def _forget_attempts(instance_ids: Sequence[int]) -> None:
    if instance_ids:
        session.execute(update(ProcessInstance).where(ProcessInstance.id.in_(instance_ids)).values(attempts=0))
