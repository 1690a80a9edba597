"""The inbox with many open tasks in the county."""

from pathlib import Path

from sqlalchemy import update

from benchmarks.bulk import add_cases, add_open_tasks
from benchmarks.county import BACKENDS, MORNING, county, worker
from benchmarks.measure import Times, percentile, statements
from benchmarks.options import Options
from benchmarks.results import Result
from models import Case, Identity, db, session, transactional, virtual_clock
from queries.boxes.counts import counts
from queries.boxes.inbox import EVERYTHING, inbox
from queries.boxes.narrowing import Filter

RARE = "rare"
P99 = {False: 5, True: 10}


def inboxes(options: Options, folder: Path) -> list[Result]:
    """Pages of somebody who holds two posts, first page and next ones."""
    return [result for backend in BACKENDS for result in _measure(backend, options, folder)]


def _measure(backend: str, options: Options, folder: Path) -> list[Result]:
    open_tasks = options.size(100_000, 200, large=1_000_000)
    with county(backend, folder), virtual_clock(MORNING):
        add_cases(open_tasks)
        add_open_tasks(open_tasks)
        _begin_rare_cases()
        me, counting = worker(), Times()
        sql, whole = _pages(me, options)
        narrow, _ = _pages(me, options, Filter(flow=RARE))
        late, _ = _pages(me, options, Filter(light="yellow", held="free"))
        for _ in range(options.size(20, 2)):
            counting.add(lambda: counts(me))
        what = f"{backend}: inbox of {open_tasks:,} open tasks"
        limit = P99[options.large]
        return [
            Result(f"{what}, SQL p99", percentile(sql, 99), "ms", limit, note=f"p50 {percentile(sql, 50):.2f} ms"),
            Result("  the whole page with names and lights, p50", whole.p50, "ms", note=f"CPU {whole.cpu_p50:.2f} ms"),
            Result("  narrowed to a rare flow, SQL p99", percentile(narrow, 99), "ms", limit),
            Result("  narrowed to a colour and unclaimed, SQL p99", percentile(late, 99), "ms", limit),
            Result("  how many of each colour, p50", counting.p50, "ms"),
        ]


def _pages(me: Identity, options: Options, only: Filter = EVERYTHING) -> tuple[list[float], Times]:
    """Milliseconds at the database, and of the whole: one page after the other, and again from the first."""
    sql, whole, after = [], Times(), None
    for _ in range(options.size(200, 3)):
        with statements(db.engine) as seen:
            after = whole.add(lambda mark=after: inbox(me, "mine", mark, only=only)).next  # type: ignore[misc]
        sql.append(seen.milliseconds)
        session.rollback()
    return sql, whole


@transactional
def _begin_rare_cases() -> None:
    """One case in a thousand is of another flow."""
    session.execute(update(Case).where(Case.id % 1000 == 0).values(flow=RARE))
