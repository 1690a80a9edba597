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
from benchmarks.yardstick import Yardstick
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
        yardstick = Yardstick(folder)
        return [*_in_process(backend, url, options, yardstick), *_over_loopback(backend, url)]


def _in_process(backend: str, url: str, options: Options, yardstick: Yardstick) -> list[Result]:
    app = create_app(DATABASE_URL=url, **SETTINGS)
    browser = Browser(InProcess(app))
    completing, inbox, page = Times(), Times(), Times()
    for _ in range(options.size(3, 1)):
        _complete_all(browser, _open_tasks(url), completing, yardstick)
    complete = browser.completing(_open_tasks(url)[0])
    with app.app_context(), statements(db.engine) as seen:
        complete()
    for task_id in _open_tasks(url)[: options.size(50, 2)]:
        inbox.add(lambda: browser.open("/"))
        page.add(lambda task=task_id: browser.open(f"/tasks/{task}"))  # type: ignore[misc]
    with app.app_context():
        db.engine.dispose()
    cpu, slowness = completing.cpu_p50, yardstick.slowness
    return [
        Result(
            f"{backend}: complete a task, one client, p50",
            completing.p50,
            "ms",
            P50[backend],
            note=f"CPU {cpu:.2f} ms, {len(seen.texts)} statements",
        ),
        Result(
            "  p50 ÷ slowness", completing.p50 / slowness, "ms", P50[backend], note="as on the machine of the targets"
        ),
        Result("  p99", completing.p99, "ms", P99[backend]),
        Result(
            "  completions a second of a core, by CPU ÷ slowness",
            1000 / cpu * slowness,
            "/s",
            A_SECOND[backend],
            at_least=True,
            gate=True,
            note=f"slowness {slowness:.2f}",
        ),
        Result("  open the inbox, p50", inbox.p50, "ms", note=f"CPU {inbox.cpu_p50:.2f} ms"),
        Result("  open the task's page, p50", page.p50, "ms", note=f"CPU {page.cpu_p50:.2f} ms"),
    ]


def _over_loopback(backend: str, url: str) -> list[Result]:
    with serving(url) as server, ExitStack() as open_sites:
        alone = Times()
        sites = [open_sites.enter_context(closing(OverLoopback(server.port))) for _ in range(CLIENTS)]
        browsers = [Browser(site) for site in sites]
        _complete_all(browsers[0], _open_tasks(url), alone, None)
        tasks = _open_tasks(url)
        cpu, wall = server.cpu(), time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(lambda n: _complete_all(browsers[n], tasks[n::CLIENTS], Times(), None), range(CLIENTS)))
        wall, cpu = time.perf_counter() - wall, server.cpu() - cpu
    each = cpu / len(tasks) * 1e3
    return [
        Result(f"{backend}: over loopback, one client, p50", alone.p50, "ms", note=f"p99 {alone.p99:.1f} ms"),
        Result(f"  {CLIENTS} clients", len(tasks) / wall, "/s", note=f"server CPU {each:.2f} ms each"),
    ]


def _complete_all(browser: Browser, tasks: list[str], times: Times, yardstick: Yardstick | None) -> None:
    """One after the other; now and then the inbox takes the messages that the session has gathered."""
    for number, task_id in enumerate(tasks):
        times.add(browser.completing(task_id))
        if number % 5 == 4:
            browser.open("/")
            if yardstick:
                yardstick.measure()


def _open_tasks(url: str) -> list[str]:
    with bound(url):
        return list(session.scalars(select(Task.id).where(Task.state == OPEN)))
