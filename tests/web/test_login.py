"""Signing in and out (S-01)."""

import re
import time
from html import unescape

import pytest

from tests.databases import PASSWORD
from tests.web.browser import path_of
from web import login

FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def test_the_right_password_opens_the_inbox(browser):
    somebody = browser("ziran")
    page = somebody.get("/").text
    assert "黄志强" in page
    assert "县自然资源局" in page


def test_a_wrong_password_is_told_so_and_the_name_stays(browser):
    response = browser().sign_in("ziran", "wrong")
    assert response.status_code == 401
    assert "用户名或密码不正确" in response.text
    assert 'value="ziran"' in response.text
    assert "wrong" not in response.text


def test_five_wrong_guesses_lock_the_account(browser):
    somebody = browser()
    for _ in range(5):
        somebody.sign_in("ziran", "wrong")
    assert "锁定" in somebody.sign_in("ziran").text


def test_signing_out_needs_the_sign_in_again(liaison):
    liaison.send("/logout", page="/")
    assert liaison.get("/").status_code == 303


def test_an_idle_session_ends(liaison, monkeypatch):
    later = time.time() + 31 * 60
    monkeypatch.setattr(login.time, "time", lambda: later)
    assert liaison.get("/").status_code == 303


def test_typing_keeps_a_session_alive_but_not_for_ever(liaison, monkeypatch):
    start = time.time()
    for minutes in range(25, 12 * 60, 25):
        monkeypatch.setattr(login.time, "time", lambda minutes=minutes: start + minutes * 60)
        assert liaison.get("/alive").status_code == 200
    monkeypatch.setattr(login.time, "time", lambda: start + 12 * 3600 + 60)
    assert liaison.get("/alive").status_code == 303


@pytest.fixture
def out(monkeypatch):
    """Everybody's session ends: half an hour passed without a request."""
    later = time.time() + 31 * 60
    return lambda: monkeypatch.setattr(login.time, "time", lambda: later)


def test_what_was_typed_while_the_session_ran_out_is_a_draft_after_signing_in(liaison, window, out):
    window.send("/register/small", title="x")
    address = liaison.task
    fields = liaison.hidden(address)
    out()
    told = liaison.client.post(address, data=fields | {"note": "写了“很久”的备注"}, headers=liaison.origin)
    assert told.status_code == 401
    assert "<dt>备注</dt><dd>写了“很久”的备注</dd>" in told.text
    assert "重新登录" in told.text
    wrong = sign_in_on(told, liaison, "ziran", "wrong")
    assert "您刚才填写的内容还在" in wrong.text
    assert path_of(sign_in_on(wrong, liaison, "ziran")) == address
    page = liaison.get(address).text
    assert "登录超时前填写的内容已存成草稿" in page
    assert 'value="写了“很久”的备注"' in page


def test_of_a_form_without_drafts_or_of_another_s_task_the_words_are_given_to_be_copied(liaison, window, out):
    window.send("/register/small", title="x")
    address = liaison.task
    fields = liaison.hidden(address)
    out()
    for form, label, again in ((f"{address}/pass-on", "reason", f"{address}/pass-on"), (address, "note", address)):
        told = liaison.client.post(form, data=fields | {label: "写了很久"}, headers=liaison.origin)
        back = sign_in_on(told, liaison, "ziran" if label == "reason" else "minzheng")
        assert back.status_code == 200
        assert "已经登录" in back.text
        assert "<dd>写了很久</dd>" in back.text
        assert f'href="{again}"' in back.text
        liaison.send("/logout", page="/")


def sign_in_on(page, somebody, username, password=PASSWORD):
    """The form to sign in that stands on this page, sent with all that it takes along."""
    action = re.search(r'<form method="post" action="(/login[^"]*)"', page.text)
    kept = {name: unescape(text) for name, text in FIELD.findall(page.text)}
    data = kept | {"username": username, "password": password}
    address = unescape(action[1]) if action else page.request.full_path
    return somebody.client.post(address, data=data, headers=somebody.origin)


def test_what_another_site_has_posted_is_not_shown(browser):
    response = browser().client.post(
        "/cases", data={"note": "请致电诈骗号码"}, headers={"Origin": "https://example.org"}
    )
    assert "诈骗" not in response.text


def test_a_disabled_account_is_out_at_its_next_click(app, liaison):
    from models import User, session

    with app.app_context():
        session.query(User).filter_by(username="ziran").update({"disabled": True})
        session.commit()
    assert liaison.get("/").status_code == 303


def test_demo_accounts_are_listed_in_a_demonstration_only(make_app, browser):
    from tests.web.browser import Browser

    assert "chuangkou" not in browser().get("/login").text
    text = Browser(make_app(DEMO=True).test_client()).get("/login").text
    assert "chuangkou" in text
    heads = [text.index(f">{county}</th>") for county in ("湘潭县人民政府", "宜良县人民政府", "萧县县委县政府")]
    assert heads == sorted(heads)
    assert heads[1] < text.index("yl_chuishao") < heads[2]
