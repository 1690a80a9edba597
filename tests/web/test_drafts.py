"""存草稿 in the browser, without any script."""

import re

import pytest

from tests.web.browser import path_of


@pytest.fixture
def handling(window, liaison):
    """The address of the task 办理."""
    window.send("/register/small", title="办不成")
    liaison.send(liaison.task)
    return liaison.task


def draft_address(somebody, page):
    [address] = re.findall(r'formaction="([^"]+)">存草稿', somebody.get(page).text)
    return address


def delete_address(somebody, page):
    return re.search(r'action="(/drafts/\d+/delete[^"]*)"', somebody.get(page).text)[1]


def test_the_first_button_of_a_form_hands_it_in(handling, liaison):
    page = liaison.get(handling).text
    assert page.index("提交“办理”</button>") < page.index("存草稿</button>")


def test_what_was_typed_is_there_again_and_says_from_when(handling, liaison):
    address = draft_address(liaison, handling)
    assert path_of(liaison.send(address, page=handling, result="", next_org="<b>半句</b>")) == handling
    page = liaison.get(handling).text
    assert "草稿已存，还没有提交。" in page
    assert '下面是您 <b class="num">2026-03-12 09:00</b> 存的草稿' in page
    assert 'value="&lt;b&gt;半句&lt;/b&gt;"' in page
    assert '草稿 <span class="num">(1)</span>' in liaison.get("/").text
    assert f'href="{handling}">接着填' in liaison.get("/?box=drafts").text


def test_a_draft_is_gone_once_the_form_is_handed_in(handling, liaison):
    liaison.send(draft_address(liaison, handling), page=handling, result="一半")
    assert liaison.send(handling, result="").status_code == 422
    assert "存的草稿" not in liaison.send(handling, result="").text  # what stands there is what was typed now
    assert liaison.send(handling, result="已办").status_code == 303
    assert "没有草稿" in liaison.get("/?box=drafts").text


def test_a_draft_is_deleted_where_the_form_stands(handling, liaison):
    liaison.send(draft_address(liaison, handling), page=handling, result="一半")
    assert path_of(liaison.send(delete_address(liaison, handling), page=handling)) == handling
    page = liaison.get(handling).text
    assert "草稿已删除。" in page
    assert "一半" not in page


def test_a_draft_is_deleted_in_the_box(handling, liaison):
    liaison.send(draft_address(liaison, handling), page=handling, result="一半")
    address = delete_address(liaison, "/?box=drafts")
    assert liaison.send(address, page="/?box=drafts").location == "/?box=drafts"
    assert "没有草稿" in liaison.get("/?box=drafts").text


def test_the_form_of_an_action_has_a_draft_of_its_own(handling, liaison):
    action = liaison.first(rf"{handling}/actions/[^/]+", handling)
    assert path_of(liaison.send(draft_address(liaison, action), page=action, days="九")) == action
    assert 'value="九"' in liaison.get(action).text
    assert "申请延期（有草稿）" in liaison.get(handling).text
    assert f'href="{action}">接着填' in liaison.get("/?box=drafts").text
    assert path_of(liaison.send(delete_address(liaison, action), page=action)) == action
    assert "（有草稿）" not in liaison.get(handling).text


def test_a_registration_has_a_draft_too(window):
    address = draft_address(window, "/register/small")
    assert path_of(window.send(address, page="/register/small", title="", channel="hotline")) == "/register/small"
    page = window.get("/register/small").text
    assert '<option value="hotline" selected>' in page
    assert 'href="/register/small">接着填' in window.get("/?box=drafts").text
    assert path_of(window.send(delete_address(window, "/register/small"), page="/register/small")) == "/register/small"
    assert '<option value="window" selected>' in window.get("/register/small").text


def test_nobody_sees_or_deletes_the_draft_of_another(handling, liaison, browser):
    liaison.send(draft_address(liaison, handling), page=handling, result="只有我知道")
    address = delete_address(liaison, handling)
    for name in ("guanli", "fenliu", "ducha"):
        other = browser(name)
        assert "只有我知道" not in other.get(handling).text + other.get("/?box=drafts").text
        assert other.send(address, page="/cases").status_code == 404
    assert "只有我知道" in liaison.get(handling).text


def test_whoever_keeps_a_draft_too_late_gets_the_text_back(handling, liaison):
    address, late = draft_address(liaison, handling), liaison.hidden(handling)
    liaison.send(handling, result="先到的")
    response = liaison.client.post(address, data=late | {"result": "后到的文字"}, headers=liaison.origin)
    assert response.status_code == 409
    assert "<dt>办理情况</dt><dd>后到的文字</dd>" in response.text


def test_a_stale_page_gives_the_text_back_and_leads_to_its_form(handling, liaison, window):
    action = liaison.first(rf"{handling}/actions/[^/]+", handling)
    for who, form, typed in (
        (liaison, handling, "result"),
        (liaison, action, "days"),
        (window, "/register/small", "title"),
    ):
        response = who.client.post(draft_address(who, form), data={typed: "5"}, headers=who.origin)
        assert response.status_code == 400
        assert "<dd>5</dd>" in response.text
        assert f'href="{form}">重新打开这个页面' in response.text


def test_a_task_of_another_post_keeps_no_draft(handling, browser):
    assert browser("minzheng").send(f"{handling}/draft", page="/cases", result="x").status_code == 404
    assert browser("minzheng").send("/register/small/draft", page="/cases").status_code == 403


@pytest.mark.parametrize(
    ("box", "empty"), [("started", "没有您登记的事项"), ("drafts", "没有草稿"), ("done", "还没有办结过任务")]
)
def test_an_empty_box_says_what_to_do(liaison, box, empty):
    page = liaison.get(f"/?box={box}").text
    assert f"<h2>{empty}</h2>" in page


def test_what_one_has_registered_is_in_a_box_of_its_own(handling, window, liaison):
    page = window.get("/?box=started").text
    assert "办不成" in page
    assert '办理 <span class="soft">县自然资源局经办人</span>' in page
    assert "没有您登记的事项" in liaison.get("/?box=started").text
