"""The foot of an official paper: 版记 (GB/T 9704-2012, 7.4) and page numbers (7.5)."""

from typing import Any

from docx.oxml.ns import qn
from docx.shared import Pt

from papers.grids import AFTER_PLACE, blank_table, rule
from papers.page import LEFT, SIZE_4, SONGTI, TYPE_AREA, element, set_font
from papers.parts import AFTER_BORDER, paragraph

#: What must stand after a frame in the properties of a paragraph.
AFTER_FRAME = ("w:widowControl", "w:pBdr", *AFTER_BORDER)


def copy_to(document: Any) -> None:
    """10.1 信函格式: 版记 has no lines and no 印发机关."""
    _at_the_foot(paragraph(document, "抄送：{{抄送}}。", "版记"))


def imprint(document: Any) -> None:
    """7.4 版记 at the foot of the last page: 抄送, below it 印发机关 and 印发日期, 4号仿宋; 7.4.1 between two lines of
    0.35 mm, with one of 0.25 mm in the middle. A table that floats; without 抄送 its row is left out."""
    width = round(TYPE_AREA[0].pt * 20)
    table = blank_table(document, 2, (width,))
    rule(table, {"top": 8, "bottom": 8, "insideH": 6})
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
