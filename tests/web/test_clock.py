"""The time machine exists in a demonstration only."""

import pytest

from models import ClockShift, session
from tests.web.browser import Browser


@pytest.fixture
def admin_of(make_app):
    def sign_in(**settings):
        app = make_app(**settings)
        if settings.get("DEMO"):
            with app.app_context():
                session.add(ClockShift(id=1))
                session.commit()
        admin = Browser(app.test_client())
        admin.sign_in("guanli")
        return admin

    return sign_in


def test_without_demonstration_mode_there_is_no_address_and_no_bar(admin_of):
    admin = admin_of()
    assert "演示环境" not in admin.get("/").text
    assert admin.send("/clock", page="/", workdays="1").status_code == 404


def test_in_a_demonstration_the_administrator_moves_the_clock(admin_of):
    admin = admin_of(DEMO=True)
    assert "演示环境" in admin.get("/").text
    assert admin.send("/clock", page="/", workdays="2").status_code == 303
    assert "时间已推进到" in admin.get("/").text


@pytest.mark.parametrize("values", [{"days": "-1"}, {"workdays": "-3"}, {"days": "9999"}])
def test_the_clock_never_goes_back_nor_very_far(admin_of, values):
    admin = admin_of(DEMO=True)
    response = admin.send("/clock", page="/", **values)
    assert response.status_code == 422
    assert "时间没有推进：一次最多前进一年，不能倒退。" in response.text
    assert "时间已推进到" not in admin.get("/").text


@pytest.mark.parametrize("typed", ["0", "", "abc", "1.5", "两"])
def test_no_number_of_days_moves_nothing_and_says_so(admin_of, typed):
    admin = admin_of(DEMO=True)
    response = admin.send("/clock", page="/", workdays=typed)
    assert response.status_code == 422
    assert "时间没有推进：请填写要推进的工作日数，是大于0的整数。" in response.text
    assert "时间已推进到" not in admin.get("/").text


def test_nobody_else_moves_it(make_app):
    clerk = Browser(make_app(DEMO=True).test_client())
    clerk.sign_in("ziran")
    assert 'action="/clock"' not in clerk.get("/").text
    assert clerk.send("/clock", page="/", workdays="1").status_code == 403
