"""docs/screenshots/README.md: every screen, by who works with it."""

from pathlib import Path

from screenshots.screens import PARTS, Part, Screen, screens

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
PAGE = FOLDER / "README.md"
WIDTHS = (1440, 390)  # px: a desk and a phone
SHARES = (72, 22)  # of the line, in percent
HEAD = """# 全部界面

由 `make screenshots` 在演示县的一天（2026年4月21日）截取，请不要手工修改。左边是电脑，右边是手机；太长的只截上面。
文件按钮、日期框里的英文是截图用的浏览器写的。
"""


def index() -> str:
    """The whole page."""
    return "\n".join([HEAD, *map(_section, PARTS)])


def picture(screen: Screen, width: int) -> str:
    """The name of its file."""
    return f"{screen.name}-{width}.png"


def left_over() -> set[Path]:
    """Pictures that belong to no screen."""
    return set(FOLDER.glob("*.png")) - {FOLDER / picture(screen, width) for screen in screens() for width in WIDTHS}


def _section(part: Part) -> str:
    return "\n".join([f"## {part.title}\n", *map(_entry, part.screens)])


def _entry(screen: Screen) -> str:
    who = f"（`{screen.who}`）" if screen.who else ""
    wide, narrow = (
        f'<img src="{picture(screen, width)}" width="{share}%">' for width, share in zip(WIDTHS, SHARES, strict=True)
    )
    return f"**{screen.caption}**{who}\n\n{wide} {narrow}\n"
