"""通知设置 and 发送记录 as people meet them."""

import re

import pytest

from errors import DeliveryRefused
from operations.gate.outbox import send_through
from operations.ticking.clock import tick
from queries.house.audit import audit
from tests.codes import confirm_all
from tests.people import holder_of
from tests.web.browser import Browser, path_of


@pytest.fixture
def admin(browser) -> Browser:
    return browser("guanli")


@pytest.fixture
def sms(app):
    """A gateway that takes nothing for a number on its black list."""
    sent = []

    def send(recipient, body, key):
        if recipient == "10000000009":
            raise DeliveryRefused("短信网关拒收（HTTP 403）：黑名单。")
        sent.append((recipient, body["text"]))
        return "短信网关已收下"

    send_through({"sms": send})
    yield sent
    send_through({})


def test_one_leaves_a_number_and_chooses_and_the_administrator_reads_it_on_the_form_and_is_noted(
    app, sms, liaison, admin
):
    wrong = liaison.send("/notify", address_sms="123", urge_sms="digest")
    assert wrong.status_code == 422
    assert "应为11位手机号" in wrong.text
    assert '<option value="digest" selected>' in wrong.text
    assert path_of(liaison.send("/notify", address_sms="10000000001", urge_sms="digest")) == "/notify"
    assert 'value="10000000001"' in liaison.get("/notify").text
    person = "/organisation/people/ziran"
    assert "100****0001" in admin.get(person).text
    assert "10000000001" not in admin.get(person).text
    with app.app_context():
        assert audit(kind="look").rows == []
    assert 'value="10000000001"' in admin.get(f"{person}/notify").text
    with app.app_context():
        assert [row.what for row in audit(kind="look").rows] == ["黄志强（ziran）的通知地址"]
    with app.app_context():
        tick()
    code = sms[0][1][6:12]
    assert "没有提交" not in (refused := liaison.send("/notify/sms/confirm", page="/notify", code="000000x")).text
    assert (refused.status_code, "验证码不对" in refused.text) == (422, True)
    assert path_of(liaison.send("/notify/sms/confirm", page="/notify", code=code)) == "/notify"
    assert "待确认" not in liaison.get("/notify").text
    page = "/organisation/posts/natural_resources/liaison/notify"
    assert path_of(admin.send(page, urge_sms="never")) == "/organisation/units/natural_resources"
    assert "修改联络员的通知设置" in admin.get("/organisation/units/natural_resources").text


def test_a_house_that_is_connected_to_nothing_says_so(liaison):
    assert "没有接通短信" in liaison.get("/notify").text


def test_in_a_demonstration_nothing_is_sent_and_all_of_it_can_be_seen(make_app):
    app = make_app(DEMO=True)
    liaison, admin = Browser(app.test_client()), Browser(app.test_client())
    liaison.sign_in("ziran")
    liaison.send("/notify", address_sms="10000000001")
    code = re.search(r"验证码是 <b class=\"num\">(\d{6})", liaison.get("/notify").text)[1]
    assert path_of(liaison.send("/notify/sms/confirm", page="/notify", code=code)) == "/notify"
    with app.app_context():
        tick()
    admin.sign_in("guanli")
    assert re.search(
        r"验证码是\*{4}.*演示</span>\s*<span class=\"soft break\">没有真的发出", admin.get("/deliveries").text, re.S
    )


def test_what_was_refused_is_read_with_the_reason_and_sent_again(app, sms, window, liaison, admin):
    window.send("/register/small", title="甲案")
    case = window.first(r"/cases/\d+", "/cases")
    liaison.send("/notify", address_sms="10000000009")
    with app.app_context():
        confirm_all(holder_of("natural_resources:liaison"))
    window.send(f"{case}/urge", page=case, words="")
    with app.app_context():
        tick()
    log = admin.get("/deliveries?state=failed").text
    assert "100****0009" in log
    assert "10000000009" not in log
    assert "短信网关拒收（HTTP 403）：黑名单。" in log
    assert "黑名单" in admin.get("/incidents").text
    liaison.send("/notify", address_sms="10000000001")
    with app.app_context():
        confirm_all(holder_of("natural_resources:liaison"))
    again = re.search(r"/deliveries/\d+/again", log)[0]
    assert path_of(admin.send(again, page="/deliveries?state=failed")) == "/deliveries"
    with app.app_context():
        assert ["条消息（短信）" in row.what for row in audit(kind="settings").rows] == [True]
        tick()
    assert [to for to, _ in sms] == ["10000000001"]
    assert "没有符合条件的记录" in admin.get("/deliveries?state=failed").text
    assert admin.get("/deliveries?state=nonsense").status_code == 404
    assert "黑名单" not in admin.get("/incidents").text
