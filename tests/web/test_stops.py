"""A case that a fault has stopped says so to whoever works on it or waits for it, and nothing of why."""

import re

import pytest
from sqlalchemy import update

from models import Unit, User, session
from operations.house.deployments import deploy
from tests.engine.diagrams import Shape, both, diagram, end, service, start, user
from tests.web.flow import FORMS, HANDLER

STOPPED = "本件因系统故障暂停，已通知管理员（2026-03-12）"


def faulty(key: str, **marked: str) -> dict[str, bytes]:
    """Beside 办理 a step goes wrong: there is no such bureau."""
    broken: Shape = service(
        "give",
        "case.dispatch",
        name="移交",
        parameters={"lead_org": '"new_bureau"', "co_orgs": "[]", "requirement": '""'},
        **marked,
    )
    shapes = [
        start(),
        user("register", name="登记", candidates="receiver_post", form="F.register"),
        service("number", "case.number", parameters={"scheme": '"XT"'}, name="编号"),
        service("receipt", "reporter.receipt", parameters={}, name="登记回执"),
        both("P"),
        user("work", name="办理", candidates=HANDLER, form="F.handle", status="in_progress"),
        broken,
        end("done"),
        end("given"),
    ]
    return FORMS | {
        f"{key}.bpmn": diagram(key, *shapes, flows="start register number receipt P work done; P give given")
    }


@pytest.fixture
def stop(app, window):
    """Register a case that stops at once; its page as the clerk reads it."""

    def stopped(**marked: str):
        with app.app_context():
            deploy("faulty", faulty("faulty", **marked))
        address = window.send("/register/faulty", title="办不成", reporter_phone="10000000999").location
        [code] = re.findall("查询码 ([0-9A-Z]{8})", window.get(address).text)
        return window.first(r"/cases/\d+", "/cases"), code

    return stopped


def test_its_staff_read_it_on_the_case_the_task_and_the_inbox_row(stop, window, liaison):
    case, _ = stop()
    for page in (window.get(case), liaison.get(liaison.task), liaison.get("/"), liaison.get("/?box=unit")):
        assert STOPPED in page.text
        assert "new_bureau" not in page.text


def test_the_operators_are_told_and_read_what_went_wrong(stop, browser):
    case, _ = stop()
    operator = browser("guanli")
    assert "“XT20260001”因系统故障暂停，请到“异常”处理" in operator.get("/notices").text
    assert "new_bureau" in operator.get(case).text


def test_the_operators_read_which_posts_have_work_and_nobody(app, window, browser):
    window.send("/register/small", title="办得成")
    assert "没有人的岗位" not in browser("guanli").get("/incidents").text
    with app.app_context():
        session.execute(update(User).where(User.username != "guanli").values(disabled=True))
        session.commit()
    assert "没有人的岗位" in browser("guanli").get("/incidents").text


def test_the_operators_may_retry_it_under_a_newer_version_that_leads_the_same_way(app, stop, browser):
    stop()
    operator = browser("guanli")
    assert "换用" not in operator.get("/incidents").text
    with app.app_context():
        mended = {name: text.replace(b"new_bureau", b"housing") for name, text in faulty("faulty").items()}
        deploy("faulty", mended)
    [number] = re.findall(r"/incidents/(\d+)/newest", operator.get("/incidents").text)
    refused = operator.send(f"/incidents/{number}/newest", "/incidents", reason=" ")
    assert refused.status_code == 422
    assert "请写明换用新版的原因" in refused.text
    operator.send(f"/incidents/{number}/newest", "/incidents", reason="单位代号写错")
    assert "没有异常" in operator.get("/incidents").text


def test_whoever_retries_reads_whether_it_helped(app, stop, browser):
    stop()
    operator = browser("guanli")

    def retry():
        [number] = re.findall(r"/incidents/(\d+)/retry", operator.get("/incidents").text)
        operator.send(f"/incidents/{number}/retry", "/incidents")
        return operator.get("/incidents").text

    assert "重试后仍然出错" in retry()
    with app.app_context():
        session.add(Unit(code="new_bureau", name="县新设局"))
        session.commit()
    assert "重试成功，这个异常已经解决" in retry()


def test_its_reporter_reads_calmly_that_it_is_being_mended(stop, browser):
    _, code = stop()
    text = browser().send("/query", case_no="XT20260001", code=code).text
    assert "系统暂时出现故障，正在处理；您反映的事项没有丢失" in text
    assert "new_bureau" not in text


def test_a_fault_of_a_confidential_step_is_told_to_nobody_who_may_not_know_of_the_step(stop, window, liaison, browser):
    case, code = stop(confidential="yes")  # XT-20
    for page in (window.get(case), liaison.get(liaison.task), liaison.get("/")):
        assert "系统故障" not in page.text
    assert "故障" not in browser().send("/query", case_no="XT20260001", code=code).text
    assert STOPPED in browser("ducha").get(case).text


def test_a_case_that_goes_well_says_nothing(window, liaison):
    window.send("/register/small", title="办得成")
    assert "系统故障" not in liaison.get("/").text
    assert "系统故障" not in liaison.get(liaison.task).text
