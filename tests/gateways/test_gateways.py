"""The ways out of the house, each against a real server: what it is sent, and what its answers mean (P5)."""

import base64
import hashlib
import hmac
import socket
from email import message_from_bytes, policy
from urllib.parse import parse_qs, urlsplit

import pytest

from app import create_app
from errors import BadSetting, DeliveryRefused, GatewayBusy, NoAnswer, NotDelivered
from gateways import connected, posting

KEY = "notice:7:3:sms"


def test_a_house_as_it_comes_is_connected_to_nothing(settings):
    assert connected(settings) == {}


def test_sms_is_one_post_in_the_shape_the_provider_wants(outside, settings):
    body = {"mobiles": ["{phone}"], "content": "【闭环】{text}", "id": "{key}", "type": 1}
    settings |= {"SMS_URL": outside.url, "SMS_BODY": body, "SMS_HEADERS": {"X-App-Key": "k"}}
    connected(settings)["sms"]("10000000000", {"text": "您的{phone}已办结"}, KEY)
    [heard] = outside.heard
    assert heard.data == {"mobiles": ["10000000000"], "content": "【闭环】您的{phone}已办结", "id": KEY, "type": 1}
    assert (heard.headers["X-App-Key"], heard.headers["Idempotency-Key"]) == ("k", KEY)


@pytest.mark.parametrize(
    ("status", "answer", "error", "words"),
    [
        (200, '{"code": 0}', None, ""),
        (200, '{"code": 7, "msg": "余额不足"}', DeliveryRefused, "余额不足"),
        (403, "模板未审核", DeliveryRefused, "拒收（HTTP 403）：模板未审核"),
        (302, "", DeliveryRefused, "拒收（HTTP 302）"),  # a message goes nowhere else
        (429, "", GatewayBusy, "正忙（HTTP 429）"),
        (503, "", NotDelivered, "暂时不能发送（HTTP 503）"),
    ],
)
def test_what_a_gateway_answers_says_whether_to_try_again(outside, settings, status, answer, error, words):
    outside.status, outside.answer = status, answer
    send = connected(settings | {"SMS_URL": outside.url, "SMS_SUCCESS": {"code": 0}})["sms"]
    if error is None:
        assert send("10000000000", {"text": "已办结"}, KEY) == "短信网关已收下"
        return
    with pytest.raises(error, match=words) as told:
        send("10000000000", {"text": "已办结"}, KEY)
    assert "secret-in-the-address" not in str(told.value)
    assert len(outside.heard) == 1


def test_a_gateway_that_does_not_answer_or_is_not_there_is_tried_again(settings, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(posting, "TIMEOUT", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        send = connected(settings | {"SMS_URL": url})["sms"]
        with pytest.raises(NoAnswer, match="短信网关没有应答"):
            send("10000000000", {"text": "已办结"}, KEY)
    with pytest.raises(NoAnswer, match="短信网关没有应答"):
        send("10000000000", {"text": "已办结"}, KEY)


def test_wecom_names_whom_the_message_is_for(outside, settings):
    send = connected(settings | {"WECOM_WEBHOOK": outside.url})["wecom"]
    outside.answer = '{"errcode": 0, "errmsg": "ok"}'
    send("lijianguo", {"text": "您有新的催办"}, KEY)
    assert outside.heard[0].data["text"] == {"content": "您有新的催办", "mentioned_list": ["lijianguo"]}
    outside.answer = '{"errcode": 45009, "errmsg": "api freq out of limit"}'
    with pytest.raises(GatewayBusy, match="freq"):
        send("lijianguo", {"text": "您有新的催办"}, KEY)
    outside.answer = '{"errcode": 93000, "errmsg": "invalid webhook url"}'
    with pytest.raises(DeliveryRefused, match="invalid webhook"):
        send("lijianguo", {"text": "您有新的催办"}, KEY)


def test_dingtalk_is_signed_with_the_secret_of_the_robot(outside, settings):
    outside.answer = '{"errcode": 0}'
    settings |= {"DINGTALK_WEBHOOK": outside.url, "DINGTALK_SECRET": "SECret"}
    connected(settings)["dingtalk"]("user01", {"text": "您有新的催办"}, KEY)
    [heard] = outside.heard
    sent = parse_qs(urlsplit(heard.path).query)
    [stamp], [sign] = sent["timestamp"], sent["sign"]
    wanted = hmac.new(b"SECret", f"{stamp}\nSECret".encode(), hashlib.sha256).digest()
    assert base64.b64decode(sign) == wanted
    assert (heard.data["text"]["content"], heard.data["at"]["atUserIds"]) == ("@user01 您有新的催办", ["user01"])


def mail(settings, mailbox):
    own = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": mailbox.port, "SMTP_SECURITY": "none"}
    return connected(settings | own | {"SMTP_FROM": "闭环 <bihuan@county.example>"})["email"]


def test_a_letter_has_the_same_number_however_often_it_is_sent(mailbox, settings):
    send = mail(settings, mailbox)
    for _ in range(2):
        send("li@county.example", {"text": "逾期2件", "subject": "今日待办"}, KEY)
    first, second = (message_from_bytes(heard.data, policy=policy.default) for heard in mailbox.heard)
    assert (first["Subject"], first["To"], first.get_content().strip()) == ("今日待办", "li@county.example", "逾期2件")
    assert first["Message-ID"] == second["Message-ID"]


@pytest.mark.parametrize(
    ("answer", "error"), [("550 no such user", DeliveryRefused), ("451 try again later", NotDelivered)]
)
def test_what_a_mail_server_says_is_told(mailbox, settings, answer, error):
    mailbox.answer = answer
    with pytest.raises(error, match=answer[4:]):
        mail(settings, mailbox)("li@county.example", {"text": "逾期2件"}, KEY)


@pytest.mark.parametrize("address", ["李@county.example", '"li"@county.example', "li@y.example\nBcc: x@y.example"])
def test_a_letter_goes_to_a_plain_address_alone(mailbox, settings, address):
    with pytest.raises(DeliveryRefused, match="不是能发的邮箱地址"):
        mail(settings, mailbox)(address, {"text": "逾期2件"}, KEY)
    assert mailbox.heard == []


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"SMS_URL": "ftp://sms.example/"}, "BIHUAN_SMS_URL"),
        ({"SMS_URL": "http://["}, "BIHUAN_SMS_URL"),
        ({"WECOM_WEBHOOK": "http://sms.example:99999/"}, "BIHUAN_WECOM_WEBHOOK"),
        ({"SMS_URL": "http://sms.example/", "SMS_BODY": "text"}, "BIHUAN_SMS_BODY"),
        ({"SMTP_HOST": "mail.example", "SMTP_FROM": "nobody"}, "SMTP_FROM"),
    ],
)
def test_a_wrong_setting_is_named(settings, wrong, named):
    with pytest.raises(BadSetting, match=named):
        connected(settings | wrong)


def test_a_setting_that_is_a_text_stays_one(monkeypatch, tmp_path):
    monkeypatch.setenv("BIHUAN_SMTP_PASSWORD", "0012e5")
    monkeypatch.setenv("BIHUAN_SMTP_PORT", "2525")
    made = create_app(DATABASE_URL=f"sqlite:///{tmp_path}/x.db", SECRET_KEY="test").config
    assert (made["SMTP_PASSWORD"], made["SMTP_PORT"]) == ("0012e5", 2525)
