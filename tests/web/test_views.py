"""The filter of the inbox stands in the address; views keep it under a name."""

import pytest

from operations.acts.saved_views import MOST
from tests.web.browser import path_of


@pytest.fixture
def waiting(window, liaison):
    for title in ("甲案", "乙案"):
        path_of(window.send("/register/small", title=title))
    task = liaison.task
    liaison.send(f"{task}/claim", page=task)


def save(browser, name, **parts):
    return browser.send("/views", page="/", box="mine", name=name, **parts)


def test_the_address_says_what_is_shown_and_the_form_shows_it(waiting, liaison):
    assert liaison.get("/").text.count('class="title"') == 2
    page = liaison.get("/?flow=small&light=blue&held=me").text
    assert page.count('class="title"') == 1
    assert '<option value="small" selected>' in page
    assert '<option value="me" selected>我认领的</option>' in page
    assert "没有符合筛选的任务" in liaison.get("/?light=red").text
    assert liaison.get("/?light=purple").status_code == 404


def test_a_view_is_a_link_to_its_filter(waiting, liaison):
    response = save(liaison, "我手里的", held="me")
    assert path_of(response) == "/"
    assert response.location.endswith("?held=me")
    page = liaison.get("/").text
    assert '<a href="/?held=me">我手里的</a>' in page
    assert '<a href="/?held=me" aria-current="page">我手里的</a>' in liaison.get("/?held=me").text


def test_a_view_of_the_unit_is_seen_from_one_s_own_tasks(waiting, liaison):
    liaison.send("/views", page="/", box="unit", name="本单位逾期", light="red")
    assert '<a href="/?box=unit&amp;light=red">本单位逾期</a>' in liaison.get("/").text


def test_a_name_is_given_once_and_what_was_typed_stays(waiting, liaison):
    save(liaison, "急", light="red")
    assert save(liaison, "急", light="red").status_code == 303
    response = save(liaison, "急", light="yellow")
    assert response.status_code == 422
    assert "已经有名为“急”的视图" in response.text
    assert 'name="name" value="急"' in response.text
    assert response.text.count('aria-current="page"') == 1  # the box: it is no view


@pytest.mark.parametrize("name", ["", "  ", "字" * 21])
def test_a_view_without_a_usable_name_is_refused(waiting, liaison, name):
    assert save(liaison, name, light="red").status_code == 422


def test_there_are_at_most_twelve(waiting, liaison):
    for number in range(MOST):
        assert save(liaison, f"视图{number}", light="red").status_code == 303
    assert "最多存12个视图" in save(liaison, "又一个", light="red").text


def test_a_view_is_named_anew_and_thrown_away(waiting, liaison):
    save(liaison, "急", light="red")
    save(liaison, "我的", held="me")
    address = {"page": "/?light=red", "box": "mine", "light": "red"}
    assert "已经有名为“我的”的视图" in liaison.send("/views/1/rename", name="我的", **address).text
    assert path_of(liaison.send("/views/1/rename", name="马上办", **address)) == "/"
    assert ">马上办</a>" in liaison.get("/").text
    liaison.send("/views/1/delete", **address)
    page = liaison.get("/").text
    assert "视图“马上办”已删除。" in page
    assert page.count("马上办") == 1


def test_a_view_is_its_owner_s_alone(waiting, liaison, browser):
    save(liaison, "急", light="red")
    other = browser("minzheng")
    assert ">急</a>" not in other.get("/").text
    assert other.send("/views/1/rename", page="/", name="抢").status_code == 404
    assert other.send("/views/1/delete", page="/").status_code == 404
    assert save(other, "急", light="yellow").status_code == 303


def test_a_view_of_what_cannot_be_narrowed_is_refused(waiting, liaison):
    assert liaison.send("/views", page="/", box="done", name="完").status_code == 404
    assert save(liaison, "怪", light="purple").status_code == 404


def test_a_name_with_marks_stays_text(waiting, liaison):
    save(liaison, "<b>急</b>", light="red")
    assert "&lt;b&gt;急&lt;/b&gt;</a>" in liaison.get("/").text
