"""退回 in the browser: from the page of a task to the step before it, both of one unit."""

from tests.web.browser import path_of


def test_a_task_goes_back_with_what_was_handed_in_and_an_old_tab_is_told(window, liaison):
    window.send("/register/small", title="办不成")
    sign = liaison.task
    assert f"{sign}/send-back" not in liaison.get(sign).text  # before it the case was registered
    assert "前面没有可以退回的环节" in liaison.get(f"{sign}/send-back").text
    liaison.send(sign, note="收到")
    handle = liaison.task
    address = liaison.first(r"/tasks/[^/]+/send-back", handle)
    assert ">签收（黄志强，县自然资源局联络员）</option>" in liaison.get(address).text
    step = sign.removeprefix("/tasks/")
    empty = liaison.send(address, to=step, reason=" ")
    assert (empty.status_code, f'value="{step}" selected' in empty.text) == (422, True)
    late = liaison.hidden(address) | {"to": step, "reason": "后到的文字"}
    assert path_of(liaison.send(address, to=step, reason="签收人没有写齐")) == "/"
    assert "“办理”已退回，已通知对方。" in liaison.get("/").text
    page = liaison.get(liaison.task).text
    assert 'value="收到"' in page
    assert "从“办理”退回到“签收”，理由：签收人没有写齐" in page
    response = liaison.client.post(address, data=late, headers=liaison.origin)
    assert response.status_code == 409
    assert "<dt>退回到</dt><dd>签收</dd>" in response.text
    assert "<dt>退回理由</dt><dd>后到的文字</dd>" in response.text
