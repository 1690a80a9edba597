"""The number beside 待办, and the question with which an open page keeps it true."""

import re
import time

from sqlalchemy import delete

from models import DefinitionFile, session
from web import login


def badge(browser, since="", had=""):
    return browser.client.get("/badge", query_string={"since": since, "had": had})


def of_page(browser, address="/"):
    found = re.search(r'data-since="([^"]+)" data-had="(\d+)" title="([^"]+)"', browser.get(address).text)
    return found.groups()


def test_every_page_shows_what_waits_and_the_question_says_the_same(window, liaison):
    window.send("/register/small", title="甲案")
    since, had, words = of_page(liaison, "/cases")
    assert (had, words) == ("1", "1 项待办：将到期 1")
    assert badge(liaison, since, had).json == {"number": 1, "color": "blue", "words": words, "new": 0}


def test_a_page_hears_of_what_came_after_it(window, liaison, clock):
    since, had, _ = of_page(liaison)
    window.send("/register/small", title="甲案")
    window.send("/register/small", title="乙案")
    assert badge(liaison, since, had).json["new"] == 2


def test_a_question_that_was_tampered_with_is_answered_without_news(window, liaison):
    window.send("/register/small", title="甲案")
    for since, had in (("yesterday", "0"), ("2026-01-01", "-1"), ("2026-01-01", "9" * 30), ("", "")):
        assert badge(liaison, since, had).json["new"] == 0


def test_a_page_left_open_keeps_nobody_signed_in(liaison, monkeypatch):  # S-01
    start = time.time()
    for minutes in (10, 20, 29):
        monkeypatch.setattr(login.time, "time", lambda minutes=minutes: start + minutes * 60)
        assert badge(liaison).status_code == 200
    monkeypatch.setattr(login.time, "time", lambda: start + 31 * 60)
    assert badge(liaison).status_code == 303


def test_before_any_flow_is_deployed_there_is_no_number(app, browser):
    with app.app_context():
        session.execute(delete(DefinitionFile))
        session.commit()
    assert 'id="badge"' not in browser("guanli").get("/notices").text
