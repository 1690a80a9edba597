"""The working calendar in the browser: each change is looked at before it is made (C-03)."""

from datetime import date

import pytest

from operations.house.calendars import reproject_stale_deadlines
from reference.calendar import calendar
from tests.web.browser import Browser

PAGE = "/studio/calendar"
NOTICE = """关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日至11日放假调休，共7天。2月13日（周六）上班。"""


@pytest.fixture
def manager(browser) -> Browser:
    return browser("liucheng")


def look(browser: Browser, **values: str) -> str:
    return browser.send(f"{PAGE}/look", page=PAGE, **values).text


def confirm(browser: Browser, **values: str) -> int:
    """Fill in a form, look, agree."""
    page = look(browser, **values)
    asked = page.partition('name="asked" value="')[2].partition('"')[0].replace("&#34;", '"')
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    return browser.send(PAGE, asked=asked, seen=seen, reason=values["reason"]).status_code


def test_a_day_off_shows_the_deadlines_it_moves_and_moves_none_back_when_it_is_undone(app, manager, window):
    window.send("/register/small", title="办证难")  # 签收: two working days from Thursday, 03-16
    day = {"kind": "day", "day": "2026-03-13", "what": "off", "reason": "防汛停工"}
    page = look(manager, **day)
    assert "上班（工作日） → <b>放假（防汛停工）</b>" in page
    assert '已经到期的不重算（C-03），顺延了的不再缩回来</span><span class="soft small">1 个' in page
    assert "办证难" in page
    assert "2026-03-17" in page
    with app.app_context():
        assert calendar().is_workday(date(2026, 3, 13))
    assert confirm(manager, **day) == 303
    with app.app_context():
        assert not calendar().is_workday(date(2026, 3, 13))
        reproject_stale_deadlines()
    assert "没有未到期的时限要动" in look(manager, kind="undo", reason="弄错了")
    assert confirm(manager, kind="undo", reason="弄错了") == 303
    with app.app_context():
        assert calendar().is_workday(date(2026, 3, 13))
    assert "弄错了" in manager.get(PAGE).text


def test_the_years_notice_is_pasted_and_taken_over_once_it_was_looked_at(app, manager):
    notice = {"kind": "years", "text": NOTICE, "reason": "国办发明电〔2026〕9号"}
    assert '2027-02-13 周六</td><td class="break">放假（周末） → <b>上班（调休上班）</b>' in look(manager, **notice)
    assert confirm(manager, **notice) == 303
    with app.app_context():
        assert not calendar().is_provisional(date(2027, 1, 1))
    assert '2027年</h2><span class="soft small">已公布' in manager.get(f"{PAGE}?year=2027").text


WRONG = [
    ({"kind": "years", "text": NOTICE.replace("2027", "2077")}, "2077年离今年太远"),
    ({"kind": "years", "text": "春节放假"}, "没有写是哪一年"),
    ({"kind": "years", "text": '{"years": {"2027"'}, "不是完好的 JSON"),
    ({"kind": "day", "day": "2099-01-01", "what": "off"}, "2099年"),
    ({"kind": "day", "day": "明天", "what": "off"}, "“明天”不是日期"),
    ({"kind": "undo", "reason": " "}, "请写明依据"),
]


def test_what_makes_no_sense_is_said_and_what_was_typed_stays(manager):
    for typed, words in WRONG:
        page = look(manager, **({"reason": "依据"} | typed))
        assert words in page
        assert "会顺延的时限" not in page
        assert all(text.replace('"', "&#34;") in page for text in (typed.get("text", ""), typed.get("day", "")))


def test_of_two_who_change_it_the_second_looks_again_and_nobody_else_gets_in(manager, browser):
    first, second = ({"kind": "day", "day": f"2026-03-1{n}", "what": "off", "reason": "停工"} for n in (6, 7))
    page = look(manager, **first)
    confirm(browser("guanli"), **second)
    asked = page.partition('name="asked" value="')[2].partition('"')[0].replace("&#34;", '"')
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    late = manager.send(PAGE, asked=asked, seen=seen, reason="停工")
    assert "刚才有人修改了工作日历" in late.text
    assert browser("sheji").get(PAGE).status_code == 403
