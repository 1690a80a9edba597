"""The editor of decision tables: tried, checked, out to Excel and back."""

import io
import json
from typing import Any

import openpyxl
import pytest

from tests.web.browser import Browser
from tests.web.real_browser import needs_browser, open_page, served

__all__ = ["open_page", "served"]  # fixtures

NAME = "d20.survey.dmn"


@pytest.fixture
def designer(browser) -> Browser:
    return browser("sheji")


@pytest.fixture
def table(designer) -> str:
    """The address of a new table's editor."""
    draft = designer.send("/studio/drafts", page="/studio", flow="small", name="踏勘").location
    made = designer.send(f"{draft}/list/tables", page="/studio", key="d20.survey", title="踏勘与否")
    return made.location


def look(designer: Browser, table: str, content: str, **typed: str) -> Any:
    token = designer.hidden("/studio")["csrf_token"]
    sent = {"content": content, "typed": typed}
    return designer.client.post(f"{table}/look", json=sent, headers={"X-CSRFToken": token}).json


def content_of(designer: Browser, table: str) -> str:
    return designer.get(table.replace("/table/", "/files/")).text


def test_a_new_table_stands_in_the_list_and_is_tried_with_what_is_typed(designer, table):
    assert "重叠和漏掉的情形" in designer.get(table).text
    found = look(designer, table, content_of(designer, table), input="甲")
    assert found["faults"] == []
    assert found["asked"] == [{"key": "input", "label": "输入", "type": "string", "choices": [], "decides": True}]
    assert found["tried"]["rows"] == [1]
    asks = {"type": "radio", "key": "input", "label": "情况", "values": [{"value": "settled", "label": "已解决"}]}
    form = json.dumps({"id": "F.new", "type": "default", "components": [asks]})
    token = designer.hidden("/studio")["csrf_token"]
    designer.client.put(
        table.replace(f"/table/{NAME}", "/files/F.new.form.json"), data=form, headers={"X-CSRFToken": token}
    )
    assert look(designer, table, content_of(designer, table))["labels"] == {"input": {"settled": "已解决"}}


def test_what_is_written_wrongly_is_named_with_its_row_and_nothing_is_tried(designer, table):
    broken = content_of(designer, table).replace('<text>""</text>', "<text>1 +</text>")
    found = look(designer, table, broken, input="甲")
    assert "第 1 行“结论”写的“1 +”有误" in found["faults"][0]["message"]
    assert found["faults"][0]["element"] == "d20.survey_rule1"
    assert found["tried"] is None
    assert look(designer, table, "<a/>")["faults"][0]["message"] == f"文件“{NAME}”不是 DMN 决策文件。"


def bring(designer: Browser, table: str, rows: list[list[object]]) -> Any:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    sheet = io.BytesIO()
    book.save(sheet)
    sheet.seek(0)
    files = {"sheet": (sheet, "t.xlsx"), "content": (io.BytesIO(content_of(designer, table).encode()), NAME)}
    token = designer.hidden("/studio")["csrf_token"]
    return designer.client.post(f"{table}/sheet", data=files, headers={"X-CSRFToken": token}).json


def test_a_table_goes_out_to_excel_and_what_comes_back_is_told_before_it_is_saved(designer, table):
    out = openpyxl.load_workbook(io.BytesIO(designer.get(f"{table}/sheet").data)).active
    head, row = ([cell.value for cell in line] for line in out.iter_rows())
    assert head == ["输入1 输入", "输出1 结论", "说明"]
    before = content_of(designer, table)
    found = bring(designer, table, [head, ['"城区"', '"survey"', "专班意见"], ["-", "true", ""]])
    assert found["changes"] == [
        '第 1 行“输入”：任意 改为 "城区"',
        '第 1 行“结论”："" 改为 "survey"',
        "第 1 行“说明”：（空） 改为 专班意见",
        "新增第 2 行：任意，true",
    ]
    assert look(designer, table, found["content"], input="城区")["tried"]["outputs"] == {"结论": "“survey”"}
    assert content_of(designer, table) == before
    assert row == [None, '""', None]


def test_a_sheet_with_other_columns_or_a_wrong_cell_is_refused_naming_the_cell(designer, table):
    assert (
        "B1 应是“输出1 结论”，文件里是“结果”。" in bring(designer, table, [["输入1 输入", "结果", "说明"]])["message"]
    )
    wrong = bring(designer, table, [["输入1 输入", "输出1 结论", "说明"], ["> > 1", None, "x"]])["message"]
    assert "A2 写的“> > 1”有误" in wrong
    assert "B2 没有填写" in wrong


def test_a_table_that_is_removed_can_be_had_again_and_nobody_else_gets_in(designer, table, browser):
    draft = table.partition("/table/")[0]
    designer.send(f"{draft}/list/tables/{NAME}/remove", page="/studio", revision="1")
    assert designer.get(table).status_code == 404
    assert designer.send(f"{draft}/list/tables", page="/studio", key="不行", title="x").status_code == 422
    assert browser("ziran").get(f"{draft}/list/tables").status_code == 403


@needs_browser
def test_the_editor_is_chinese_marks_what_holds_and_saves_by_itself(open_page):
    page = open_page("sheji")
    page.goto("/studio")
    page.fill("#n-small", "踏勘")
    page.press("#n-small", "Enter")
    page.wait_for_url("**/drafts/*")
    page.goto(f"{page.url}/list/tables")
    page.fill("#title", "踏勘与否")
    page.fill("#key", "d20")
    page.click(".ask .btn-primary")
    page.wait_for_selector("body[data-ready]")
    assert page.is_visible(".bjs-powered-by")  # the licence
    page.fill("[data-key=input]", "城区")
    page.get_by_text("适用：第 1 行").wait_for()
    page.locator("[data-element-id=d20_rule1_out1]").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type('"survey"')
    page.get_by_text("已保存", exact=True).wait_for()
    assert "“survey”" in page.inner_text("#answer")
    page.click("#undo")
    page.get_by_text("有未保存的改动").wait_for()
    page.get_by_text("已保存", exact=True).wait_for()
    page.locator("[data-element-id=d20_rule1_in1]").click(button="right")
    menu = page.inner_text(".context-menu")
    assert "上面加一行" in menu
    assert not any("a" <= letter.lower() <= "z" for letter in menu)
    assert page.complaints == []
