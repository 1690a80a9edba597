"""The product, wrong on purpose: each variant forgets one thing that the promises need. The invariants must notice."""

from collections.abc import Callable, Collection
from threading import Thread
from typing import Any

from flask import Flask, current_app
from sqlalchemy import delete, select

from models import SYSTEM, Identity, ProcessInstance, Timer, session
from operations.gate import instances, outbox, writing
from operations.ticking import timers
from tests.faults.crashes import die


def commit_between_tasks_and_state() -> None:
    """Two commits a step: whoever dies between them leaves rows of a step that never was (against P1)."""
    real = writing.write_tasks

    def write_tasks(*moves_and_writes: Any) -> None:
        real(*moves_and_writes)
        session.commit()
        die()

    writing.write_tasks = write_tasks  # type: ignore[assignment]


def mark_sent_before_the_effect() -> None:
    """Whoever dies before the gateway has answered has lost the message (against P5)."""
    real = outbox.claim_message

    def claim_message(without: Collection[str] = ()) -> int | None:
        message = real(without)
        if message is not None:
            outbox.mark_sent(message, "已送达")
        die()
        return message

    outbox.claim_message = claim_message


def forget_the_timer_when_it_is_claimed() -> None:
    """A timer that is gone before its effect never has one if the worker dies (against P4)."""
    real = timers.claim_due_cases

    def claim_due_cases() -> list[int]:
        cases = real()
        session.execute(delete(Timer).where(Timer.instance_id.in_(cases)))
        session.commit()
        die()
        return cases

    timers.claim_due_cases = claim_due_cases


def give_the_lock_back_early() -> None:
    """While somebody's step is in memory, the clock moves the case. The compare-and-set still stands before it (P2)."""
    real = instances.move_of

    def move_of(instance: ProcessInstance, *, by: Identity, **known: Any) -> Any:
        move = real(instance, by=by, **known)
        if by != SYSTEM:
            session.commit()
            clock = Thread(target=_fire, args=[current_app._get_current_object()])  # type: ignore[attr-defined]
            clock.start()
            clock.join()
        return move

    instances.move_of = move_of


def _fire(app: Flask) -> None:
    with app.app_context():
        timers.fire_due_timers()


def compare_nothing() -> None:
    """And without the compare-and-set the clock's move is written over (against P2)."""
    give_the_lock_back_early()
    real = writing.add_revision

    def add_revision(gathered: Any, instance: ProcessInstance, *seal: str, **step: Any) -> None:
        newest = select(ProcessInstance.revision).where(ProcessInstance.id == instance.id)
        instance.revision = session.scalars(newest).one()
        real(gathered, instance, *seal, **step)

    writing.add_revision = add_revision  # type: ignore[assignment]


VARIANTS: dict[str, Callable[[], None]] = {
    "commit_between_tasks_and_state": commit_between_tasks_and_state,
    "mark_sent_before_the_effect": mark_sent_before_the_effect,
    "forget_the_timer_when_it_is_claimed": forget_the_timer_when_it_is_claimed,
    "give_the_lock_back_early": give_the_lock_back_early,
    "compare_nothing": compare_nothing,
}
