"""加签、委派 in the browser: behind 更多 on the task's page, and in a box of their own."""

import pytest

from tests.web.browser import path_of

LIAISON, CIVIL = "post:natural_resources:liaison", "post:civil_affairs:liaison"


@pytest.fixture
def registered(window):
    """签收 waits at the natural resources bureau."""
    return window.send("/register/small", title="办不成").location


def test_a_colleague_is_asked_answers_and_the_task_is_completed(registered, liaison, browser):
    task = liaison.task
    address = liaison.first(r"/tasks/[^/]+/sign", task)
    assert path_of(liaison.send(address, kind="before", to=CIVIL, question="低保对象吗")) == task
    page = liaison.get(task).text
    assert "前加签县民政局联络员，已通知对方。" in page
    assert "低保对象吗" in page
    refused = liaison.send(task, note="收到")
    assert refused.status_code == 422
    assert "还在等县民政局联络员的意见，答复以后才能提交" in refused.text
    assert 'value="收到"' in refused.text
    colleague = browser("minzheng")
    assert '请我加签 <span class="num">(1)</span>' in colleague.get("/").text
    sign = colleague.first(r"/signs/\d+", "/?box=signs")
    assert "低保对象吗" in colleague.get(sign).text
    assert colleague.send(sign, answer="").status_code == 422
    assert path_of(colleague.send(sign, answer="不是低保对象")) == "/"
    assert "已答复，不用再办。" in colleague.get(sign).text
    assert "不是低保对象" in liaison.get(task).text
    assert path_of(liaison.send(task, note="收到")) != task


def test_what_is_confirmed_afterwards_stands_on_the_page_of_whoever_confirms(registered, liaison, browser):
    task = liaison.task
    liaison.send(f"{task}/sign", kind="after", to=CIVIL, question="请确认")
    assert path_of(liaison.send(task, note="都齐了")) == task
    page = liaison.get(task).text
    assert "已提交，等请的岗位答复以后办结；时限照走。" in page
    assert "取回修改" in page
    colleague = browser("minzheng")
    sign = colleague.first(r"/signs/\d+", "/?box=signs")
    assert "都齐了" in colleague.get(sign).text
    colleague.send(sign, agrees="no", answer="缺一份")
    page = liaison.get(task).text
    assert "下面是您" in page
    assert 'value="都齐了"' in page
    liaison.send(task, note="补齐了")
    assert path_of(liaison.send(f"{task}/take-back", page=task)) == task
    liaison.send(task, note="又补了")
    colleague.send(sign, agrees="yes", answer="可以")
    assert "已于" in liaison.get(task).text


def test_a_sign_is_taken_back_for_a_reason(registered, liaison, browser):
    task = liaison.task
    liaison.send(f"{task}/delegate", to="post:natural_resources:handler", question="先去现场看看")
    liaison.send(f"{task}/sign", kind="before", to=CIVIL, question="低保对象吗")
    colleague = browser("minzheng")
    sign = colleague.first(r"/signs/\d+", "/?box=signs")
    late = colleague.hidden(sign) | {"answer": "写好的意见"}
    address = liaison.first(r"/tasks/[^/]+/signs/\d+/withdraw", task)
    assert liaison.send(address, reason="").status_code == 422
    assert path_of(liaison.send(address, reason="电话问过了")) == task
    response = colleague.client.post(sign, data=late, headers=colleague.origin)
    assert (response.status_code, "<dd>写好的意见</dd>" in response.text) == (409, True)
    assert "已减签，不用再办。" in colleague.get(sign).text
    assert "没有请您加签的事" in colleague.get("/?box=signs").text


def test_nobody_else_opens_a_sign_and_who_only_looks_on_cannot_ask(registered, liaison, browser):
    task = liaison.task
    liaison.send(f"{task}/sign", kind="before", to=CIVIL, question="低保对象吗")
    assert browser("fenliu").get("/signs/1").status_code == 404
    assert browser("minzheng").get(task).status_code == 404
    assert "这个任务现在不由您办理，不能加签。" in browser("fenliu").get(f"{task}/sign").text
    assert liaison.get(f"{task}/signs/99/withdraw").status_code == 404
