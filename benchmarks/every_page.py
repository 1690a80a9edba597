"""Every page that lists or looks up something, in a county with years of cases, as a WSGI server calls it."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

from app import create_app
from benchmarks.browser import Browser, InProcess
from benchmarks.county import BACKENDS, MORNING, WORKER, database, settle
from benchmarks.long_case import QUERY, add_long_case
from benchmarks.measure import Times, statements
from benchmarks.millions import add_county
from benchmarks.options import Options
from benchmarks.results import Result
from benchmarks.server import SETTINGS
from models import db, virtual_clock
from queries.boxes.counts import COLORS
from queries.lists.desk import TABS
from tests.databases import bound

INBOX, CASE, SEARCH = 100, 200, 300  # milliseconds
CLERK, NEWCOMER, OFFICE, WATCH, OPERATOR, AUDITOR, RATED = (
    "chuangkou",
    "minzheng",
    "fenliu",
    "ducha",
    "guanli",
    "shenji",
    "chuishao",
)
_NEXT = re.compile(r'href="([^"]*[?&;]after=[^"]*)"')
DEEP = 20  # pages on

#: Who opens what, and how long it may take. `{…}` are of the long case.
PAGES: list[tuple[str, str, int]] = [
    (WORKER, "/", INBOX),
    *((WORKER, f"/?light={color}", INBOX) for color in COLORS),
    *((WORKER, f"/?{narrow}", INBOX) for narrow in ("flow=rework", "held=free", "held=me", "flow=xt_main&light=red")),
    *((WORKER, f"/?box={box}", INBOX) for box in ("unit", "done", "started", "copied", "drafts", "signs")),
    (WORKER, "/?box=unit&light=yellow", INBOX),
    (CLERK, "/", INBOX),
    (OFFICE, "/", INBOX),
    (WORKER, "/badge", INBOX),
    *((who, "/cases/{case}", CASE) for who in (WORKER, OFFICE, WATCH)),
    (WORKER, "/tasks/{task}", CASE),
    *((who, "/cases", SEARCH) for who in (CLERK, WORKER, OFFICE, OPERATOR)),
    *((NEWCOMER, address, SEARCH) for address in ("/cases", "/cases?status=in_progress", "/documents")),
    (OFFICE, "/cases?status=in_progress", SEARCH),
    (OFFICE, "/cases?status=on_hold", SEARCH),
    (OFFICE, "/cases?unit=natural_resources", SEARCH),
    (OFFICE, "/cases?unit=power_supply&status=in_progress", SEARCH),
    *((WATCH, f"/desk?tab={tab}", SEARCH) for tab in TABS),
    (WATCH, "/desk/clues", SEARCH),
    (WATCH, "/desk/rechecks", SEARCH),
    (WATCH, "/desk/rechecks/1", SEARCH),
    *((WATCH, f"/documents{narrow}", SEARCH) for narrow in ("", "?kind=督办单", "?year=2026")),
    *((who, "/notices", SEARCH) for who in (CLERK, WORKER)),
    *((OPERATOR, f"/deliveries{narrow}", SEARCH) for narrow in ("", "?state=failed", "?channel=email", "?number={no}")),
    (OPERATOR, "/incidents", SEARCH),
    *((AUDITOR, f"/audit{narrow}", SEARCH) for narrow in ("", "?person=黄志强", "?kind=account", "?day=2026-03-11")),
    (AUDITOR, "/audit/chain", SEARCH),
    (RATED, "/scores/{paper}?unit=tz_power", SEARCH),
]
#: Of these the page so far on is opened as well.
LONG = (
    "/",
    "/?box=unit",
    "/?box=done",
    "/?box=started",
    "/cases",
    "/desk?tab=late",
    "/documents",
    "/deliveries",
    "/audit",
)


def every_page(options: Options, folder: Path) -> list[Result]:
    """A hundredth of it without `--large`."""
    closed, open_ = options.size(10_000, 200, large=1_000_000), options.size(1_000, 100, large=100_000)
    return [result for backend in BACKENDS for result in _measure(backend, closed, open_, options, folder)]


def _measure(backend: str, closed: int, open_: int, options: Options, folder: Path) -> Iterator[Result]:
    with database(backend, folder) as url:
        known = fill(url, closed, open_)
        what = f"{backend}, {closed:,} closed, {open_:,} open: "
        yield from measured(url, known, options, what)


def fill(url: str, closed: int, open_: int) -> dict[str, str]:
    """What the addresses of the pages name."""
    with bound(url), virtual_clock(MORNING):
        add_county(closed, open_)
        case, task, paper = add_long_case(40)
        settle()
    return {"case": str(case), "task": task, "paper": str(paper), "no": f"RW{closed // 2}"}


def measured(url: str, known: dict[str, str], options: Options, what: str = "") -> Iterator[Result]:
    app, times = create_app(DATABASE_URL=url, **SETTINGS), options.size(20, 1)
    with virtual_clock(MORNING):
        browsers = {name: Browser(InProcess(app), name) for name in {who for who, _, _ in PAGES}}
        with app.app_context():
            engine = db.engine
        for who, address, limit in PAGES:
            path, browser = address.format(**known), browsers[who]

            def measure(path: str = path, browser: Browser = browser) -> Callable[[], str]:
                return lambda: browser.open(path)

            yield _timed(f"{what}{who} {address}", measure(), limit, times, engine)
            if address in LONG and (later := _far_on(browser, path)):
                yield _timed(f"  {DEEP} pages on", measure(later), limit, times, engine)
        stranger = browsers[PAGES[0][0]]
        yield _timed("/query", lambda: stranger.ask("/query", **QUERY), CASE, times, engine)
        engine.dispose()


def _timed(what: str, ask: Callable[[], str], limit: int, times: int, engine) -> Result:
    clock = Times()
    ask()
    with statements(engine) as seen:
        ask()
    for _ in range(times):
        clock.add(ask)
    asked = f"{len(seen.texts)} statements in {seen.milliseconds:.0f} ms"
    return Result(what, clock.p50, "ms", limit, note=f"p99 {clock.p99:.0f} ms, CPU {clock.cpu_p50:.0f} ms, {asked}")


def _far_on(browser: Browser, path: str) -> str:
    """The address DEEP pages behind this one, or of the last; "" where there is but one."""
    later = ""
    for _ in range(DEEP):
        found = _NEXT.search(browser.open(later or path))
        if found is None:
            break
        later = unescape(found[1])
    return later
