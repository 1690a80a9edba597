"""A worker process: the real operations on a real database, until it is done or dies.

Workers are forked from a server that has imported everything and opened nothing (multiprocessing's forkserver), so
that starting one takes milliseconds and it inherits no connection.
"""

import logging
import multiprocessing
import os
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Barrier
from pathlib import Path

from errors import AppError
from models import seal_with
from operations.acts.tasks import complete_task
from operations.gate.outbox import deliver_waiting
from operations.ticking import timers
from tests.databases import bound
from tests.faults import broken, ledger
from tests.faults.crashes import die_at, die_in_reminder
from tests.faults.flow import HANDLER, SECRET
from tests.people import holder_of

PATIENCE = 60  # seconds that a worker may take, far more than it needs

context = multiprocessing.get_context("forkserver")
context.set_forkserver_preload(["tests.faults.worker"])


TOLD = 3  # exit code: the product refused in words


@dataclass(frozen=True)
class Shift:
    """What a worker is to do: fire the timers, complete these tasks, deliver the messages."""

    url: str
    sent: Path  # where the outside world keeps what it was given
    tasks: tuple[str, ...] = ()
    fires: bool = True
    die: tuple[str, int] | None = None  # at this point, when it comes there for the n-th time
    poison: int | None = None  # the case whose reminder kills whoever raises it
    break_by: str | None = None  # a variant of the product that is wrong on purpose
    batch: int = timers.BATCH


def run(shift: Shift) -> int | None:
    """Let a worker do its shift. Returns its exit code; -9 when it died."""
    return finish(begin(shift))


def run_together(*shifts: Shift) -> list[int | None]:
    """The same for several workers that begin at one moment."""
    barrier = context.Barrier(len(shifts))
    return [finish(process) for process in [begin(shift, barrier) for shift in shifts]]


def begin(shift: Shift, barrier: Barrier | None = None) -> ForkServerProcess:
    process = context.Process(target=_work, args=(shift, barrier))
    process.start()
    return process


def finish(process: ForkServerProcess) -> int | None:
    process.join(PATIENCE)
    if process.is_alive():
        process.kill()
        raise AssertionError("the worker hangs")
    return process.exitcode


def _work(shift: Shift, barrier: Barrier | None) -> None:
    logging.disable()
    seal_with(SECRET)
    timers.BATCH = shift.batch
    if shift.break_by:
        broken.VARIANTS[shift.break_by]()
    if shift.die:
        die_at(*shift.die)
    if shift.poison:
        die_in_reminder(shift.poison)
    with bound(shift.url):
        if barrier:
            barrier.wait(PATIENCE)
        os._exit(_do(shift))


def _do(shift: Shift) -> int:
    try:
        if shift.fires:
            timers.fire_due_timers()
        for task in shift.tasks:
            complete_task(task, {}, by=holder_of(HANDLER), request=f"complete {task}")
        deliver_waiting(ledger.gateways(shift.sent))
    except AppError:
        return TOLD
    return 0
