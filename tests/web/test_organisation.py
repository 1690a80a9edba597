"""组织与人员: the administrator's pages for units, posts and people."""

import re

import pytest
from sqlalchemy import insert

from models import User, db, session
from tests.web.browser import path_of

HOME = "/organisation"


def password_on(page: str) -> str:
    [shown] = re.findall(r'class="secret">([^<]+)<', page)
    return shown


def test_the_tree_shows_each_unit_below_the_one_it_stands_under_and_marks_what_is_vacant(admin):
    page = admin.get(HOME).text
    assert page.index("/units/county") < page.index("/units/tax")
    assert 'class="depth d1"><a class="title" href="/organisation/units/tax"' in page
    admin.send(f"{HOME}/units/tax/post", role="agent")
    assert "1 个岗位没有人" in admin.get(f"{HOME}?search=税务").text


def test_a_unit_its_post_and_a_person_are_set_up_and_the_person_works_there(admin, keeper, browser):
    typed = {"code": "meters", "name": "水表站", "parent": "county", "kind": "department", "handles_cases[]": "true"}
    assert path_of(admin.send(f"{HOME}/new-unit", **typed)) == f"{HOME}/units/meters"
    assert path_of(admin.send(f"{HOME}/units/meters/post", role="liaison")) == f"{HOME}/units/meters"
    page = keeper.send(f"{HOME}/new-person", username="xinren", name="新人", post="meters:liaison")
    somebody = browser()
    given = password_on(page.text)
    assert path_of(somebody.sign_in("xinren", given)) == "/"
    somebody.send("/password", old=given, new="Xin-mima-2026", again="Xin-mima-2026")
    assert "水表站 联络员" in somebody.get("/").text
    log = admin.get(f"{HOME}/units/meters").text
    assert "新人担任水表站联络员" in log
    assert "新增单位水表站（meters）" in log


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(admin):
    answer = admin.send(f"{HOME}/new-unit", code="tax", name="另一个税务局", parent="county", kind="park")
    assert answer.status_code == 422
    assert "已经有单位用了" in answer.text
    assert 'value="另一个税务局"' in answer.text


def test_a_person_is_taken_out_of_a_post_by_one_sure_press(keeper, browser):
    address = f"{HOME}/people/minzheng"
    post = keeper.first(r"/organisation/units/\w+", address).rpartition("/")[2]
    end = re.search(rf'action="({address}/posts/{post}/\w+/end)"', keeper.get(address).text)[1]
    assert path_of(keeper.send(end, page=address)) == address
    assert "不再担任" in keeper.get(address).text


def test_a_new_password_is_shown_once_and_the_old_sign_in_ends(keeper, browser):
    liaison = browser("ziran")
    address = f"{HOME}/people/ziran"
    answer = keeper.send(f"{address}/password", page=address)
    assert path_of(liaison.get("/")) == "/login"
    assert path_of(browser().sign_in("ziran", password_on(answer.text))) == "/"
    assert 'class="secret"' not in keeper.get(address).text
    assert "重置密码" in keeper.get(address).text


def test_somebody_who_is_disabled_is_out_at_once_and_comes_back_enabled(keeper, browser):
    liaison, address = browser("ziran"), f"{HOME}/people/ziran"
    keeper.send(f"{address}/disable", page=address)
    assert path_of(liaison.get("/")) == "/login"
    assert "已停用" in keeper.get(f"{HOME}/people?search=ziran").text
    keeper.send(f"{address}/enable", page=address)
    assert path_of(browser().sign_in("ziran")) == "/"


def test_the_only_administrator_cannot_lock_everybody_out(keeper):
    address = f"{HOME}/people/guanli"
    answer = keeper.send(f"{address}/disable", page=address)
    assert (answer.status_code, "唯一在用的系统管理员" in answer.text) == (403, True)


def test_a_thousand_people_come_a_page_at_a_time_and_are_found_by_any_of_their_words(admin, app):
    with app.app_context():
        some = {"password_hash": "", "administrator": "", "disabled": False, "failed_logins": 0}
        rows = [{"username": f"zz{number:04}", "name": f"某{number:04}", **some} for number in range(1000)]
        session.execute(insert(User), rows)
        session.commit()
        everybody = session.query(User).count()
        db.engine.dispose()
    seen: list[str] = []
    address = f"{HOME}/people"
    while address:
        page = admin.get(address).text
        seen += re.findall(r'class="title" href="/organisation/people/([^"]+)"', page)
        following = re.search(r'href="(/organisation/people\?after=[^"]+)"', page)
        address = following[1] if following else ""
    assert len(seen) == len(set(seen)) == everybody
    for words in ("zz0777", "某0777", "ZZ0777"):
        assert admin.get(f"{HOME}/people?search={words}").text.count('class="title"') == 1
    assert "黄志强" in admin.get(f"{HOME}/people?search=自然资源").text


def test_a_substitution_is_set_on_the_page_of_the_post_and_the_substitute_works_there(keeper, browser, window):
    window.send("/register/small", title="x")
    post, substitute = "/posts/natural_resources/liaison", browser("shuiwu")
    form = keeper.get(f"{HOME}{post}/substitute").text
    [holder] = re.findall(r'<option value="(\d+)" selected>黄志强', form)
    typed = {"holder": holder, "person": "孟超", "since": "2026-03-12", "until": "2026-03-11"}
    wrong = keeper.send(f"{HOME}{post}/substitute", **typed)
    assert (wrong.status_code, 'value="孟超"' in wrong.text) == (422, True)
    done = keeper.send(f"{HOME}{post}/substitute", **typed | {"until": "2026-03-20"})
    assert path_of(done) == f"{HOME}/units/natural_resources"
    assert "孟超代黄志强，2026-03-12 至 2026-03-20" in keeper.get(done.location).text
    assert "联络员（代黄志强）" in substitute.get("/").text
    case = substitute.send(substitute.task).location
    assert "孟超 代 黄志强（县自然资源局）" in window.get(window.first(r"/cases/\d+", "/cases")).text, case
    end = re.findall(r'action="(/organisation/substitutions/\d+/end)"', keeper.get(f"{HOME}/people/ziran").text)
    keeper.send(end[0], page=HOME)
    assert "代黄志强）" not in substitute.get("/").text


def test_who_leaves_hands_over_on_one_page_that_says_what_is_left(keeper, window, liaison):
    window.send("/register/small", title="x")
    task = liaison.task
    liaison.send(f"{task}/claim", page=task)
    address = f"{HOME}/people/ziran/hand-over"
    page = keeper.get(address).text
    assert "认领未办的任务：县自然资源局联络员 1 件" in page
    assert "只有这一人担任的岗位：县自然资源局经办人、县自然资源局联络员" in page
    assert keeper.send(address, person="孟超", reason="调离").status_code == 422
    done = keeper.send(address, reason="调离")
    assert "1 件任务已放回岗位" in keeper.get(done.location).text
    assert "黄志强移交，放回岗位，理由：调离" in window.get(window.first(r"/cases/\d+", "/cases")).text


def test_each_of_the_two_sees_all_of_it_and_only_their_own_buttons(admin, keeper):  # S-01 三员分立
    for page, theirs in (
        (f"{HOME}/units/tax", ("设岗", "任职")),
        (HOME, ("新增单位", "")),
        (f"{HOME}/people", ("", "添加人员")),
    ):
        for somebody, own in ((admin, theirs[0]), (keeper, theirs[1])):
            text = somebody.get(page).text
            assert [word for word in theirs if word and f">{word}<" in text] == [own] * bool(own), (page, own)
    assert "任免、账号由安全管理员办理" in admin.get(f"{HOME}/people/ziran").text


def test_a_lock_after_wrong_passwords_is_ended_without_a_new_one(keeper, browser, app):
    for _ in range(5):
        browser().sign_in("ziran", "wrong")
    assert browser().sign_in("ziran").status_code == 401
    address = f"{HOME}/people/ziran"
    assert path_of(keeper.send(f"{address}/unlock", page=address)) == address
    assert path_of(browser().sign_in("ziran")) == "/"


@pytest.mark.parametrize("address", ["", "/people", "/units/tax", "/people/ziran", "/new-unit", "/new-person"])
def test_nobody_else_opens_these_pages(liaison, address):
    assert liaison.get(HOME + address).status_code == 403


@pytest.mark.parametrize(
    "address", ["/units/nowhere", "/people/nobody", "/posts/tax/king/holder", "/people/nobody/post"]
)
def test_what_there_is_not_is_not_found(keeper, address):
    assert keeper.get(HOME + address).status_code == 404
