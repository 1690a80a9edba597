"""Lists as Excel workbooks (.xlsx): written so that no text is taken for a formula, read without being flooded."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, TYPE_ERROR, TYPE_FORMULA
from openpyxl.styles import Alignment, Font

from errors import AppError
from papers.archive import BadArchive, read_archive

MAX_ROWS = 5000  # of one sheet, its head not counted
MAX_COLUMNS = 30
#: What a spreadsheet may take for a formula (design/security.md), with the sign that says it is none before it or not.
FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
EXACT = 10**15  # Excel keeps 15 digits of a number
WORDS = {True: "是", False: "否", None: ""}


class BadSheets(AppError):
    """文件不是有效的 Excel 表格（.xlsx）。"""


@dataclass(frozen=True)
class Sheet:
    """`head` names the columns; `widths` of them are in characters; a cell of several lines is shown as such. `mark`
    (水印) stands below the rows and at the head and foot of each page that is printed.
    """

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[str]]
    widths: Sequence[int] = ()
    mark: str = ""


@dataclass(frozen=True)
class Line:
    """A row that was read: its number as Excel shows it, its texts by the name of their column."""

    number: int
    texts: Mapping[str, str]


def write_sheets(sheets: Iterable[Sheet]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    for sheet in sheets:
        made = book.create_sheet(sheet.name)
        made.freeze_panes = "A2"
        for number, width in enumerate(sheet.widths):
            made.column_dimensions[openpyxl.utils.get_column_letter(number + 1)].width = width
        made.append([_cell(made, text, Font(bold=True)) for text in sheet.head])
        for row in sheet.rows:
            made.append([_cell(made, text) for text in row])
        if sheet.mark:
            made.append([_cell(made, sheet.mark)])
            made.oddHeader.center.text = made.oddFooter.center.text = sheet.mark.replace("&", "&&")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _cell(sheet: Any, text: str, font: Font | None = None) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, guarded(ILLEGAL_CHARACTERS_RE.sub("", text)))
    cell.number_format = "@"  # what is typed there later stays text too: 007, 2026-03-12
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if font:
        cell.font = font
    return cell


def guarded(text: str) -> str:
    """With ' before what may be taken for a formula. unguarded() takes it off again, and no other."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def read_sheets(content: bytes) -> dict[str, list[Line]]:
    """Every sheet by name: its rows that are not empty, by the names in its first row. Raises what read_grid() does."""
    return {name: _lines(rows) for name, rows in read_grid(content).items()}


def read_grid(content: bytes, words: Mapping[bool | None, str] = WORDS) -> dict[str, list[list[str]]]:
    """Every sheet by name: the texts of its cells, row by row; `words` for a truth value and for an empty cell.

    Raises BadSheets: no workbook, too big, flooded, with macros, a formula, too many rows.
    """
    try:
        parts = read_archive(content)
    except BadArchive as error:
        raise BadSheets(str(error).replace("Word 文档（.docx）", "Excel 表格（.xlsx）")) from error
    _check_parts(parts)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        return {sheet.title: _read(sheet, words) for sheet in book.worksheets}
    except BadSheets:
        raise
    except Exception as error:  # whatever a damaged workbook raises, in whichever part of it
        raise BadSheets from error


def _check_parts(parts: Mapping[str, bytes]) -> None:
    """A workbook, without macros; no part of it with entities of its own, which Excel never writes."""
    if "xl/workbook.xml" not in parts:
        raise BadSheets
    if any(macro in name.lower() for name in parts for macro in ("vbaproject", "macrosheets")):
        raise BadSheets("文件带有宏，请另存为不带宏的 Excel 表格（.xlsx）后再上传。")
    if any(b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\0" in part[:4] for part in _texts(parts)):
        raise BadSheets


def _texts(parts: Mapping[str, bytes]) -> Iterable[bytes]:
    return (part for name, part in parts.items() if name.endswith((".xml", ".rels")))


def _read(sheet: Any, words: Mapping[bool | None, str]) -> list[list[str]]:
    sheet.reset_dimensions()  # what a file says of its size need not be true
    found = []
    rows = sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS)
    for number, row in enumerate(rows, start=1):
        if number > MAX_ROWS + 1:
            raise BadSheets(f"“{sheet.title}”表超过{MAX_ROWS}行，请分成几个文件。")
        found.append([_text(cell, sheet.title, number, words) for cell in row])
    return found


def _lines(rows: Sequence[Sequence[str]]) -> list[Line]:
    head = rows[0] if rows else []
    numbered = enumerate(rows[1:], start=2)
    named = ((number, dict(zip(head, texts, strict=False))) for number, texts in numbered if any(texts))
    return [Line(number, {name: text for name, text in texts.items() if name}) for number, texts in named]


def _text(cell: Any, sheet: str, row: int, words: Mapping[bool | None, str]) -> str:
    """What the cell shows, without blanks around it."""
    if cell.data_type in (TYPE_FORMULA, TYPE_ERROR):
        raise BadSheets(f"“{sheet}”表第{row}行有公式，请改成文字再上传。")
    match cell.value:
        case None | bool() as value:
            return words[value]
        case str() as text:
            return unguarded(text.strip(" \n　")).strip()
        case datetime() as moment:
            return f"{moment:%Y-%m-%d %H:%M}".removesuffix(" 00:00")
        case date() as day:
            return day.isoformat()
        case time() as clock:
            return f"{clock:%H:%M:%S}".removesuffix(":00")
        case int() | float() as number if abs(number) < EXACT:
            return f"{number:.15g}"
        case int() | float():
            why = "是超过15位的数字，Excel 会改掉后面几位，请把这一格设成文本再填"
        case _:
            why = "不是文字、数字或者日期，请改成文字"
    raise BadSheets(f"“{sheet}”表 {cell.coordinate} 格{why}。")
