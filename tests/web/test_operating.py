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
