"""Going to a screen as a person does, and keeping what stands there as a small PNG."""

import io
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from scenarios.demo import PASSWORD
from screenshots.screens import CHOOSES, TYPES, Act, Screen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TALLEST = {1440: 1300, 390: 1500}  # px: what is further down is more of the same
SHORTEST = {1440: 620, 390: 720}
COLOURS = 64
DIGITS = "零一二三四五六七八九"
PATIENCE = 30_000  # ms


def pages_of(browser: "Browser", address: str) -> Callable[[str, int], "Page"]:
    """Who, width in px → their page; each signs in once."""

    @cache
    def page_of(who: str, width: int) -> "Page":
        page = browser.new_page(viewport={"width": width, "height": 900}, base_url=address, locale="zh-CN")
        page.set_default_timeout(PATIENCE)
        if who:
            page.goto("/login")
            page.fill("#username", who)
            page.fill("#password", PASSWORD)
            page.press("#password", "Enter")
            page.wait_for_url("**/")
        return page

    return page_of


def go(page: "Page", screen: Screen | Act, open_: Mapping[str, str]) -> None:
    """From where the screen's way starts to the end of it. Raises playwright's TimeoutError where it is blocked."""
    page.goto(screen.start)
    for click in screen.clicks:
        _do(page, click, open_)
        page.wait_for_load_state("networkidle")
    page.wait_for_load_state("networkidle")
    if page.query_selector("#canvas, #board"):
        page.wait_for_selector("body[data-ready]")


def _do(page: "Page", click: str, open_: Mapping[str, str]) -> None:
    where, types, text = click.partition(TYPES)
    if types:
        page.fill(where, text.format(**open_, sum=_sum(page)))
        page.press(where, "Tab")
    elif CHOOSES in click:
        where, _, text = click.partition(CHOOSES)
        page.select_option(where, text)
    else:
        page.locator(where).first.click()


def _sum(page: "Page") -> int:
    """What “请计算：五加八等于几？” asks for."""
    asked = re.search(r"请计算：(.)加(.)等于几", page.inner_text("main"))
    return sum(map(DIGITS.index, asked.groups())) if asked else 0


def keep(page: "Page", path: Path) -> None:
    """All of the page up to TALLEST, as if the window were that high: what sticks to its lower edge stays there."""
    width = page.evaluate("innerWidth")
    high = page.evaluate("document.getElementById('main').scrollHeight + 160")
    page.set_viewport_size({"width": width, "height": min(max(high, SHORTEST[width]), TALLEST[width])})
    page.evaluate("document.activeElement.blur(), scrollTo(0, 0)")
    taken = page.screenshot(animations="disabled")
    page.set_viewport_size({"width": width, "height": 900})
    picture = Image.open(io.BytesIO(taken)).convert("RGB")
    small = picture.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    small.save(path, optimize=True)
