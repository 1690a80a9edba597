"""One worker fires the timers that are due, among many that are not."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.bulk import add_cases, add_timers
from benchmarks.county import BACKENDS, MORNING, county, settle, start_cases
from benchmarks.measure import Times
from benchmarks.options import Options
from benchmarks.results import Result
from models import Timer, now, session, virtual_clock
from operations.ticking.timers import fire_due_timers

SECONDS = 2


def timers(options: Options, folder: Path) -> list[Result]:
    """Each due timer interrupts its task, misses a deadline, opens the next task with a deadline and a timer."""
    return [_measure(backend, options, folder) for backend in BACKENDS]


def _measure(backend: str, options: Options, folder: Path) -> Result:
    due, waiting = options.size(1_000, 5), options.size(100_000, 100, large=1_000_000)
    with county(backend, folder):
        with virtual_clock(MORNING) as clock:
            start_cases(due)
            add_cases(waiting)
            add_timers(waiting)
            settle()
            clock.now += timedelta(days=6)
            times = Times()
            fired = times.add(fire_due_timers)
            left = session.scalar(select(func.count()).where(Timer.due_at <= now()))
        assert (fired, left) == (due, 0), f"{fired} of {due} cases woken, {left} timers still due"
        seconds, cpu = times.wall[0] / 1e3, times.cpu[0] / due
        return Result(
            f"{backend}: {due:,} due timers of {due + waiting:,}, one worker",
            seconds,
            "s",
            SECONDS,
            note=f"CPU {cpu:.2f} ms a case",
        )
