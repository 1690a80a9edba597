"""The whole application on a fresh county, and people at its browsers."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import create_engine, select

from app import create_app
from drawings.browser import chromium
from models import Task, db, keep_files_in, seal_with, session, virtual_clock
from models.clock import VirtualClock
from operations.gate.outbox import send_through
from operations.house.deployments import deploy
from operations.house.folders import deploy_all
from tests.compiled import sharing
from tests.conftest import NOW
from tests.databases import Template
from tests.web.browser import Browser, path_of
from tests.web.flow import FILES

if TYPE_CHECKING:
    from playwright.sync_api import Browser as MachineBrowser

SECRET = "test"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of the pages' files those in a browser come first: they take longest, and no worker is to wait for them alone."""
    places = [place for place, item in enumerate(items) if item.path.parent == Path(__file__).parent]
    browsed = {item.path for item in items if "machine_browser" in getattr(item, "fixturenames", ())}
    ours = sorted((items[place] for place in places), key=lambda item: item.path not in browsed)
    for place, item in zip(places, ours, strict=True):
        items[place] = item


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    """With the small flow; on SQLite alone: web/ asks operations/ and queries/, whose own tests run on every one."""
    made = Template("sqlite", tmp_path_factory.mktemp("databases"))
    with virtual_clock(NOW):
        with_flow = made.derive(lambda: deploy("small", FILES))
    yield with_flow
    with_flow.close()
    made.close()


@pytest.fixture(scope="session")
def all_flows(template: Template) -> Iterator[Template]:
    """A county with every flow."""
    with closing(template.derive(deploy_all)) as filled:
        yield filled


@pytest.fixture(scope="session")
def machine_browser() -> "Iterator[MachineBrowser]":
    """One a process: Playwright starts no second one beside it."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """The templates of pages are compiled once for all applications."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def make_app(
    url: str, clock: VirtualClock, compiled_templates: FileSystemBytecodeCache, tmp_path: Path
) -> Iterator[Callable[..., Flask]]:
    """The application on this county, with settings of the test's own."""
    made: list[Flask] = []

    def make(**settings: object) -> Flask:
        settings = {"FILES": str(tmp_path / "files")} | settings
        app = create_app(DATABASE_URL=url, SECRET_KEY=SECRET, TESTING=True, **settings)
        app.jinja_env.bytecode_cache = compiled_templates
        made.append(app)
        return app

    yield make
    send_through({})  # a demonstration rehearses
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def standing_app(compiled_templates: FileSystemBytecodeCache) -> Flask:
    """Putting one together takes longer than most tests: whoever has no settings of their own gets this one."""
    app = create_app(DATABASE_URL="sqlite:///none.db", SECRET_KEY=SECRET, TESTING=True)
    app.jinja_env.bytecode_cache = compiled_templates
    return app


@pytest.fixture
def app(standing_app: Flask, url: str, clock: VirtualClock, tmp_path: Path) -> Iterator[Flask]:
    """The application on this county."""
    standing_app.config.update(DATABASE_URL=url, FILES=str(tmp_path / "files"))
    keep_files_in(tmp_path / "files")
    seal_with(SECRET)
    send_through({})
    engine = sharing(create_engine(url))
    with standing_app.app_context():
        db.engines[None] = engine  # type: ignore[index]
    yield standing_app
    engine.dispose()


@pytest.fixture
def browser(app: Flask) -> Callable[..., Browser]:
    """Somebody at a browser of their own, signed in when a name is given."""

    def open_browser(username: str = "") -> Browser:
        one = Browser(app.test_client())
        if username:
            one.sign_in(username)
        return one

    return open_browser


@pytest.fixture
def window(browser: Callable[..., Browser]) -> Browser:
    """The window clerk (窗口受理员)."""
    return browser("chuangkou")


@pytest.fixture
def liaison(browser: Callable[..., Browser]) -> Browser:
    """Liaison and handler of the natural resources bureau (联络员、经办人)."""
    return browser("ziran")


@pytest.fixture
def admin(browser: Callable[..., Browser]) -> Browser:
    """The system administrator: units and posts."""
    return browser("guanli")


@pytest.fixture
def keeper(browser: Callable[..., Browser]) -> Browser:
    """The security administrator: people, accounts, who holds which post."""
    return browser("anquan")


@pytest.fixture
def auditor(browser: Callable[..., Browser]) -> Browser:
    """The audit administrator: reads what everybody did."""
    return browser("shenji")


@pytest.fixture
def waiting(window: Browser, app: Flask) -> Sequence[str]:
    """Three cases that wait for 签收: the ids of the tasks, in the order of the inbox."""
    for title in ("甲案", "乙案", "丙案"):
        path_of(window.send("/register/small", title=title))
    with app.app_context():
        open_ = select(Task.id).where(Task.name == "签收", Task.state == "open").order_by(Task.due_at, Task.id)
        return session.scalars(open_).all()
