"""What every page promises: headers, escaping, words instead of failures."""

import re

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from errors import StorageBusy, StorageUnavailable
from models import ProcessInstance, session
from web.headers import POLICY

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


@pytest.mark.parametrize("address", ["/login", "/", "/cases", "/nowhere", "/static/icon.svg", "/cases/999"])
def test_every_answer_carries_the_security_headers(liaison, address):
    headers = liaison.get(address).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


def test_the_policy_allows_no_foreign_source_and_no_inline_script():
    assert "script-src 'self';" in POLICY
    assert "default-src 'none'" in POLICY
    assert "frame-ancestors 'none'" in POLICY
    assert "http" not in POLICY


def test_pages_are_kept_by_no_cache(liaison):
    assert liaison.get("/").headers["Cache-Control"] == "no-store"


def test_session_cookies_are_out_of_reach_of_scripts_and_other_sites(browser):
    cookie = browser().sign_in("ziran").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_no_page_has_inline_script_or_style(window):
    address = window.send("/register/small", title="x").location
    for page in ("/", "/cases", address, "/register/small", "/login"):
        text = window.get(page).text
        assert not re.search(r"<script(?![^>]*(src=|application/json))", text)
        assert "<style" not in text
        assert not re.search(r"\son\w+=", text)


def test_hostile_text_is_shown_and_never_run(window, liaison):
    case = window.send("/register/small", title=HOSTILE).location
    task = liaison.task
    liaison.send(task, note=HOSTILE)
    pages = [window.get(case), liaison.get(case), liaison.get(liaison.task), window.get("/cases?search=" + HOSTILE)]
    for page in pages:
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text


def test_hostile_text_comes_back_into_its_field_escaped(window, liaison):
    window.send("/register/small", title="x")
    liaison.send(liaison.task)
    response = liaison.send(liaison.task, result="", next_org=HOSTILE)
    assert response.status_code == 422
    assert "<script>alert" not in response.text
    assert "&lt;script&gt;alert(1)" in response.text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nowhere", 404),
        ("/cases/999999", 404),
        ("/cases/99999999999999999999", 404),
        ("/tasks/none", 404),
        ("/?box=x", 404),
        ("/?after=garbage", 200),
        ("/cases?after=1|2|3", 200),
        ("/cases?after=2026-01-01T00:00:00|x", 200),
        ("/?box=done&after=|", 200),
        ("/?after=2026-01-01T00:00:00|%00", 400),
        ("/cases?search=%00", 400),
        ("/tasks/%00", 400),
    ],
)
def test_a_wrong_address_is_answered_in_words(liaison, address, status):
    response = liaison.get(address)
    assert response.status_code == status
    assert "闭环" in response.text


def test_a_nul_among_what_is_typed_is_refused_in_words(browser, window):
    for answer in (browser().sign_in("zi\0ran"), window.send("/register/small", title="收\0到")):
        assert answer.status_code == 400
        assert "闭环" in answer.text


def test_a_database_that_is_away_costs_nothing_typed(window, liaison, monkeypatch):
    window.send("/register/small", title="x")
    liaison.send(liaison.task)
    address = liaison.task

    def away(*_args, **_keywords):
        raise StorageUnavailable

    monkeypatch.setattr("operations.acts.tasks.complete_task", away)
    response = liaison.send(address, result="很长的办理情况")
    assert response.status_code == 503
    assert "很长的办理情况" in response.text


def test_a_database_that_is_away_is_told_in_words_even_to_whoever_only_looks(liaison, monkeypatch):
    def away(*_args):
        raise OperationalError("SELECT 1", {}, ConnectionError())

    monkeypatch.setattr("reference.people.identity", away)
    response = liaison.get("/cases")
    assert response.status_code == 503
    assert "数据库暂时连接不上" in response.text


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (StorageBusy(), "数据库正忙，这一步没有办成"),
        (StorageUnavailable("附件读不到。"), "附件读不到。"),
    ],
)
def test_what_the_storage_cannot_do_is_told_in_the_words_it_came_with(liaison, monkeypatch, error, words):
    def fails(*_args):
        raise error

    monkeypatch.setattr("reference.people.identity", fails)
    response = liaison.get("/cases")
    assert response.status_code == 503
    assert words in response.text


def test_an_empty_inbox_says_what_to_do(liaison):
    assert "没有待您办理的任务" in liaison.get("/").text


def test_a_failure_nobody_foresaw_shows_no_trace_of_itself(app, window, liaison):
    window.send("/register/small", title="x")
    task = liaison.task
    with app.app_context():
        session.execute(update(ProcessInstance).values(state=b"nothing that the engine wrote"))
        session.commit()
    app.testing = False
    response = liaison.get(task)
    assert response.status_code == 500
    assert "Traceback" not in response.text
    assert "Error" not in response.text
    assert "系统出错了" in response.text
