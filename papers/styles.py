"""The styles of the standard templates, named in Chinese so that whoever opens one in Word finds them."""

from dataclasses import dataclass
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Length, Pt

from papers.page import FANGSONG, HEITI, SIZE_2, SIZE_3, SIZE_4, SONG_TITLE, TIGHTER, element, set_font

RED = "FF0000"


@dataclass(frozen=True)
class Style:
    """Indents are in characters; `grid` keeps to the 22 lines of a page."""

    name: str
    font: str = FANGSONG
    size: Length = SIZE_3
    color: str = ""
    align: str = "both"
    first: int = 0
    left: int = 0
    right: int = 0
    grid: bool = True


STYLES = (
    Style("发文机关标志", SONG_TITLE, Pt(36), RED, "center", grid=False),
    Style("发文字号", align="center"),
    Style("公文标题", SONG_TITLE, SIZE_2, align="center"),
    Style("主送机关", align="left"),
    Style("公文正文", first=2),
    Style("附件说明", align="left", left=2),
    Style("落款", align="center"),
    Style("版记", size=SIZE_4, align="left", left=1, right=1, grid=False),
    Style("栏目", HEITI, align="center", grid=False),
    Style("栏内", align="left", grid=False),
    Style("小字", size=SIZE_4, align="left", grid=False),
)


def set_styles(document: Any) -> None:
    """Normal text is 3号仿宋 on the grid; each of STYLES follows it."""
    normal = document.styles["Normal"]
    defaults = document.styles.element.find(qn("w:docDefaults"))
    if defaults is not None:
        document.styles.element.remove(defaults)
    run = normal.element.get_or_add_rPr()
    set_font(run, FANGSONG, SIZE_3)
    run.find(qn("w:sz")).addprevious(element("spacing", val=TIGHTER))
    paragraph = normal.element.get_or_add_pPr()
    for tag in ("widowControl", "autoSpaceDE", "autoSpaceDN"):
        element(tag, paragraph, val=0)  # no line moves, no space is added: 22 lines of 28 characters stay so
    element("spacing", paragraph, before=0, after=0, line=240, lineRule="auto")
    element("jc", paragraph, val="both")
    for style in STYLES:
        _add(document, style)


def _add(document: Any, style: Style) -> None:
    added = document.styles.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH)
    added.element.set(qn("w:styleId"), style.name)
    added.base_style = document.styles["Normal"]
    added.quick_style = True
    set_font(added.element.get_or_add_rPr(), style.font, style.size, style.color)
    properties = added.element.get_or_add_pPr()
    if not style.grid:
        element("snapToGrid", properties, val=0)
    _indent(properties, style)
    element("jc", properties, val=style.align)


def _indent(properties: Any, style: Style) -> None:
    twips = int(style.size.pt * 20)
    counts = {"left": style.left, "right": style.right, "firstLine": style.first}
    if any(counts.values()):
        sizes = {name: count * twips for name, count in counts.items() if count}
        characters = {f"{name}Chars": count * 100 for name, count in counts.items() if count}
        element("ind", properties, **sizes, **characters)


def new_document() -> Any:
    """An empty document with these styles and without the pictures and notes of python-docx's own template."""
    document = docx.Document()
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    set_styles(document)
    return document
