"""What the flow marks a case with (紧急) stands before its title wherever one comes upon it (XX-21)."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from models import Case, session
from operations.ticking.clock import tick

CIVIL = "post:civil_affairs:liaison"
MARK = '<span class="tag marked">紧急</span>'


@pytest.fixture
def urgent(app, window, liaison):
    """签收 waits at the natural resources bureau in a case that is marked; a colleague is asked about it."""
    window.send("/register/small", title="办不成")
    with app.app_context():
        session.execute(update(Case).values(mark="紧急"))
        session.commit()
    liaison.send(f"{liaison.task}/sign", kind="before", to=CIVIL, question="低保对象吗")
    return liaison


def test_on_the_form_that_asks_a_colleague(urgent):
    assert MARK in urgent.get(f"{urgent.task}/sign").text


def test_in_the_box_of_whoever_is_asked_on_their_page_and_in_the_notice(urgent, browser):
    colleague = browser("minzheng")
    assert MARK in colleague.get("/?box=signs").text
    assert MARK in colleague.get(colleague.first(r"/signs/\d+", "/?box=signs")).text
    assert MARK in colleague.get("/notices").text


def test_on_the_supervision_desk(app, urgent, browser, clock):
    urgent.send(urgent.task)
    clock.now += timedelta(days=21)
    with app.app_context():
        tick()
    assert MARK in browser("ducha").get("/desk").text
