"""登记回执、查重，和反映人凭编号、查询码查进度的页面。"""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from models import Case, Deadline, OutboxMessage, WrongQuery, session
from models.deadline import RUNNING
from operations.gate.guessing import ALLOWED, WITHIN, note_wrong_query
from operations.house.deployments import deploy
from operations.house.folders import BPMN
from tests.engine.diagrams import diagram, end, service, start, user
from tests.small_flow import form
from tests.web.browser import Browser
from tests.web.flow import HANDLER

FILES = {
    "asked.bpmn": diagram(
        "asked",
        start(),
        user("register", name="登记", candidates="receiver_post", form="F.register"),
        service("number", "case.number", parameters={"scheme": '"XT"'}, name="编号"),
        service("receipt", "reporter.receipt", parameters={}, name="登记回执"),
        user(
            "work",
            name="办理",
            candidates=HANDLER,
            form="F.work",
            status="in_progress",
            deadline="handle",
            limit="workdays(5)",
        ),
        service("file", "case.archive", parameters={"result": '"archived"'}, name="归档", status="archived"),
        end("done"),
        flows="start register number receipt work file done",
    ),
    "F.register.form.json": form(
        "F.register",
        {"type": "textfield", "key": "title", "label": "标题", "validate": {"required": True}},
        {"type": "textfield", "key": "reporter_name", "label": "姓名", "properties": {"personal": "name"}},
        {"type": "textfield", "key": "reporter_phone", "label": "电话", "properties": {"personal": "phone"}},
    ),
    "F.work.form.json": form("F.work", {"type": "textarea", "key": "public_reply", "label": "公开答复"}),
}
SENT_ON = {
    "sent_on.bpmn": diagram(
        "sent_on",
        start(),
        user("register", name="登记", candidates="receiver_post", form="F.register"),
        service("number", "case.number", parameters={"scheme": '"XT"'}, name="编号"),
        service("receipt", "reporter.receipt", parameters={}, name="登记回执"),
        user("confirm", name="确认转出去向", candidates="receiver_post", form="CA-09.transfer"),
        service(
            "file", "case.archive", parameters={"result": '"transferred_out"'}, name="归档", status="transferred_out"
        ),
        end("done"),
        flows="start register number receipt confirm file done",
    ),
    "F.register.form.json": FILES["F.register.form.json"],
    "CA-09.transfer.form.json": (BPMN / "shared" / "CA-09.transfer.form.json").read_bytes(),
}
TITLE = "不动产登记跑了四次没办成"


@pytest.fixture(autouse=True)
def asked(app):
    with app.app_context():
        deploy("asked", FILES)


@pytest.fixture
def register(window, app):
    """The page after registration, and the code that it shows."""

    def registered(title: str = TITLE, phone: str = "10000000999", name: str = "欧阳女士") -> tuple[str, str]:
        address = window.send("/register/asked", title=title, reporter_phone=phone, reporter_name=name).location
        text = window.get(address).text
        [code] = re.findall("查询码 ([0-9A-Z]{8})", text)
        return text, code

    return registered


def test_the_code_is_shown_to_the_clerk_and_sent_to_the_reporter(register, app):
    text, code = register()
    assert "编号 XT20260001" in text
    with app.app_context():
        [message] = session.scalars(select(OutboxMessage)).all()
        assert (message.recipient, code in message.body["text"]) == ("10000000999", True)
        assert session.scalars(select(Case.query_code)).one() == code


def test_whoever_has_number_and_code_sees_how_far_it_is_and_nothing_personal(register, browser):
    _, code = register()
    page = browser().send("/query", case_no=" xt20260001 ", code=code.lower())
    assert "承办单位正在办理" in page.text
    assert "2026-03-19" in page.text  # five working days from Thursday 12 March
    assert not any(word in page.text for word in ("欧阳", "10000000999", TITLE, "自然资源"))


def test_once_the_day_has_passed_the_page_says_so(register, browser, clock):
    _, code = register()
    late = "已超过承诺时限，正在督促办理"
    clock.now += timedelta(days=7)  # the evening of the day itself is in time
    assert late not in browser().send("/query", case_no="XT20260001", code=code).text
    clock.now += timedelta(days=1)
    assert late in browser().send("/query", case_no="XT20260001", code=code).text


def test_while_the_deadline_is_suspended_no_day_is_told(register, browser, app):  # XT-A5
    _, code = register()
    with app.app_context():
        session.scalars(select(Deadline).where(Deadline.key == "handle")).one().suspended = True
        session.commit()
    text = browser().send("/query", case_no="XT20260001", code=code).text
    assert "承办单位正在办理" in text
    assert "2026-03-19" not in text


def test_of_several_units_the_last_day_counts(register, browser, app):
    _, code = register()
    with app.app_context():
        first = session.scalars(select(Deadline).where(Deadline.key == "handle")).one()
        columns = {each.key: getattr(first, each.key) for each in Deadline.__table__.columns if each.key != "id"}
        columns |= {"key": "handle:housing", "due_at": first.due_at + timedelta(days=4)}
        first.key = "handle:tax"
        session.add(Deadline(**columns))
        session.commit()
    assert "2026-03-23" in browser().send("/query", case_no="XT20260001", code=code).text


def test_the_reply_is_shown_once_the_case_is_closed(register, browser, liaison):
    _, code = register()
    reply = "已经办好，请带身份证到窗口领取，电话 13800001234"
    liaison.send(liaison.task, public_reply=reply)
    text = browser().send("/query", case_no="XT20260001", code=code).text
    assert "已经办结归档" in text
    assert "已经办好，请带身份证到窗口领取" in text
    assert "13800001234" not in text


def test_the_reply_masks_the_name_as_the_page_of_the_case_does(register, browser, liaison):  # S-04
    _, code = register()
    liaison.send(liaison.task, public_reply="欧阳女士，证已经办好")
    text = browser().send("/query", case_no="XT20260001", code=code).text
    assert "欧某某，证已经办好" in text
    assert "欧阳" not in text


def test_no_day_is_told_while_no_unit_has_the_case(register, browser, app):  # YC-06, YC-12
    _, code = register()
    with app.app_context():
        session.scalars(select(Case)).one().status = "accepted"
        session.commit()
    text = browser().send("/query", case_no="XT20260001", code=code).text
    assert "已经受理，正在安排承办单位" in text
    assert "2026-03-19" not in text


def test_of_a_case_sent_to_another_organ_the_reporter_reads_which_and_why(browser, window, app, clock):  # XT-09
    with app.app_context():
        deploy("sent_on", SENT_ON)
    address = window.send("/register/sent_on", title=TITLE).location
    [code] = re.findall("查询码 ([0-9A-Z]{8})", window.get(address).text)
    before = browser().send("/query", case_no="XT20260001", code=code).text
    assert "已转" not in before
    task = window.first(r"/tasks/[\w-]+", "/")
    window.send(task, target="县信访局", transfer_reason="属信访事项，请到县信访接待中心，电话 13800001234")
    told = browser().send("/query", case_no="XT20260001", code=code).text
    assert "答复：已转县信访局：属信访事项，请到县信访接待中心" in told
    assert "13800001234" not in told


def test_spaces_small_letters_and_full_width_signs_are_no_mistake(register, browser):
    _, code = register()
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code.lower())
    assert "承办单位正在办理" in browser().send("/query", case_no="ｘｔ 2026 0001", code=f" {wide}　").text


def test_what_was_typed_wrong_stays_to_be_corrected_and_what_was_right_does_not(register, browser):
    _, code = register()
    wrong = browser().send("/query", case_no="XT20269999", code=code).text
    assert f'value="{code}"' in wrong
    assert 'value="XT20269999"' in wrong
    assert code not in browser().send("/query", case_no="XT20260001", code=code).text


def test_a_closed_case_has_no_day_until_which_it_is_handled(register, browser, liaison, app):
    _, code = register()
    liaison.send(liaison.task, public_reply="已经办好")
    with app.app_context():  # as a case is that some branch outlives, and one archived before its deadlines ended too
        session.scalars(select(Deadline)).one().state = RUNNING
        session.commit()
    text = browser().send("/query", case_no="XT20260001", code=code).text
    assert "已经办结归档" in text
    assert "以前办结" not in text


@pytest.mark.parametrize(("number", "right"), [("XT20260001", False), ("XT20269999", True), ("", False)])
def test_a_wrong_number_and_a_wrong_code_get_the_same_answer(register, browser, number, right):
    _, code = register()
    page = browser().send("/query", case_no=number, code=code if right else "22222222")
    assert page.status_code == 404
    assert "请核对编号和查询码" in page.text


def test_guessing_is_stopped_for_ten_minutes(register, browser, clock):
    _, code = register()
    guesser = browser()
    for _ in range(ALLOWED):
        assert guesser.send("/query", case_no="XT20260001", code="22222222").status_code == 404
    assert guesser.send("/query", case_no="XT20260001", code=code).status_code == 429
    clock.now += timedelta(minutes=10)
    assert guesser.send("/query", case_no="XT20260001", code=code).status_code == 200


def test_what_other_web_processes_counted_counts_here(register, browser, app):
    _, code = register()
    with app.app_context():
        for _ in range(ALLOWED):
            note_wrong_query("127.0.0.1")
        session.remove()
    assert browser().send("/query", case_no="XT20260001", code=code).status_code == 429


def test_what_counts_no_more_is_not_kept(browser, app, clock):
    browser().send("/query", case_no="XT20260001", code="22222222")
    clock.now += WITHIN
    browser().send("/query", case_no="XT20260001", code="33333333")
    with app.app_context():
        assert [row.at for row in session.scalars(select(WrongQuery))] == [clock.now]


def guess(app, forwarded: str) -> int:
    """Through the proxy, whose own address is always the same."""
    guesser = Browser(app.test_client())
    guesser.client.environ_base["HTTP_X_FORWARDED_FOR"] = forwarded
    return guesser.send("/query", case_no="XT20260001", code="22222222").status_code


def test_behind_our_proxy_each_visitor_counts_alone_and_cannot_make_up_an_address(make_app):
    app = make_app(TRUSTED_PROXIES=1)
    for number in range(ALLOWED):
        assert guess(app, f"203.0.113.{number}, 198.51.100.7") == 404
    assert guess(app, "198.51.100.7") == 429
    assert guess(app, "198.51.100.8") == 404


def test_without_a_proxy_of_ours_nobody_s_word_for_an_address_is_taken(make_app):
    app = make_app()
    for number in range(ALLOWED):
        assert guess(app, f"203.0.113.{number}") == 404
    assert guess(app, "203.0.113.99") == 429


def test_the_clerk_is_told_of_a_similar_case_of_the_same_phone_and_goes_on(register):
    register()
    text, _ = register(title="不动产登记跑了五次还没办成", phone="100-0000 0999")
    assert "登记过相似的事项" in text
    assert "XT20260001" in text
    assert "（同一电话）" in text
    assert "编号 XT20260002" in text


@pytest.mark.parametrize(
    ("title", "phone", "days"),
    [("公租房轮候两年", "10000000999", 0), ("公租房轮候两年", "", 0), (TITLE, "10000000999", 31), (TITLE, "", 31)],
)
def test_another_matter_or_long_ago_is_no_repetition(register, clock, title, phone, days, browser):
    register()
    clock.now += timedelta(days=days)
    again = browser("chuangkou")
    address = again.send("/register/asked", title=title, reporter_phone=phone).location
    assert "登记过相似的事项" not in again.get(address).text


def test_a_lost_code_is_shown_again_to_whoever_may_look_and_says_why(register, window, browser):
    _, code = register()
    address = window.first(r"/cases/\d+", "/cases")
    assert code not in window.get(address).text
    told = window.send(f"{address}/reporter", page=address, reason="反映人来窗口补问查询码").text
    assert f"<dt>查询码</dt><dd>{code}</dd>" in told
    story = window.get(address).text
    assert "查看原因：反映人来窗口补问查询码" in story
    assert code not in story


def test_without_a_reason_the_page_says_so_at_the_field(register, window):
    register()
    address = window.first(r"/cases/\d+", "/cases")
    refused = window.send(f"{address}/reporter", page=address, reason=" ")
    assert refused.status_code == 422
    assert '<span class="problem" id="e-reason" role="alert">' in refused.text
    assert "联系本单位管理员" not in refused.text
    assert "查看原因：" not in refused.text
    assert "10000000999" not in refused.text


def test_a_reason_that_is_too_long_stays_to_be_shortened(register, window):
    register()
    address = window.first(r"/cases/\d+", "/cases")
    refused = window.send(f"{address}/reporter", page=address, reason="补" * 201)
    assert refused.status_code == 422
    assert f'value="{"补" * 201}"' in refused.text
