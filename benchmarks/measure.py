"""Clocks: wall time and this process's CPU time for each of many calls, and the statements the database was sent."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any, TypeVar

from sqlalchemy import Engine, event

T = TypeVar("T")


@dataclass
class Times:
    """Milliseconds of many calls of one kind."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def add(self, call: Callable[[], T]) -> T:
        wall, cpu = time.perf_counter(), time.process_time()
        answer = call()
        self.cpu.append((time.process_time() - cpu) * 1e3)
        self.wall.append((time.perf_counter() - wall) * 1e3)
        return answer

    @property
    def p50(self) -> float:
        return median(self.wall)

    @property
    def p99(self) -> float:
        return percentile(self.wall, 99)

    @property
    def cpu_p50(self) -> float:
        return median(self.cpu)

    def part(self, of: slice) -> "Times":
        return Times(self.wall[of], self.cpu[of])


def percentile(values: list[float], which: int) -> float:
    return quantiles(values, n=100, method="inclusive")[which - 1] if len(values) > 1 else values[0]


def each_microsecond(call: Callable[[], Any], times: int) -> float:
    """CPU microseconds of one call, the best of five rounds."""
    rounds = []
    for _ in range(5):
        start = time.process_time()
        for _ in range(times):
            call()
        rounds.append((time.process_time() - start) / times * 1e6)
    return min(rounds)


@dataclass
class Statements:
    """What was sent to the database, transaction control left out, and how long it took to answer."""

    texts: list[str] = field(default_factory=list)
    milliseconds: float = 0.0


@contextmanager
def statements(engine: Engine) -> Iterator[Statements]:
    seen = Statements()
    started: list[float] = []

    def before(*_: Any) -> None:
        started.append(time.perf_counter())

    def after(_connection: Any, _cursor: Any, text: str, *_: Any) -> None:
        seen.milliseconds += (time.perf_counter() - started.pop()) * 1e3
        if not text.startswith("BEGIN"):
            seen.texts.append(text)

    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "after_cursor_execute", after)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", before)
        event.remove(engine, "after_cursor_execute", after)
