"""Tables of a template: fixed columns, lines, forms with a label to each row, lists of one row that repeats."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from docx.shared import Mm, Pt

from papers.page import SIZE_4, TYPE_AREA, element

#: What must stand after these in the properties of a table.
AFTER_LINES = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
AFTER_PLACE = (
    "w:tblOverlap",
    "w:bidiVisual",
    "w:tblStyleRowBandSize",
    "w:tblStyleColBandSize",
    "w:tblW",
    "w:jc",
    "w:tblCellSpacing",
    "w:tblInd",
    "w:tblBorders",
    *AFTER_LINES,
)
EVERY_LINE = dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), 6)
LABEL = 2000  # twips: the width of a form's labels


def form(document: Any, rows: Sequence[tuple[str, str]], tall: Collection[str] = (), label: int = LABEL) -> None:
    """A ruled form: a label, and room for what it names; tall rows are written on by hand."""
    whole = round(TYPE_AREA[0].pt * 20)
    table = blank_table(document, len(rows), (label, whole - label))
    rule(table)
    for row, (name, words) in zip(table.rows, rows, strict=True):
        row.height = Mm(22 if name in tall else 11)
        for cell, content, style in zip(row.cells, (name, words), ("栏目", "栏内"), strict=True):
            cell.vertical_alignment = 1
            cell.paragraphs[0].style = style
            cell.paragraphs[0].add_run(content)


def list_table(document: Any, columns: Mapping[str, str], widths: Sequence[int]) -> None:
    """A ruled table with a head and one row that repeats."""
    whole = round(TYPE_AREA[0].pt * 20)
    table = blank_table(document, 2, tuple(whole * width // sum(widths) for width in widths))
    rule(table)
    element("tblHeader", table.rows[0]._tr.get_or_add_trPr())
    for row, contents, style in zip(table.rows, (list(columns), list(columns.values())), ("栏目", "小字"), strict=True):
        for cell, content in zip(row.cells, contents, strict=True):
            cell.paragraphs[0].style = style
            run = cell.paragraphs[0].add_run(content)
            if style == "栏目":
                run.font.size = SIZE_4


def blank_table(document: Any, rows: int, widths: Sequence[int]) -> Any:
    """Without lines; its columns are fixed, each of so many twips."""
    table = document.add_table(rows, len(widths))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width / 20)
        for cell in column.cells:
            cell.width = Pt(width / 20)
    return table


def rule(table: Any, lines: Mapping[str, int] = EVERY_LINE) -> None:
    """Lines of a table, in eighths of a point."""
    borders = element("tblBorders")
    for side, size in lines.items():
        element(side, borders, val="single", sz=size, space=0, color="000000")
    table._tbl.tblPr.insert_element_before(borders, *AFTER_LINES)
