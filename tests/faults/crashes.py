"""Where a worker dies. Each point wraps one function of the product from outside; the product knows nothing of it."""

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from types import ModuleType
from typing import Any

from sqlalchemy import event

import handlers.notices
from handlers import CaseContext, registry
from models import session, writes
from operations.gate import instances, outbox
from operations.ticking import timers
from tests.faults import ledger

Hit = Callable[[], None]


def die() -> None:
    """As a power cut would: nothing is flushed, closed or rolled back."""
    os.kill(os.getpid(), signal.SIGKILL)


def _before(module: ModuleType, name: str) -> Callable[[Hit], None]:
    return lambda hit: _wrap(module, name, before=hit)


def after(module: ModuleType, name: str) -> Callable[[Hit], None]:
    return lambda hit: _wrap(module, name, after=hit)


def _written(module: ModuleType, name: str) -> Callable[[Hit], None]:
    """After the function, with its rows on their way to the database."""

    def install(hit: Hit) -> None:
        def flush_and_hit() -> None:
            session.flush()
            hit()

        _wrap(module, name, after=flush_and_hit)

    return install


def _wrap(module: ModuleType, name: str, before: Hit | None = None, after: Hit | None = None) -> None:
    real = getattr(module, name)

    @wraps(real)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if before:
            before()
        result = real(*args, **kwargs)
        if after:
            after()
        return result

    setattr(module, name, wrapped)


def _sent(table: str) -> Callable[[Hit], None]:
    """After the rows of a table have been sent."""

    def install(hit: Hit) -> None:
        real = writes.send_rows

        def send_rows(trip: Any, statement: Any, rows: Any) -> None:
            real(trip, statement, rows)
            if statement.table.name == table:
                hit()

        writes.send_rows = send_rows

    return install


def _on_session(name: str) -> Callable[[Hit], None]:
    return lambda hit: event.listen(session, name, lambda _session: hit())


POINTS: dict[str, Callable[[Hit], None]] = {
    "timer_claimed": after(timers, "claim_due_cases"),
    "locked": _before(instances, "move_of"),
    "ran": _before(instances, "write_down"),
    "outbox_written": _written(handlers.notices, "send"),
    "tasks_written": _sent("task"),
    "timers_written": _sent("timer"),
    "state_written": _sent("process_instance"),
    "history_written": _sent("history_event"),
    "before_commit": _on_session("before_commit"),
    "after_commit": _on_session("after_commit"),
    "outbox_claimed": after(outbox, "claim_message"),
    "effect_done": after(ledger, "append"),
    "outbox_marked": after(outbox, "mark_sent"),
}


def die_at(point: str, time: int) -> None:
    """Let this process die when it comes to the point for the n-th time."""
    left = [time]

    def hit() -> None:
        left[0] -= 1
        if left[0] == 0:
            die()

    POINTS[point](hit)


def die_in_reminder(case_id: int) -> None:
    """A poison case: whoever raises its reminder dies."""
    info = registry._registered["urge.raise"]

    def raise_reminder(case: CaseContext, **arguments: Any) -> dict[str, Any]:
        if case.case.id == case_id:
            die()
        return info.function(case, **arguments)

    registry._registered["urge.raise"] = replace(info, function=raise_reminder)
