"""An operator acts on one case in the browser."""


def test_an_operator_suspends_a_case_and_resumes_it(window, liaison, browser):
    window.send("/register/small", title="办证难")
    operator = browser("guanli")
    case = operator.first(r"/cases/\d+", "/cases")
    acts = f"/studio{case}/operate"
    assert acts in operator.get(case).text
    assert acts not in liaison.get(case).text
    assert "必填" in operator.send(f"{acts}/suspend", reason=" ").text
    operator.send(f"{acts}/suspend", reason="等省厅批复")
    assert "本件已暂停（2026-03-12）：等省厅批复" in liaison.get("/").text
    refused = liaison.send(liaison.task, note="收到")
    assert (refused.status_code, "等省厅批复" in refused.text, "收到" in refused.text) == (403, True, True)
    assert "等省厅批复" in operator.get("/incidents").text
    operator.send(f"{acts}/resume", reason="批复已到")
    assert liaison.send(liaison.task, note="收到").status_code == 303


def test_an_operator_sets_a_variable_and_reads_what_is_wrong_beside_it(window, browser):
    window.send("/register/small", title="办证难")
    operator = browser("guanli")
    acts = f"/studio{operator.first(r'/cases/[0-9]+', '/cases')}/operate"
    asked, typed = f"{acts}/variable?name=days", {"name": "days", "kind": "number", "reason": "更正"}
    assert asked in operator.get(acts).text
    assert "“五”不是数" in operator.send(asked, value="五", **typed).text
    assert operator.send(asked, value="5", **typed).status_code == 303
    assert "（days）”：没有值 → 5" in operator.get(acts.removeprefix("/studio").removesuffix("/operate")).text
    assert operator.get(f"{acts}/variable?name=query_code").status_code == 404


def test_an_operator_moves_a_token(window, liaison, browser):
    window.send("/register/small", title="办证难")
    operator = browser("guanli")
    acts = f"/studio{operator.first(r'/cases/[0-9]+', '/cases')}/operate"
    asked = operator.first(rf"{acts}/move.*", acts)
    token = asked.partition("token=")[2]
    refused = operator.send(asked, token=token, to="extended", reason="补办")
    assert (refused.status_code, "要用“days”" in refused.text) == (422, True)
    assert operator.send(asked, token=token, to="handle", reason="补办").status_code == 303
    assert "移动从“签收”到“办理”" in operator.get(acts.removeprefix("/studio").removesuffix("/operate")).text
    assert operator.get(asked).status_code == 404
