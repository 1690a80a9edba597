"""Lists as Excel workbooks, good and bad."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime, time, timedelta

import openpyxl
import pytest

from papers.sheets import BadSheets, Line, Sheet, guarded, read_sheets, unguarded, write_sheets

DANGEROUS = ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\tx", "\rx", "＝1", "＋1", "－1", "＠1", "'=1", "''+1"]


def cells(content: bytes) -> list[str]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [cell.value for row in sheet.iter_rows(min_row=2) for cell in row]


def typed(*rows: Sequence[object], name: str = "人员") -> bytes:
    """A workbook as somebody at Excel makes one."""
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The same workbook with one part more, or another in place of one."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, part)
    return made.getvalue()


def test_no_text_is_taken_for_a_formula_and_it_comes_back_as_it_was():
    for text in DANGEROUS:
        assert guarded(text).startswith("'")
        assert unguarded(guarded(text)) == text
    for text in ("张三", "3-1", "'张三", ""):
        assert guarded(text) == unguarded(text) == text
    content = write_sheets([Sheet("表", ["甲"], [[text] for text in DANGEROUS])])
    assert all(value.startswith("'") for value in cells(content))


def test_what_is_written_is_read_by_the_names_of_its_columns_and_the_rows_of_excel():
    content = write_sheets([Sheet("表", ["甲", "乙"], [["=1", "a\nb"], ["", ""], ["007", "\x01c"]], [10, 20])])
    assert read_sheets(content) == {"表": [Line(2, {"甲": "=1", "乙": "a\nb"}), Line(4, {"甲": "007", "乙": "c"})]}


@pytest.mark.parametrize(
    ("value", "words"),
    [(110105194912310029, "“人员”表 B2 格是超过15位的数字"), (timedelta(hours=26), "“人员”表 B2 格不是文字")],
)
def test_what_excel_cannot_keep_or_show_is_refused_with_the_name_of_its_cell(value, words):
    with pytest.raises(BadSheets, match=words):
        read_sheets(typed(["甲", "乙"], ["x", value]))


def test_times_of_day_and_long_numbers_as_text_are_read_as_they_are_shown():
    content = typed(["点", "号"], [time(9, 30), "110105194912310029"], [time(9, 30, 5), 999_999_999_999_999])
    first, second = read_sheets(content)["人员"]
    assert first.texts == {"点": "09:30", "号": "110105194912310029"}
    assert second.texts == {"点": "09:30:05", "号": "999999999999999"}


def test_numbers_days_and_ticks_are_read_as_they_are_shown():
    content = typed(["数", "日", "勾", "空"], [20260001, datetime(2026, 3, 12), True, None], ["", 1.5])  # noqa: DTZ001
    first, second = read_sheets(content)["人员"]
    assert first.texts == {"数": "20260001", "日": "2026-03-12", "勾": "是", "空": ""}
    assert second.texts["日"] == "1.5"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "不是有效的 Excel"),
        (b"PK\x03\x04" + bytes(300), "不是有效的 Excel"),
        (typed(["甲"])[:-40], "不是有效的 Excel"),
        (with_part(typed(["甲"]), "xl/sharedStrings.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><sst/>'), "不是有效的 Excel"),
        (with_part(typed(["甲"]), "xl/sharedStrings.xml", "<sst/>".encode("utf-16")), "不是有效的 Excel"),
        (with_part(typed(["甲"]), "xl/worksheets/sheet1.xml", b"<a/>" * 9), "不是有效的 Excel"),
        (with_part(typed(["甲"]), "xl/vbaProject.bin", b"x"), "带有宏"),
        (with_part(typed(["甲"]), "xl/media/a.bin", bytes(21 * 1024 * 1024)), "解开后超过20MB"),
        (bytes(2 * 1024 * 1024 + 1), "超过2MB"),
        (typed(["甲"], [""], ["=1+1"]), "“人员”表第3行有公式"),
        (typed(["甲"], *[["x"]] * 5001), "超过5000行"),
    ],
)
def test_what_is_no_honest_workbook_is_refused_in_words(content, words):
    with pytest.raises(BadSheets) as error:
        read_sheets(content)
    assert words in str(error.value)


def test_a_sheet_that_lies_about_its_size_is_read_as_far_as_it_goes():
    lie = typed(["甲"], ["x"])
    with zipfile.ZipFile(io.BytesIO(lie)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')
    assert read_sheets(with_part(lie, "xl/worksheets/sheet1.xml", sheet))["人员"] == [Line(2, {"甲": "x"})]
