"""A worker process: the real operations on a real database, until it is done or dies.

Workers are forked from a server that has imported everything and opened nothing (multiprocessing's forkserver), so
that starting one takes milliseconds and it inherits no connection.
"""

import logging
import multiprocessing
import os
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from operations import timers
from operations.outbox import deliver_waiting
from operations.tasks import complete_task
from tests.databases import bound
from tests.faults import broken, ledger
from tests.faults.crashes import die_at
from tests.faults.flow import HANDLER
from tests.people import holder_of

PATIENCE = 60  # seconds that a worker may take, far more than it needs

context = multiprocessing.get_context("forkserver")
context.set_forkserver_preload(["tests.faults.worker"])


@dataclass(frozen=True)
class Shift:
    """What a worker is to do: fire the timers, complete these tasks, deliver the messages."""

    url: str
    sent: Path  # where the outside world keeps what it was given
    tasks: tuple[str, ...] = ()
    die: tuple[str, int] | None = None  # at this point, when it comes there for the n-th time
    break_by: str | None = None  # a variant of the product that is wrong on purpose
    batch: int = timers.BATCH


def run(shift: Shift) -> int | None:
    """Let a worker do its shift. Returns its exit code; -9 when it died."""
    return finish(begin(work, shift))


def begin(what: Callable[..., None], *arguments: object) -> ForkServerProcess:
    process = context.Process(target=what, args=arguments)
    process.start()
    return process


def finish(process: ForkServerProcess) -> int | None:
    process.join(PATIENCE)
    if process.is_alive():
        process.kill()
        raise AssertionError("the worker hangs")
    return process.exitcode


def work(shift: Shift) -> None:
    logging.disable()
    timers.BATCH = shift.batch
    if shift.break_by:
        broken.VARIANTS[shift.break_by]()
    if shift.die:
        die_at(*shift.die)
    with bound(shift.url):
        timers.fire_due_timers()
        for task in shift.tasks:
            complete_task(task, {}, by=holder_of(HANDLER), request=f"complete {task}")
        deliver_waiting(ledger.gateways(shift.sent))
    os._exit(0)
