"""The parts of an official paper (GB/T 9704-2012, section 7), drawn into a standard template."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from papers.page import LEFT, SIZE_4, SONGTI, TYPE_AREA, element, set_font

RED = "FF0000"
#: What must stand after these in the properties of a paragraph.
AFTER_BORDER = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr")
AFTER_FRAME = ("w:widowControl", "w:pBdr", *AFTER_BORDER)
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
SIGNED = 4800  # twips: what 署名 and 成文日期 are centred in
LABEL = 2000  # twips: the width of a form's labels


def paragraph(document: Any, text: str, style: str) -> Any:
    return document.add_paragraph(text, style=style)


def empty_lines(document: Any, number: int) -> None:
    for _ in range(number):
        document.add_paragraph()


def red_head(document: Any, mark: str) -> None:
    """7.2.4 发文机关标志 35 mm below the type area's top, red; 7.2.5 发文字号 two lines below it, centred; 7.2.7 4 mm
    below that a red line as wide as the type area."""
    head = paragraph(document, mark, "发文机关标志")
    head.paragraph_format.space_before = Mm(30)
    empty_lines(document, 1)
    number = paragraph(document, "{{发文字号}}", "发文字号")
    _line_below(number, "single", 18, Mm(4).pt)
    empty_lines(document, 1)


def letter_head(document: Any) -> None:
    """10.1 信函格式: 发文机关标志, 4 mm below it a red double line 170 mm wide, 发文字号 right below the line."""
    head = paragraph(document, "{{发文机关}}", "发文机关标志")
    _line_below(head, "thickThinSmallGap", 24, Mm(4).pt, overhang=Mm((170 - 156) / 2))
    number = paragraph(document, "{{发文字号}}", "发文字号")
    number.paragraph_format.alignment = 2
    number.paragraph_format.space_before = Mm(4)
    empty_lines(document, 1)


def plain_head(document: Any) -> None:
    """A form has its title and number, no red head."""
    title(document)
    number = paragraph(document, "{{发文字号}}", "发文字号")
    number.paragraph_format.alignment = 2


def title(document: Any) -> None:
    """7.3.1 标题 2号小标宋, centred."""
    paragraph(document, "{{标题}}", "公文标题")
    paragraph(document, "{{送审}}", "发文字号")


def addressee(document: Any) -> None:
    """7.3.2 主送机关 one line below the title, flush left, with a colon."""
    empty_lines(document, 1)
    paragraph(document, "{{主送}}：", "主送机关")


def text(document: Any) -> None:
    """7.3.3 正文 3号仿宋, two characters in; 7.3.4 附件说明 one line below it."""
    paragraph(document, "{{正文}}", "公文正文")
    annexes = paragraph(document, "{{附件说明}}", "附件说明").paragraph_format
    annexes.space_before, annexes.keep_with_next = Pt(14), True


def heading(document: Any, words: str) -> None:
    made = paragraph(document, words, "栏目")
    made.paragraph_format.alignment = 0
    made.paragraph_format.space_before = Pt(12)


def labelled(document: Any, label: str, field: str) -> None:
    """10.3 纪要: 出席、请假 … with labels in 黑体."""
    made = paragraph(document, "", "公文正文")
    run = made.add_run(f"{label}：")
    set_font(run._r.get_or_add_rPr(), "黑体", Pt(16))
    made.add_run(f"{{{{{field}}}}}")


def signature(document: Any, room: int = 2) -> None:
    """7.3.5.1 署名 centred above the 成文日期, the date four characters from the right; room for the seal on both."""
    for _ in range(room):
        document.add_paragraph().paragraph_format.keep_with_next = True
    width = round((TYPE_AREA[0].pt - 4 * 16) * 20)
    table = _table(document, 1, (width - SIGNED, SIGNED))
    element("cantSplit", table.rows[0]._tr.get_or_add_trPr())
    cell = table.rows[0].cells[-1]
    for words in ("{{发文机关}}", "{{成文日期}}"):
        line = cell.paragraphs[0] if words == "{{发文机关}}" else cell.add_paragraph()
        line.style = "落款"
        line.add_run(words)
        line.paragraph_format.keep_with_next = True
    last = paragraph(document, "", "小字")  # a table cannot end a document
    last.paragraph_format.line_spacing = Pt(1)


def attached(document: Any) -> None:
    """7.3.6 附件 on a page of its own, before the 版记."""
    paragraph(document, "{{附表}}", "公文正文")


def copy_to(document: Any) -> None:
    """10.1 信函格式: 版记 has no lines and no 印发机关."""
    _at_the_foot(paragraph(document, "抄送：{{抄送}}。", "版记"))


def imprint(document: Any) -> None:
    """7.4 版记 at the foot of the last page: 抄送, below it 印发机关 and 印发日期, 4号仿宋; 7.4.1 between two lines of
    0.35 mm, with one of 0.25 mm in the middle. A table that floats; without 抄送 its row is left out."""
    width = round(TYPE_AREA[0].pt * 20)
    table = _table(document, 2, (width,))
    _rule(table, {"top": 8, "bottom": 8, "insideH": 6})
    margins = element("tblCellMar")  # none: the lines are as wide as the text, wherever a program puts the margin
    for side in ("left", "right"):
        element(side, margins, w=0, type="dxa")
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
    place = element("tblpPr", leftFromText=0, rightFromText=0, vertAnchor="margin", horzAnchor="page")
    place.set(qn("w:tblpX"), str(round(LEFT.pt * 20)))  # from the page: LibreOffice lets nothing else this wide float
    place.set(qn("w:tblpYSpec"), "bottom")
    table._tbl.tblPr.insert_element_before(place, *AFTER_PLACE)
    for row, words in zip(table.rows, ("抄送：{{抄送}}。", "{{发文机关}}\t{{成文日期}}印发"), strict=True):
        element("cantSplit", row._tr.get_or_add_trPr())
        line = row.cells[0].paragraphs[0]
        line.style = "版记"
        line.add_run(words)
        line.paragraph_format.tab_stops.add_tab_stop(TYPE_AREA[0] - Pt(14), 2)
    last = paragraph(document, "", "小字")  # a table cannot end a document
    last.paragraph_format.line_spacing = Pt(1)


def _at_the_foot(made: Any) -> None:
    """In a frame at the foot of the type area."""
    width = round(TYPE_AREA[0].pt * 20)
    place = element("framePr", w=width, wrap="notBeside", vAnchor="margin", hAnchor="margin", xAlign="center")
    place.set(qn("w:yAlign"), "bottom")
    made._p.get_or_add_pPr().insert_element_before(place, *AFTER_FRAME)


def form(document: Any, rows: Sequence[tuple[str, str]], tall: Collection[str] = (), label: int = LABEL) -> None:
    """A ruled form: a label, and room for what it names; tall rows are written on by hand."""
    whole = round(TYPE_AREA[0].pt * 20)
    table = _table(document, len(rows), (label, whole - label))
    _rule(table)
    for row, (name, words) in zip(table.rows, rows, strict=True):
        row.height = Mm(22 if name in tall else 11)
        for cell, content, style in zip(row.cells, (name, words), ("栏目", "栏内"), strict=True):
            cell.vertical_alignment = 1
            cell.paragraphs[0].style = style
            cell.paragraphs[0].add_run(content)


def list_table(document: Any, columns: Mapping[str, str], widths: Sequence[int]) -> None:
    """A ruled table with a head and one row that repeats."""
    whole = round(TYPE_AREA[0].pt * 20)
    table = _table(document, 2, tuple(whole * width // sum(widths) for width in widths))
    _rule(table)
    element("tblHeader", table.rows[0]._tr.get_or_add_trPr())
    for row, contents, style in zip(table.rows, (list(columns), list(columns.values())), ("栏目", "小字"), strict=True):
        for cell, content in zip(row.cells, contents, strict=True):
            cell.paragraphs[0].style = style
            run = cell.paragraphs[0].add_run(content)
            if style == "栏目":
                run.font.size = SIZE_4


def page_numbers(document: Any) -> None:
    """7.5 页码 4号宋体 with a dash on either side: right on odd pages, left on even ones, one character in."""
    section = document.sections[0]
    document.settings.odd_and_even_pages_header_footer = True
    for footer, align, side in ((section.footer, 2, "right_indent"), (section.even_page_footer, 0, "left_indent")):
        footer.is_linked_to_previous = False
        line = footer.paragraphs[0]
        line.style = document.styles["小字"]
        line.paragraph_format.alignment = align
        setattr(line.paragraph_format, side, Pt(14))
        for words in ("— ", None, " —"):
            run = line.add_run(words or "")
            set_font(run._r.get_or_add_rPr(), SONGTI, SIZE_4)
            if words is None:
                run._r.addprevious(_page_field(run._r))
                line._p.remove(run._r)


def _page_field(run: Any) -> Any:
    field = element("fldSimple", instr="PAGE")
    copy = element("r", field)
    copy.append(run.rPr)
    element("t", copy).text = "1"
    return field


def _table(document: Any, rows: int, widths: Sequence[int]) -> Any:
    table = document.add_table(rows, len(widths))
    _set_width(table, widths)
    return table


def _set_width(table: Any, widths: Sequence[int]) -> None:
    """Fixed columns of so many twips; a table of fewer columns gets the missing ones."""
    while len(table.columns) < len(widths):
        table.add_column(Pt(widths[0] / 20))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width / 20)
        for cell in column.cells:
            cell.width = Pt(width / 20)


def _rule(table: Any, lines: Mapping[str, int] = EVERY_LINE) -> None:
    """Lines of a table, in eighths of a point."""
    borders = element("tblBorders")
    for side, size in lines.items():
        element(side, borders, val="single", sz=size, space=0, color="000000")
    table._tbl.tblPr.insert_element_before(borders, *AFTER_LINES)


def _line_below(made: Any, kind: str, size: int, space: float, overhang: Any = None) -> None:
    properties = made._p.get_or_add_pPr()
    borders = element("pBdr")
    element("bottom", borders, val=kind, sz=size, space=round(space), color=RED)
    properties.insert_element_before(borders, *AFTER_BORDER)
    if overhang:
        made.paragraph_format.left_indent = made.paragraph_format.right_indent = -overhang
