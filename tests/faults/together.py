"""Several people at the same moment, each with a session of their own, as in a web server's threads."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import TypeVar

from flask import current_app
from sqlalchemy import Connection, text

from models import session, transactional

T = TypeVar("T")
#: Asked by the session that holds a lock: who waits for it.
WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))")
LOOKS = 20_000  # far more than it takes


def at_once(*calls: Callable[[], T]) -> list[T | Exception]:
    """What each call answered or raised."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    answers: dict[int, T | Exception] = {}
    barrier = Barrier(len(calls))

    def run(index: int, call: Callable[[], T]) -> None:
        with app.app_context():
            barrier.wait()
            try:
                answers[index] = call()
            except Exception as error:
                answers[index] = error

    threads = [Thread(target=run, args=item) for item in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session.rollback()  # what this thread has read so far is from before
    return [answers[index] for index in range(len(calls))]


def overtaken(act: Callable[[], T], *, by: Callable[[], object]) -> T | Exception:
    """What `act` answers or raises that begins, and waits, before what `by` does is committed. On PostgreSQL alone."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    answers: list[T | Exception] = []

    def run() -> None:
        with app.app_context():
            try:
                answers.append(act())
            except Exception as error:
                answers.append(error)

    thread = Thread(target=run)

    @transactional
    def faster() -> None:
        by()
        session.flush()
        thread.start()
        assert somebody_waits(session.connection())

    try:
        faster()
    finally:
        thread.join()
    session.rollback()  # what this thread has read so far is from before
    return answers[0]


def somebody_waits(holder: Connection) -> bool:
    return any(holder.scalar(WAITING) for _ in range(LOOKS))
