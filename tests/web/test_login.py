"""Signing in and out (S-01)."""

import time

from web import login


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
        assert liaison.get("/alive").status_code == 204
    monkeypatch.setattr(login.time, "time", lambda: start + 12 * 3600 + 60)
    assert liaison.get("/alive").status_code == 303


def test_what_was_typed_while_the_session_ran_out_is_given_back(liaison, window, monkeypatch):
    window.send("/register/small", title="x")
    address = liaison.task
    fields = liaison.hidden(address)
    later = time.time() + 31 * 60
    monkeypatch.setattr(login.time, "time", lambda: later)
    response = liaison.client.post(address, data=fields | {"note": "写了很久的备注"}, headers=liaison.origin)
    assert response.status_code == 401
    assert "<dt>备注</dt><dd>写了很久的备注</dd>" in response.text
    assert f'href="/login?next={address}"' in response.text
    assert "重新登录" in response.text


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
