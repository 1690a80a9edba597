"""How the time and the state of one completion grow with what the case has been through: stock against ours."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.flows import PLAIN_ROUND, PLAIN_SHORT
from benchmarks.measure import Times
from benchmarks.options import Options
from benchmarks.persistence import Naive, Ours, Persistence, database
from benchmarks.results import Result

RATIO = 20
GROWTH = 1.2


def completions(options: Options, folder: Path) -> list[Result]:
    """A case of 8 completions, many times; one with 200."""
    rounds = options.size(49, 2)
    naive, ours = Naive(database(folder)), Ours(database(folder))
    results = []
    for name, cases, again in (
        ("8", options.size(60, 2), 0),
        (str(PLAIN_SHORT + PLAIN_ROUND * rounds), options.size(3, 1), rounds),
    ):
        slow, slow_state = _measure(naive, max(1, cases // 3), again)
        fast, fast_state = _measure(ours, cases, again)
        long = again > 0
        results += [
            Result(
                f"naive, case of {name} completions",
                slow.p50,
                "ms",
                note=f"CPU {slow.cpu_p50:.2f} ms, state {slow_state / 1024:.0f} KB",
            ),
            Result(
                f"ours,  case of {name} completions",
                fast.p50,
                "ms",
                note=f"CPU {fast.cpu_p50:.2f} ms, state {fast_state / 1024:.1f} KB",
            ),
            Result(
                "  naive ÷ ours, CPU",
                slow.cpu_p50 / fast.cpu_p50,
                "×",
                RATIO if long else None,
                at_least=True,
                gate=long,
            ),
        ]
    return results


def _measure(how: Persistence, cases: int, again: int) -> tuple[Times, int]:
    """The times of every completion, and the largest state of a case."""
    times, largest = Times(), 0
    for _ in range(cases):
        how.start()
        choose = _rework(again)
        while times.add(lambda: how.complete(choose)):  # noqa: B023
            largest = max(largest, how.size()) if again == 0 or len(times.wall) % 20 == 0 else largest
    return times, largest


def _rework(again: int) -> Callable[[str], dict[str, Any]]:
    """Answers that lead through so many rounds of rework."""
    accepted = 0

    def choose(element: str) -> dict[str, Any]:
        nonlocal accepted
        accepted += element == "accept"
        return {"more": accepted <= again}

    return choose


def growth(options: Options, folder: Path) -> list[Result]:
    """One case with 2,000 completions: the last ones against the first."""
    rounds = options.size(500, 5)
    ours = Ours(database(folder))
    times, _ = Times(), ours.start()
    choose = _rework(rounds)
    for _ in range(PLAIN_ROUND * rounds):
        times.add(lambda: ours.complete(choose))
    some = PLAIN_ROUND * max(1, rounds // 12)
    first, last = times.part(slice(PLAIN_ROUND, PLAIN_ROUND + some)), times.part(slice(-some, None))
    return [
        Result(
            f"step {PLAIN_ROUND * rounds:,} against the first, CPU",
            last.cpu_p50 / first.cpu_p50,
            "×",
            GROWTH,
            gate=True,
        ),
        Result(f"state after {PLAIN_ROUND * rounds:,} steps", ours.size() / 1024, "KB", 2, gate=True),
    ]
