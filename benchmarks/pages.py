"""Completing a task through the real application: sign-in, access table, CSRF, headers, the operation, one commit."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

from sqlalchemy import select

from app import create_app
from benchmarks.browser import Browser, InProcess, OverLoopback
from benchmarks.county import BACKENDS, database, start_cases
from benchmarks.measure import Times, statements
from benchmarks.options import Options
from benchmarks.results import Result
from benchmarks.server import SETTINGS, serving
from models import Task, db, session
from models.task import OPEN
from tests.databases import bound

P50 = {"sqlite": 3, "postgresql": 5}
P99 = {"sqlite": 15, "postgresql": None}
A_SECOND = {"sqlite": 300, "postgresql": 200}  # completions of one web core
CLIENTS = 4


def pages(options: Options, folder: Path) -> list[Result]:
    """One client in the same process; one and several over loopback against waitress."""
    return [result for backend in BACKENDS for result in _measure(backend, options, folder)]


def _measure(backend: str, options: Options, folder: Path) -> list[Result]:
    with database(backend, folder) as url:
        with bound(url):
            start_cases(options.size(200, 5))
        return [*_in_process(backend, url, options), *_over_loopback(backend, url, options)]


def _in_process(backend: str, url: str, options: Options) -> list[Result]:
    app = create_app(DATABASE_URL=url, **SETTINGS)
    browser = Browser(InProcess(app))
    completing, inbox, page = Times(), Times(), Times()
    rounds = options.size(3, 1)
    for _ in range(rounds):
        for task_id in _open_tasks(url):
            complete = browser.completing(task_id)
            completing.add(complete)
    complete = browser.completing(_open_tasks(url)[0])
    with app.app_context(), statements(db.engine) as seen:
        complete()
    for task_id in _open_tasks(url)[: options.size(50, 2)]:
        inbox.add(lambda: browser.open("/"))
        page.add(lambda task=task_id: browser.open(f"/tasks/{task}"))  # type: ignore[misc]
    with app.app_context():
        db.engine.dispose()
    return [
        Result(
            f"{backend}: complete a task, one client, p50", completing.p50, "ms", P50[backend],
            note=f"CPU {completing.cpu_p50:.2f} ms, {len(seen.texts)} statements",
        ),
        Result("  p99", completing.p99, "ms", P99[backend]),
        Result(
            "  completions a second of one core, by CPU", 1000 / completing.cpu_p50, "/s", A_SECOND[backend],
            at_least=True, gate=True,
        ),
        Result("  open the inbox, p50", inbox.p50, "ms", note=f"CPU {inbox.cpu_p50:.2f} ms"),
        Result("  open the task's page, p50", page.p50, "ms", note=f"CPU {page.cpu_p50:.2f} ms"),
    ]


def _over_loopback(backend: str, url: str, options: Options) -> list[Result]:
    with serving(url) as server, ExitStack() as open_sites:
        alone = Times()
        sites = [open_sites.enter_context(closing(OverLoopback(server.port))) for _ in range(CLIENTS)]
        browsers = [Browser(site) for site in sites]
        for task_id in _open_tasks(url):
            alone.add(browsers[0].completing(task_id))
        tasks = _open_tasks(url)
        calls = [[browsers[n].completing(task) for task in tasks[n::CLIENTS]] for n in range(CLIENTS)]
        cpu, wall = server.cpu(), time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(lambda mine: [complete() for complete in mine], calls))
        wall, cpu = time.perf_counter() - wall, server.cpu() - cpu
    each = cpu / len(tasks) * 1e3
    return [
        Result(f"{backend}: over loopback, one client, p50", alone.p50, "ms", note=f"p99 {alone.p99:.1f} ms"),
        Result(f"  {CLIENTS} clients", len(tasks) / wall, "/s", note=f"server CPU {each:.2f} ms each"),
    ]


def _open_tasks(url: str) -> list[str]:
    with bound(url):
        return list(session.scalars(select(Task.id).where(Task.state == OPEN)))
