"""GB/T 9704-2012: the page of every standard template."""

import pytest
from docx.oxml.ns import qn
from docx.shared import Emu, Mm

from papers import TEMPLATES, check_template, standard_template
from papers.archive import read_archive
from tests.papers.words import issued, opened, printed

TEMPLATE = pytest.mark.parametrize("key", TEMPLATES)


def near(length, millimetres):
    return abs(length - Mm(millimetres)) < Mm(0.1)


@TEMPLATE
def test_the_page_is_a4_with_37_mm_above_and_28_mm_at_the_binding(key):
    section = opened(standard_template(key)).sections[0]
    assert near(section.page_width, 210)
    assert near(section.page_height, 297)
    assert near(section.top_margin, 37)
    assert near(section.left_margin, 28)


@TEMPLATE
def test_the_type_area_is_156_by_225_mm(key):
    section = opened(standard_template(key)).sections[0]
    assert near(section.page_width - section.left_margin - section.right_margin, 156)
    assert near(section.page_height - section.top_margin - section.bottom_margin, 225)


@TEMPLATE
def test_a_page_has_22_lines_of_28_characters(key):
    document = opened(standard_template(key))
    section = document.sections[0]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    height = Emu(section.page_height - section.top_margin - section.bottom_margin).pt
    assert int(height // (int(grid.get(qn("w:linePitch"))) / 20)) == 22
    width = Emu(section.page_width - section.left_margin - section.right_margin).pt
    run = document.styles["Normal"].element.rPr
    advance = int(run.find(qn("w:sz")).get(qn("w:val"))) / 2 + int(run.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert int(width // advance) == 28
    assert int(grid.get(qn("w:charSpace"))) == 0  # the style has taken what was too much


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("公文标题", "方正小标宋简体", 22),
        ("公文正文", "仿宋_GB2312", 16),
        ("主送机关", "仿宋_GB2312", 16),
        ("发文字号", "仿宋_GB2312", 16),
        ("版记", "仿宋_GB2312", 14),
    ],
)
def test_title_text_and_imprint_have_their_fonts_and_sizes(style, font, points):
    run = opened(standard_template("notice")).styles[style].element.rPr
    assert run.find(qn("w:rFonts")).get(qn("w:eastAsia")) == font
    assert int(run.find(qn("w:sz")).get(qn("w:val"))) == points * 2


def test_a_machine_without_the_fonts_is_told_what_to_take_instead():
    fonts = read_archive(standard_template("notice"))["word/fontTable.xml"].decode()
    for name in ("仿宋,FangSong", "小标宋", "SimSun"):
        assert name in fonts


def test_the_head_of_a_notice_is_red_and_so_is_the_line_below_its_number():
    document = opened(standard_template("notice"))
    mark, number = (
        next(p for p in document.paragraphs if p.text == words) for words in ("{{发文机关}}文件", "{{发文字号}}")
    )
    assert mark.style.element.rPr.find(qn("w:color")).get(qn("w:val")) == "FF0000"
    line = number._p.pPr.find(f"{qn('w:pBdr')}/{qn('w:bottom')}")
    assert line.get(qn("w:color")) == "FF0000"


def test_a_long_name_of_an_organ_still_stands_on_one_line():
    document = opened(printed(issued("督查通报", {"点名": "无"}, organ="某某高新技术产业开发区管理委员会政务服务局")))
    head = next(p for p in document.paragraphs if p.style.name == "发文机关标志")
    points = int(head.runs[0]._r.rPr.find(qn("w:sz")).get(qn("w:val"))) / 2
    assert points * len(head.text) <= 442


def imprint_of(body):
    return opened(printed(issued("督查通报", body))).tables[-1]


def test_the_imprint_has_thick_lines_around_it_and_a_thin_one_between():  # GB/T 9704 7.4.1
    table = imprint_of({"点名": "无", "抄送": "区委办"})
    assert [row.cells[0].text for row in table.rows] == ["抄送：区委办。", "县政府督查室\t2026年3月12日印发"]
    lines = {side: table._tbl.tblPr.find(f".//{qn(f'w:{side}')}") for side in ("top", "insideH", "bottom")}
    thick, thin, last = (int(line.get(qn("w:sz"))) / 8 * 25.4 / 72 for line in lines.values())
    assert (round(thick, 2), round(last, 2)) == (0.35, 0.35)
    assert abs(thin - 0.25) < 0.02
    assert table._tbl.tblPr.find(qn("w:tblpPr")).get(qn("w:tblpYSpec")) == "bottom"


@pytest.mark.parametrize(("row", "wide"), [("A｜1｜财政局｜3｜75.50", 2), ("财政局｜1｜1｜0｜0｜1%｜1%｜0｜—", 0)])
def test_the_column_that_names_units_has_room(row, wide):
    table = opened(printed(issued("季度考评", {"排名": row}))).tables[-2]
    widths = [column.width for column in table.columns]
    assert widths.index(max(widths)) == wide
    assert widths[wide] > 1.9 * widths[1]


def test_without_copies_the_imprint_has_one_row():
    assert [row.cells[0].text for row in imprint_of({"点名": "无"}).rows] == ["县政府督查室\t2026年3月12日印发"]


@TEMPLATE
def test_page_numbers_stand_outside_in_4号(key):
    section = opened(standard_template(key)).sections[0]
    for footer, side in ((section.footer, 2), (section.even_page_footer, 0)):
        line = footer.paragraphs[0]
        assert line.alignment == side
        field = line._p.find(qn("w:fldSimple"))
        assert field.get(qn("w:instr")) == "PAGE"
        assert field.find(f"{qn('w:r')}/{qn('w:rPr')}/{qn('w:sz')}").get(qn("w:val")) == "28"
        assert line._p.xpath("string(.)") == "— 1 —"


@TEMPLATE
def test_a_standard_template_passes_the_check_of_uploads(key):
    check_template(key, standard_template(key))


@TEMPLATE
def test_a_standard_template_is_the_same_bytes_at_every_start(key):
    assert standard_template(key) == standard_template.__wrapped__(key)
