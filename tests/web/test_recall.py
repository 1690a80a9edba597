"""撤回 in the browser: from the page of the task that one has just completed."""

import pytest

from tests.web.browser import path_of


@pytest.fixture
def task(window, liaison):
    """签收 that the liaison has completed."""
    window.send("/register/small", title="办不成")
    address = liaison.task
    liaison.send(address, note="收到")
    return address


def test_the_step_is_taken_back_and_what_was_typed_is_there(task, liaison):
    address = liaison.first(r"/tasks/[^/]+/recall", task)
    assert liaison.send(address, reason="").status_code == 422
    assert path_of(liaison.send(address, reason="填错了")) == task
    page = liaison.get(task).text
    assert "已撤回，填的内容都在下面，改好以后重新提交。" in page
    assert 'value="收到"' in page
    assert "撤回理由：填错了" in page


def test_the_result_of_an_act_offers_to_take_it_back(window, liaison):
    window.send("/register/small", title="办不成")
    address = liaison.task
    landed = path_of(liaison.send(address, note="收到"))
    assert f'href="{address}/recall"' in liaison.get(landed).text


def test_too_late_is_told_in_words_and_what_was_typed_comes_back(task, liaison, browser):
    late = liaison.hidden(f"{task}/recall") | {"reason": "后悔了"}
    liaison.send(f"{liaison.task}/claim", page=liaison.task)
    response = liaison.client.post(f"{task}/recall", data=late, headers=liaison.origin)
    assert response.status_code == 409
    assert "已经就“办理”有了动作，不能撤回；要改请联系对方。" in response.text
    assert "<dd>后悔了</dd>" in response.text
    assert "不能撤回" in liaison.get(task).text
    assert f"{task}/recall" not in liaison.get(task).text
    assert browser("minzheng").get(f"{task}/recall").status_code == 404
