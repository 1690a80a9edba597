"""`python -m screenshots [name …]`: every screen, or those named."""

import sys

from drawings.browser import CHROMIUM, chromium
from screenshots.camera import go, keep, pages_of
from screenshots.county import county
from screenshots.index import FOLDER, PAGE, WIDTHS, index, left_over, picture
from screenshots.screens import ACTS, Screen, screens


def main(names: list[str]) -> int:
    """Take the pictures, write the page that shows them, and take away what no screen belongs to."""
    if not CHROMIUM:
        print("没有找到 Chromium 或 Chrome，请先安装。", file=sys.stderr)
        return 1
    take([screen for screen in screens() if not names or screen.name in names])
    for path in left_over():
        path.unlink()
    PAGE.write_text(index(), "utf-8")
    return 0


def take(wanted: list[Screen]) -> None:
    """Raises SystemExit where a way leads elsewhere than the table says: the picture would not be true."""
    with county() as (address, endpoint_at, open_), chromium() as browser:
        page_of = pages_of(browser, address)
        for act in ACTS:
            go(page_of(act.who, WIDTHS[0]), act, open_)
        for screen in wanted:
            for width in WIDTHS:
                page = page_of(screen.who, width)
                go(page, screen, open_)
                if (there := endpoint_at(page.url)) != screen.endpoint:
                    raise SystemExit(f"“{screen.name}”不在 {screen.endpoint}，在 {there}：{page.url}")
                keep(page, FOLDER / picture(screen, width))
            print(screen.name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
