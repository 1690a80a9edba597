"""Who registers sees what the caller has brought before, as far as they may, and each look is kept (S-04, C-09)."""

import pytest
from sqlalchemy import select

from models import AuditEvent, CallerLook, Case, CaseUnit, session
from tests.web.browser import path_of

PHONE = "100-0000 0001"


@pytest.fixture
def earlier(window, browser, app):
    """Two cases of one number at the window, one in confidence there, and one at the mailbox."""
    mailbox = browser("xinxiang")
    brought = ((window, "水表抄错"), (window, "路灯不亮"), (window, "保密的事"), (mailbox, "邮箱的事"))
    for who, title in brought:
        path_of(who.send("/register/small", title=title, reporter_phone="10000000001"))
    with app.app_context():
        case = session.scalars(select(Case).where(Case.title == "保密的事")).one()
        case.confidential = True
        session.commit()


def ask(browser, phone=PHONE):
    return browser.send("/register/small/caller", page="/register/small", title="新的事", reporter_phone=phone).text


def test_whoever_registers_sees_the_earlier_cases_of_the_number_and_keeps_what_was_typed(earlier, window, app):
    page = ask(window)
    shown = [title for title in ("水表抄错", "路灯不亮", "保密的事", "邮箱的事") if title in page]
    assert shown == [
        "水表抄错",
        "路灯不亮",
        "保密的事",
    ]  # in confidence to the window itself; the mailbox's is not theirs
    assert page.index("路灯不亮") < page.index("水表抄错")
    assert "签收" in page
    assert f'value="{PHONE}"' in page
    assert 'value="新的事"' in page
    with app.app_context():
        looks = session.execute(select(Case.title, CallerLook.by).join(Case, Case.id == CallerLook.case_id)).all()
    assert sorted(looks) == sorted((title, "周晓敏（县政务大厅）") for title in shown)
    assert "登记的人看到过本件" in window.get("/cases/1").text


def test_another_office_learns_of_none_it_has_no_part_in_and_of_none_in_confidence(earlier, browser, app):
    with app.app_context():
        for case in session.scalars(select(Case).where(Case.title.in_(("水表抄错", "保密的事")))):
            session.add(CaseUnit(case_id=case.id, unit="market_bureau", role="lead"))
        session.commit()
    page = ask(browser("shichang"))
    assert [title for title in ("水表抄错", "路灯不亮", "保密的事", "邮箱的事") if title in page] == ["水表抄错"]


def test_half_a_number_is_nobody_s_and_a_look_at_any_whole_one_is_in_the_audit(earlier, window, app):
    for phone in ("100000", "10000000009", "100-0000 0009"):
        assert "这个电话没有您能看到的事项。" in ask(window, phone=phone)
    with app.app_context():
        assert session.scalars(select(CallerLook)).all() == []
        first, again = session.scalars(select(AuditEvent.what).where(AuditEvent.kind == "look"))
    assert first == again  # the same number
    assert first.startswith("来电人以往的事项：没有看得到的（号码标记 ")
    assert "0009" not in first
