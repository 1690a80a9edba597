"""Several people at the same moment, each with a session of their own, as in a web server's threads."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import TypeVar

from flask import current_app

from models import session

T = TypeVar("T")


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
