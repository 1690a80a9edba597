"""The inbox with many open tasks in the county."""

from pathlib import Path

from benchmarks.bulk import add_cases, add_open_tasks
from benchmarks.county import BACKENDS, MORNING, county, worker
from benchmarks.measure import Times, percentile, statements
from benchmarks.options import Options
from benchmarks.results import Result
from models import db, session, virtual_clock
from queries.counts import counts
from queries.inbox import inbox

P99 = {False: 5, True: 10}


def inboxes(options: Options, folder: Path) -> list[Result]:
    """Pages of somebody who holds two posts, first page and next ones."""
    return [result for backend in BACKENDS for result in _measure(backend, options, folder)]


def _measure(backend: str, options: Options, folder: Path) -> list[Result]:
    open_tasks = options.size(100_000, 200, large=1_000_000)
    with county(backend, folder), virtual_clock(MORNING):
        add_cases(open_tasks)
        add_open_tasks(open_tasks)
        me, sql, whole, counting = worker(), [], Times(), Times()
        after = None
        for _ in range(options.size(200, 3)):
            with statements(db.engine) as seen:
                after = whole.add(lambda mark=after: inbox(me, "mine", mark)).next  # type: ignore[misc]
            sql.append(seen.milliseconds)
            session.rollback()
        for _ in range(options.size(20, 2)):
            counting.add(lambda: counts(me))
        what = f"{backend}: inbox of {open_tasks:,} open tasks"
        return [
            Result(
                f"{what}, SQL p99",
                percentile(sql, 99),
                "ms",
                P99[options.large],
                note=f"p50 {percentile(sql, 50):.2f} ms, {len(seen.texts)} statements",
            ),
            Result("  the whole page with names and lights, p50", whole.p50, "ms", note=f"CPU {whole.cpu_p50:.2f} ms"),
            Result("  how many of each colour, p50", counting.p50, "ms"),
        ]
