"""A real browser in front of the product's own server, and people at it: fixtures for the tests that need one."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from drawings.browser import CHROMIUM
from screenshots.server import serving
from tests.databases import PASSWORD
from web.assets import DIST

BUILT = (DIST / ".vite" / "manifest.json").exists()
needs_browser = pytest.mark.skipif(not (CHROMIUM and BUILT), reason="needs Chromium and the built front end")


@pytest.fixture
def url(all_flows) -> Iterator[str]:
    with all_flows.copy() as address:
        yield address


@pytest.fixture
def served(app, clock) -> Iterator[str]:
    """The product's own server: Werkzeug's leaves a file open where a browser hangs up in the middle of it."""
    with serving(app, clock) as address:
        yield address


@pytest.fixture
def open_page(served, machine_browser):
    """A page of somebody signed in, which gathers what the browser complains about in `page.complaints`.

    Nobody is signed in where no name is given.
    """
    with ExitStack() as opened_pages:

        def opened(username: str = "", width: int = 1440):
            size = {"width": width, "height": 900}
            page = machine_browser.new_page(viewport=size, base_url=served, locale="zh-CN")
            opened_pages.callback(page.close)
            page.complaints = []
            page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
            page.on("pageerror", lambda error: page.complaints.append(str(error)))
            page.on("dialog", lambda dialog: dialog.accept())
            if username:
                page.goto("/login")
                page.fill("#username", username)
                page.fill("#password", PASSWORD)
                page.click("form .btn-primary")
                page.wait_for_url("**/")
            return page

        yield opened
