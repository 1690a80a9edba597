"""Doing a task in the browser."""

import re
from datetime import timedelta

import pytest

from operations.house.deployments import deploy
from operations.house.retirement import retire_flow
from tests import small_flow
from tests.people import admin
from tests.web.browser import path_of
from tests.web.flow import MEETING, REFUSING

ROW = 'data-label="环节"'


@pytest.fixture
def registered(window):
    """The address of a case just registered; 签收 waits at the natural resources bureau."""
    return window.send("/register/small", title="办不成").location


@pytest.fixture
def handling(registered, liaison):
    """The address of the task 办理."""
    liaison.send(liaison.task)
    return liaison.task


@pytest.fixture
def refusing(app, window, liaison):
    """The task 办理 of a flow that refuses every application for more time."""
    with app.app_context():
        deploy("refusing", REFUSING)
    window.send("/register/refusing", title="办不成")
    liaison.send(liaison.task)
    return liaison.task


def registered_case(somebody):
    return somebody.first(r"/cases/\d+", "/?box=done")


def test_a_registered_case_waits_in_the_inbox_with_its_light(registered, liaison):
    page = liaison.get("/").text
    assert "签收" in page
    assert 'class="light blue">剩2个工作日' in page


def test_a_task_is_claimed_completed_and_gone(registered, liaison):
    address = liaison.task
    assert path_of(liaison.send(f"{address}/claim", page=address)) == address
    following = path_of(liaison.send(address))
    page = liaison.get(following).text
    assert "“签收”已提交" in page
    assert "下一步：办理（县自然资源局经办人）" in page
    assert following == liaison.task
    assert "签收" in liaison.get("/?box=done").text


def test_a_claimed_task_can_be_given_back(registered, liaison):
    address = liaison.task
    liaison.send(f"{address}/claim", page=address)
    assert path_of(liaison.send(f"{address}/give-back", page=address)) == "/"
    assert "待认领" in liaison.get("/").text


def test_a_wrong_form_comes_back_with_everything_typed_and_the_problem_beside_its_field(handling, liaison):
    response = liaison.send(handling, result="", next_org="housing & <b>co</b>")
    assert response.status_code == 422
    assert 'href="#f-result"' in response.text
    assert 'id="e-result"' in response.text
    assert 'aria-describedby="e-result"' in response.text
    assert 'value="housing &amp; &lt;b&gt;co&lt;/b&gt;"' in response.text
    assert liaison.send(handling, result="已办").status_code == 303


def test_what_is_not_to_be_done_yet_says_from_when_and_keeps_what_was_typed(app, window, liaison, clock):
    with app.app_context():
        deploy("meeting", MEETING)
    window.send("/register/meeting", title="开会")
    meeting = liaison.task
    assert f'要到 <b class="num">{clock.now:%Y-%m-%d} 15:00</b> 才能提交' in liaison.get(meeting).text
    response = liaison.send(meeting, result="会上议定")
    assert response.status_code == 422
    assert f"“主持”要到 {clock.now:%Y-%m-%d} 15:00 才能提交。" in response.text
    assert "会上议定" in response.text
    clock.now += timedelta(hours=6)
    assert "才能提交" not in liaison.get(meeting).text
    assert liaison.send(meeting, result="会上议定").status_code == 303


def test_a_wrong_form_still_shows_what_is_read_only(app, window, liaison):
    desk = {"type": "textfield", "key": "receiver_post", "label": "受理岗位", "disabled": True}
    note = {"type": "textfield", "key": "note", "label": "说明", "validate": {"required": True}}
    with app.app_context():
        deploy("refusing", REFUSING | {"F.handle.form.json": small_flow.form("F.handle", desk, note)})
    window.send("/register/refusing", title="办不成")
    liaison.send(liaison.task)
    response = liaison.send(liaison.task, note="")
    assert response.status_code == 422
    [shown] = re.findall(r'value="(post:[^"]+)"', liaison.get(liaison.task).text)
    assert f'value="{shown}"' in response.text


def test_a_wrong_registration_still_shows_what_is_read_only(app, window):
    who = {"type": "textfield", "key": "channel", "label": "登记人", "readonly": True}
    title = {"type": "textfield", "key": "title", "label": "事项标题", "validate": {"required": True}}
    with app.app_context():
        deploy("refusing", REFUSING | {"F.register.form.json": small_flow.form("F.register", who, title)})
    assert 'value="window"' in window.get("/register/refusing").text
    response = window.send("/register/refusing", title="")
    assert response.status_code == 422
    assert 'value="window"' in response.text


def test_the_same_form_sent_twice_counts_once_and_answers_the_same(handling, liaison):
    fields = liaison.hidden(handling) | {"result": "已办"}
    for _ in range(2):
        assert path_of(liaison.client.post(handling, data=fields, headers=liaison.origin)) == "/"
        assert "“办理”已提交" in liaison.get("/").text


def test_whoever_comes_too_late_sees_what_they_typed_under_its_label(handling, liaison):
    late = liaison.hidden(handling)
    liaison.send(handling, result="先到的")
    response = liaison.client.post(
        handling, data=late | {"result": "后到的文字", "request": "other"}, headers=liaison.origin
    )
    assert response.status_code == 409
    assert "<dt>办理情况</dt><dd>后到的文字</dd>" in response.text
    assert "“办理”已由黄志强于" in response.text
    assert f'href="{registered_case(liaison)}"' in response.text
    assert 'href="/"' in response.text


def test_what_the_diagram_offers_is_a_button_with_a_form_of_its_own(handling, liaison):
    address = liaison.first(rf"{handling}/actions/[^/]+", handling)
    assert "延长天数" in liaison.get(address).text
    assert liaison.send(address, days="9").status_code == 422
    assert path_of(liaison.send(address, days="5")) == handling
    page = liaison.get(handling).text
    assert "“申请延期”已提交" in page
    assert "延长5个工作日，新到期日 2026-03-26" in page


def test_an_application_shows_what_is_read_only_a_wrong_one_too(app, window, liaison):
    desk = {"type": "textfield", "key": "receiver_post", "label": "受理岗位", "disabled": True}
    days = {"type": "number", "key": "days", "label": "延长天数", "validate": {"required": True}}
    with app.app_context():
        deploy("refusing", REFUSING | {"F.extend.form.json": small_flow.form("F.extend", desk, days)})
    window.send("/register/refusing", title="办不成")
    liaison.send(liaison.task)
    address = liaison.first(rf"{liaison.task}/actions/[^/]+", liaison.task)
    [shown] = re.findall(r'value="(post:[^"]+)"', liaison.get(address).text)
    response = liaison.send(address, days="")
    assert response.status_code == 422
    assert f'value="{shown}"' in response.text


def test_an_application_that_is_refused_at_once_says_so_on_the_page_that_follows(refusing, liaison):
    address = liaison.first(rf"{refusing}/actions/[^/]+", refusing)
    page = liaison.get(path_of(liaison.send(address, days="5"))).text
    assert 'class="notice warn"' in page
    assert '<li class="break">延期申请不受理：超过可延天数</li>' in page
    assert "notice warn" not in liaison.get(refusing).text


def test_what_is_not_available_now_says_why(handling, liaison):
    address = liaison.first(rf"{handling}/actions/[^/]+", handling)
    liaison.send(address, days="5")
    page = liaison.get(handling).text
    assert "原则上只能延期1次（XT-13）。" in page
    assert address not in page
    response = liaison.send(address, days="5", page=handling)
    assert response.status_code == 409
    assert "<dd>5</dd>" in response.text


def test_the_page_says_why_the_deadline_is_that_day(handling, liaison):
    page = liaison.get(handling).text
    assert "为什么是这一天" in page
    assert "2026-03-19" in page
    assert "XT-12" in page


def test_a_form_without_its_token_is_refused_and_the_text_kept(handling, liaison):
    response = liaison.client.post(handling, data={"result": "辛苦写的"}, headers=liaison.origin)
    assert response.status_code == 400
    assert "<dt>办理情况</dt><dd>辛苦写的</dd>" in response.text
    assert f'href="{handling}">重新打开这个页面' in response.text
    assert "办理" in liaison.get(handling).text


def test_a_stale_application_and_a_stale_registration_lead_back_to_their_own_form(handling, liaison, window):
    address = liaison.first(rf"{handling}/actions/[^/]+", handling)
    response = liaison.client.post(address, data={"days": "5"}, headers=liaison.origin)
    assert "<dt>延长天数</dt><dd>5</dd>" in response.text
    assert f'href="{address}">重新打开这个页面' in response.text
    response = window.client.post("/register/small", data={"channel": "hotline"}, headers=window.origin)
    assert "<dt>受理渠道</dt><dd>12345专席</dd>" in response.text
    assert 'href="/register/small">重新打开这个页面' in response.text


def test_a_form_that_was_open_when_its_flow_was_retired_gives_the_text_back(window, app):  # C-11
    window.get("/register/small")
    with app.app_context():
        retire_flow("small", by=admin(), reason="文件已经废止")
    refused = window.send("/register/small", page="/", title="办不成", channel="hotline")
    assert refused.status_code == 410
    assert "流程已经停用，不再登记新事项" in refused.text
    assert "<dd>办不成</dd>" in refused.text
    assert "<dt>受理渠道</dt><dd>12345专席</dd>" in refused.text
    assert "调整岗位" not in refused.text
    assert window.get("/register/small").status_code == 410


def test_where_the_only_flow_is_retired_the_page_says_so(window, app):  # C-11
    assert "已经停用" not in window.get("/register").text
    with app.app_context():
        retire_flow("small", by=admin(), reason="文件已经废止")
    text = window.get("/register").text
    assert "已经停用，不再登记新事项" in text
    assert "还没有发布" not in text


@pytest.mark.parametrize("address", ["/tasks/nothing", "/register/nothing", "/tasks/nothing/actions/x"])
def test_a_stale_page_of_nothing_gives_the_text_back_all_the_same(liaison, address):
    response = liaison.client.post(address, data={"note": "文字"}, headers=liaison.origin)
    assert response.status_code in (400, 403)


def test_the_reporter_can_be_called_from_the_page_of_the_task(registered, liaison):
    liaison.send(liaison.task, reporter_phone="13812340000")
    handling = liaison.task
    page = liaison.get(handling).text
    case = registered_case(liaison)
    assert (
        f'<form class="body ask" method="post" action="{case}/reporter#facts" target="_blank" rel="noopener">' in page
    )
    shown = liaison.send(f"{case}/reporter", page=handling, reason="一个工作日内联系")
    assert "反映人信息（查看已记入办理经过）" in shown.text
    assert "查看原因：一个工作日内联系" in liaison.get(handling).text


def test_pages_of_the_inbox_follow_one_another(window, liaison):
    for _ in range(51):
        window.send("/register/small", title="x")
    first = liaison.get("/")
    assert first.text.count(ROW) == 50
    after = liaison.first(r"/\?after=.+")
    assert liaison.get(after).text.count(ROW) == 1
    assert "(51)" in first.text
