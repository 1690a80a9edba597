"""The list of cases as an Excel file: what the page shows, to whom it shows it, and no formula in it (S-04)."""

import io

import openpyxl

from operations.ticking.clock import tick
from papers.sheets import read_sheets
from queries.house.audit import audit
from queries.lists.list_sheets import cases_file
from tests.people import holder_of

LIST = "/cases/cases.xlsx"


def titles(browser, address: str = LIST) -> list[str]:
    *rows, mark = read_sheets(browser.get(address).data)["事项"]
    assert mark.texts["编号"].endswith("2026-03-12 09:00导出，内部资料，不得外传")
    return [line.texts["标题"] for line in rows]


def test_the_list_goes_out_as_it_is_narrowed_masked_and_only_what_one_may_see(app, window, browser):
    for title in ("=办证难", "路灯不亮 13812345678"):
        window.send("/register/small", title=title)
    with app.app_context():
        tick()  # makes the words of the search
    assert titles(window) == ["路灯不亮 138****5678", "=办证难"]
    assert titles(window, f"{LIST}?search=路灯") == ["路灯不亮 138****5678"]
    assert titles(browser("minzheng")) == []
    printed = openpyxl.load_workbook(io.BytesIO(window.get(LIST).data)).worksheets[0]
    for margin in (printed.oddHeader, printed.oddFooter):
        assert margin.center.text == "周晓敏（县政务大厅）2026-03-12 09:00导出，内部资料，不得外传"
    said = {line.texts["项目"]: line.texts["内容"] for line in read_sheets(window.get(LIST).data)["导出说明"]}
    assert (said["导出时间"], said["行数"]) == ("2026-03-12 09:00", "2行。这是全部。")
    with app.app_context():
        cut = read_sheets(cases_file(holder_of("service_hall:window_clerk"), most=1).content)["事项"]
        taken = [row.what for row in audit(kind="taken").rows]
    # The auditor reads which list it was.
    assert "事项列表（查找：路灯；1行）" in taken
    assert "事项列表（2行）" in taken
    assert cut[1].texts["编号"] == "只导出了前1行，后面还有。请缩小筛选范围，分几次导出。"
