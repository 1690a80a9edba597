"""Attached tables (附表): each on a page of its own, before the 版记 (GB/T 9704 7.3.4, 7.3.6)."""

from collections.abc import Sequence
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Pt

from papers.page import FANGSONG, HEITI, SIZE_2, SIZE_3, SIZE_5, SONG_TITLE, TYPE_AREA, element, printable, set_font
from papers.paper import Table

WIDE = 6  # columns: more are set smaller
UNIT = "单位"  # the head of the column that names units
WIDE_COLUMN = 2.0  # as wide as so many others
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def attach(model: Any, tables: Sequence[Table]) -> None:
    """Put the tables where the model paragraph stands, and take it away."""
    for number, table in enumerate(tables, 1):
        mark = "附件" if len(tables) == 1 else f"附件{number}"
        for paragraph in (
            _paragraph(mark, HEITI, SIZE_3, new_page=True),
            _paragraph(table.title, SONG_TITLE, SIZE_2, align="center"),
        ):
            model.addprevious(paragraph)
        model.addprevious(draw(table))
        model.addprevious(_paragraph("", FANGSONG, SIZE_5))
    model.getparent().remove(model)


def draw(table: Table) -> Any:
    """A ruled table over the whole type area; its head comes again on every page."""
    drawn = element("tbl")
    _set_up(drawn)
    wide = table.head.index(UNIT) if UNIT in table.head else 0
    widths = _widths(max([len(table.head), *map(len, table.rows)], default=1), wide)
    grid = element("tblGrid", drawn)
    for width in widths:
        element("gridCol", grid, w=width)
    size = SIZE_5 if len(widths) > WIDE else Pt(12)
    if table.head:
        _row(drawn, table.head, widths, HEITI, size, is_head=True)
    for row in table.rows:
        _row(drawn, row, widths, FANGSONG, size)
    return drawn


def _set_up(drawn: Any) -> None:
    properties = element("tblPr", drawn)
    element("tblW", properties, w=5000, type="pct")
    element("jc", properties, val="center")
    borders = element("tblBorders", properties)
    for side in SIDES:
        element(side, borders, val="single", sz=4, space=0, color="000000")
    element("tblLayout", properties, type="fixed")
    margins = element("tblCellMar", properties)
    for side in ("left", "right"):
        element(side, margins, w=40, type="dxa")


def _widths(columns: int, wide: int) -> list[int]:
    """Twips of each column; names of units stand in the wide one and need room."""
    whole = round(TYPE_AREA[0].pt * 20)
    if columns < 3:
        return [whole // columns] * columns
    other = round(whole / (columns - 1 + WIDE_COLUMN))
    return [whole - other * (columns - 1) if place == wide else other for place in range(columns)]


def _row(drawn: Any, cells: Sequence[str], widths: Sequence[int], font: str, size: Any, is_head: bool = False) -> None:
    row = element("tr", drawn)
    properties = element("trPr", row)
    element("cantSplit", properties)
    if is_head:
        element("tblHeader", properties)
    for place, width in enumerate(widths):
        cell = element("tc", row)
        cell_properties = element("tcPr", cell)
        element("tcW", cell_properties, w=width, type="dxa")
        element("vAlign", cell_properties, val="center")
        text = cells[place] if place < len(cells) else ""
        cell.append(_paragraph(text, font, size, align="center", is_cell=True))


def _paragraph(text: str, font: str, size: Any, align: str = "", new_page: bool = False, is_cell: bool = False) -> Any:
    paragraph = element("p")
    properties = element("pPr", paragraph)
    if new_page:
        element("pageBreakBefore", properties)
    if is_cell:
        element("snapToGrid", properties, val=0)
    element("ind", properties, firstLine=0, firstLineChars=0)
    if align:
        element("jc", properties, val=align)
    run = element("r", paragraph)
    set_font(element("rPr", run), font, size)
    words = element("t", run)
    words.text = printable(text)
    words.set(qn("xml:space"), "preserve")
    return paragraph
