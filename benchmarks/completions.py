"""How the time and the state of one completion grow with what the case has been through: stock against ours."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from benchmarks.county import county, open_task, start_cases, state_of, worker
from benchmarks.flows import FORM, PLAIN_ROUND, PLAIN_SHORT
from benchmarks.measure import Times
from benchmarks.options import Options
from benchmarks.persistence import Naive, Ours, Persistence, database
from benchmarks.results import Result
from models import session
from operations.acts.tasks import complete_task

RATIO = 20
GROWTH = 1.2
STATE = 2


def completions(options: Options, folder: Path) -> list[Result]:
    """A case without rework, many times; one with 200 completions. Both in turns, so that a busy machine slows both."""
    naive, ours = Naive(database(folder)), Ours(database(folder))
    results = []
    for cases, again in ((options.size(30, 2), 0), (options.size(3, 1), options.size(49, 2))):
        slow, fast, states = Times(), Times(), {naive: 0, ours: 0}
        for _ in range(cases):
            for how, times in ((naive, slow), (ours, fast)):
                states[how] = max(states[how], _run(how, again, times))
        length = PLAIN_SHORT + PLAIN_ROUND * again
        target = RATIO if again else None
        results += [
            _persisted(f"naive, case of {length} completions", slow, states[naive]),
            _persisted(f"ours,  case of {length} completions", fast, states[ours]),
            Result("  naive ÷ ours, CPU", slow.cpu_p50 / fast.cpu_p50, "×", target, at_least=True, gate=again > 0),
        ]
    return results


def _persisted(what: str, times: Times, state: int) -> Result:
    note = f"CPU {times.cpu_p50:.2f} ms, state at most {state / 1024:.1f} KB"
    return Result(what, times.p50, "ms", note=note)


def _run(how: Persistence, again: int, times: Times) -> int:
    """Complete one case; the size of its state after the last completion but one."""
    how.start()
    choose, size = rework(again), 0
    while times.add(lambda: how.complete(choose)):
        size = how.size()
    return size


def rework(again: int) -> Callable[[str], dict[str, Any]]:
    """Answers that lead through so many rounds of rework."""
    accepted = 0

    def choose(element: str) -> dict[str, Any]:
        nonlocal accepted
        accepted += element == "accept"
        return {"more": accepted <= again}

    return choose


def growth(options: Options, folder: Path) -> list[Result]:
    """One case with 2,000 completions, its last against its first: the engine alone, and the whole operation."""
    steps = options.size(2_000, 20)
    ours, engine, whole = Ours(database(folder)), Times(), Times()
    ours.start()
    choose = rework(steps)
    for _ in range(steps):
        engine.add(lambda: ours.complete(choose))
    with county("sqlite", folder):
        me, [instance] = worker(), start_cases(1)
        for _ in range(steps):
            task_id = open_task(instance)
            whole.add(lambda task=task_id: complete_task(task, _FORM, by=me, request=uuid4().hex))  # type: ignore[misc]
            session.remove()
        state = len(state_of(instance))
    return [
        _ratio(f"engine: step {steps:,} ÷ the first, CPU", engine),
        _ratio(f"complete_task: step {steps:,} ÷ the first, CPU", whole),
        Result(f"state after {steps:,} steps", max(ours.size(), state) / 1024, "KB", STATE, gate=True),
    ]


_FORM = {**FORM, "note": "", "again": "yes"}


def _ratio(what: str, times: Times) -> Result:
    """Of the last tenth to the first, without what only the very first calls do."""
    tenth = max(4, len(times.wall) // 10)
    first, last = times.part(slice(4, 4 + tenth)), times.part(slice(-tenth, None))
    return Result(what, last.cpu_p50 / first.cpu_p50, "×", GROWTH, gate=True, note=f"{last.cpu_p50:.2f} ms")
