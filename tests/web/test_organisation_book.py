"""The organisation as an Excel file, on the administrator's page (issue 4, point 1 and bad input)."""

import io

import openpyxl
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from models import Unit, User, session
from papers.sheets import read_sheets
from tests.uploads import PDF, office
from tests.web.browser import Browser, path_of
from tests.web.test_organisation import password_on

PAGE = "/organisation/excel"


def upload(admin: Browser, content: bytes, name: str = "组织.xlsx"):
    data = admin.hidden(PAGE) | {"file": FileStorage(io.BytesIO(content), name)}
    return admin.client.post(PAGE, data=data, headers=admin.origin)


def changed(content: bytes, sheet: str, *row: str) -> bytes:
    """With one row more, as somebody at Excel adds it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    book[sheet].append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def book_on(page: str) -> str:
    return page.partition('name="book" value="')[2].partition('"')[0]


def test_the_file_is_taken_out_changed_seen_and_brought_back_once(admin, keeper, browser, app):
    content = admin.get(f"{PAGE}/organisation.xlsx").data
    assert [line.texts["代号"] for line in read_sheets(content)["单位"]][:1] == ["county"]
    more = changed(content, "单位", "meters", "'=水表站", "county", "部门", "否")
    more = changed(changed(more, "岗位", "meters", "liaison"), "人员", "xinren", "<b>新</b>", "meters:liaison")
    page = upload(admin, more).text
    assert "会有的变动（2）" in page
    assert "新增单位=水表站（meters）" in page
    assert "“人员”“代理”表没有读" in page
    with app.app_context():
        assert session.scalar(select(Unit).where(Unit.code == "meters")) is None
    assert "已导入 2 项" in admin.send(f"{PAGE}/confirm", page=PAGE, book=book_on(page)).text
    theirs = upload(keeper, more).text
    assert "&lt;b&gt;新" in theirs
    assert keeper.send(f"{PAGE}/confirm", page=PAGE, book=book_on(page)).status_code == 409  # not their look
    done = keeper.send(f"{PAGE}/confirm", page=PAGE, book=book_on(theirs))
    assert path_of(browser().sign_in("xinren", password_on(done.text))) == "/"
    assert admin.send(f"{PAGE}/confirm", page=PAGE, book=book_on(page)).status_code == 409
    assert "没有变动" in upload(admin, admin.get(f"{PAGE}/organisation.xlsx").data).text


def test_a_row_that_cannot_be_stands_on_the_page_with_its_reason_and_nothing_can_be_confirmed(keeper):
    content = changed(keeper.get(f"{PAGE}/template.xlsx").data, "人员", "xinren", "新人", "tax:king")
    page = upload(keeper, content).text
    assert "“人员”表第 2 行" in page
    assert "没有岗位“tax:king”" in page
    assert 'name="book"' not in page


def test_what_is_no_workbook_is_refused_in_words_and_so_is_a_page_that_was_changed(keeper, app):
    for content, words in (
        (PDF, "不是有效的 Excel"),
        (office("xl/workbook.xml", **{"xl/vbaProject.bin": b"x"}), "带有宏"),
        (office("xl/workbook.xml", **{"xl/a.xml": bytes(21 * 1024 * 1024)}), "解开后超过20MB"),
        (b"", "请先选择"),
    ):
        answer = upload(keeper, content)
        assert (answer.status_code, words in answer.text) == (422, True)
    page = upload(keeper, changed(keeper.get(f"{PAGE}/template.xlsx").data, "人员", "xinren", "新人")).text
    assert keeper.send(f"{PAGE}/confirm", page=PAGE, book=book_on(page)[:-1]).status_code == 409
    with app.app_context():
        assert session.scalar(select(User).where(User.username == "xinren")) is None
