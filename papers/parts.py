"""Head, text and signature of an official paper (GB/T 9704-2012, section 7), drawn into a standard template."""

from typing import Any

from docx.shared import Mm, Pt

from papers.grids import blank_table
from papers.page import TYPE_AREA, element, set_font
from papers.styles import RED

#: What must stand after a border in the properties of a paragraph.
AFTER_BORDER = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr")
SIGNED = 4800  # twips: what 署名 and 成文日期 are centred in


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
    table = blank_table(document, 1, (width - SIGNED, SIGNED))
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


def _line_below(made: Any, kind: str, size: int, space: float, overhang: Any = None) -> None:
    properties = made._p.get_or_add_pPr()
    borders = element("pBdr")
    element("bottom", borders, val=kind, sz=size, space=round(space), color=RED)
    properties.insert_element_before(borders, *AFTER_BORDER)
    if overhang:
        made.paragraph_format.left_indent = made.paragraph_format.right_indent = -overhang
