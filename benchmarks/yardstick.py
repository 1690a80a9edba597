"""How slow this machine is just now, so that a busy one is not taken for a slow product."""

from pathlib import Path

from benchmarks.completions import rework
from benchmarks.measure import Times
from benchmarks.persistence import Naive, database

#: CPU milliseconds of one naive completion of a short case on the machine the targets were set on.
THERE = 2.23


class Yardstick:
    """Naive SpiffWorkflow completing short cases, a completion now and then between what is measured."""

    def __init__(self, folder: Path):
        self._naive = Naive(database(folder))
        self._times = Times()
        self._begin()

    def measure(self) -> None:
        if not self._times.add(lambda: self._naive.complete(self._choose)):
            self._begin()

    @property
    def slowness(self) -> float:
        """How many times the CPU it takes here and now of what it took there."""
        return self._times.cpu_p50 / THERE

    def _begin(self) -> None:
        self._naive.start()
        self._choose = rework(0)
