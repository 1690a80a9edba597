"""网上提交 as a visitor meets it: no account, no script, every mistake at its field."""

import re

import pytest
from sqlalchemy import select

from models import CallerLook, session
from operations.house.deployments import deploy
from tests.portal_flow import FILES
from tests.uploads import jpeg
from tests.web.public_pages import hidden, post

TYPED = {"title": "跑了四次没办成", "reporter_name": "欧阳锋", "reporter_phone": "10000000777"}


@pytest.fixture(autouse=True)
def opened(app):
    with app.app_context():
        deploy("xt_open", FILES)


def send(visitor, *files, page="", **typed):
    return post(visitor, "/submit/xt_open", page or visitor.get("/submit/xt_open").text, *files, **(TYPED | typed))


def test_a_visitor_finds_the_form_hands_it_in_and_reads_number_and_code_once(browser):
    visitor = browser()
    assert 'href="/submit/xt_open"' in visitor.get("/submit").text
    answer = send(visitor, ("现场.jpg", jpeg()))
    assert (answer.status_code, answer.location) == (303, "/submitted")
    page = visitor.get("/submitted").text
    assert "XT20260001" in page
    [code] = re.findall(r">([2-9A-HJ-NP-Z]{8})<", page)
    again = visitor.get("/submitted").text
    assert code not in again
    assert "只显示一次" in again
    assert "正在确认由谁受理" in visitor.send("/query", case_no="XT20260001", code=code).text


def test_the_receiving_post_finds_it_in_the_inbox_with_the_file(browser):
    send(browser(), ("现场.jpg", jpeg()))
    clerk = browser("xinxiang")
    page = clerk.get(clerk.task).text
    assert 'value="跑了四次没办成"' in page
    case = clerk.first(r"/cases/\d+", "/cases")
    assert "现场.jpg" in clerk.get(case).text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "一句话说清"),
        ({"answer": "99"}, "答案不对，请再算一次"),
        ({"answer": "99", "title": ""}, "一句话说清"),  # told together with the wrong answer
        ({"question": "x.1.y"}, "这道题过期了"),
        ({"website": "http://example.org"}, "“网址”一栏请留空"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(browser, wrong, said):
    answer = send(browser(), **wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert ("答案不对，请再算一次" in answer.text) == (wrong.get("answer") == "99")
    assert 'value="欧阳锋"' in answer.text
    assert 'value="10000000777"' in answer.text


def test_who_answered_right_is_not_asked_again_for_another_mistake(browser):
    visitor = browser()
    first = visitor.get("/submit/xt_open").text
    answer = send(visitor, page=first, title="")
    assert hidden(answer.text)["question"] == hidden(first)["question"]
    assert f'name="answer" value="{hidden(first)["answer"]}"' in answer.text
    assert send(visitor, page=answer.text).status_code == 303


def test_a_disguised_file_is_refused_at_its_field(browser):
    answer = send(browser(), ("木马.jpg", b"MZ\x90\0"))
    assert answer.status_code == 422
    assert "“木马.jpg”：不是可以上传的文件" in answer.text
    assert 'value="欧阳锋"' in answer.text


def test_an_address_that_guesses_answers_waits(browser):
    visitor = browser()
    for _ in range(10):
        assert send(visitor, answer="99").status_code == 422
    refused = send(visitor)
    assert refused.status_code == 429
    assert "答错、查错的次数过多，请十分钟后再试" in refused.text
    assert 'value="欧阳锋"' in refused.text


def test_who_has_to_wait_is_told_before_big_files_are_read(browser):
    visitor = browser()
    page = visitor.get("/submit/xt_open").text
    for _ in range(10):
        assert send(visitor, page=page, answer="99").status_code == 422
    refused = send(visitor, ("大.jpg", jpeg() + bytes(5 * 1024 * 1024)), page=page)
    assert (refused.status_code, refused.request.environ["wsgi.input"].tell()) == (429, 0)
    assert "请十分钟后再试" in refused.text


def test_so_many_an_hour(browser):
    visitor = browser()
    for _ in range(10):
        assert send(visitor).status_code == 303
    refused = send(visitor)
    assert refused.status_code == 429
    assert "请一小时后再试" in refused.text


def test_sent_twice_it_is_one_case(browser):
    visitor = browser()
    page = visitor.get("/submit/xt_open").text
    send(visitor, page=page)
    send(visitor, page=page)
    assert visitor.get("/submitted").text.count("XT20260001") == 1
    assert len(set(re.findall(r"/cases/\d+", browser("xinxiang").get("/cases").text))) == 1


def test_script_in_every_field_is_text(browser):
    evil = "<script>alert(1)</script>"
    answer = send(browser(), title=evil, reporter_name=evil, answer="99")
    assert evil not in answer.text
    send(browser(), title=evil, reporter_name=evil)
    clerk = browser("xinxiang")
    assert evil not in clerk.get(clerk.task).text
    assert evil not in clerk.get("/cases").text


def test_a_flow_that_takes_nothing_from_outside_has_no_form(browser):
    assert browser().get("/submit/small").status_code == 404
    assert browser().get("/submit/none").status_code == 404


def test_a_form_that_was_open_too_long_gives_back_what_was_typed(browser):
    visitor = browser()
    answer = visitor.client.post("/submit/xt_open", data=TYPED, headers=visitor.origin)
    assert answer.status_code == 400
    assert "欧阳锋" in answer.text
    assert 'href="/submit/xt_open"' in answer.text


def test_whoever_registers_what_was_handed_in_looks_for_what_else_the_number_has_brought(browser, app):  # S-04
    send(browser())
    send(browser(), title="公租房轮候两年", reporter_phone="100-0000 0777")
    clerk = browser("xinxiang")
    [task] = re.findall(r'href="(/tasks/[^"]+)"[^>]*>跑了四次没办成<', clerk.get("/").text)
    assert "公租房轮候两年" not in clerk.get(task).text
    page = clerk.send(f"{task}/caller", page=task, kind="政务服务").text
    assert "公租房轮候两年" in page
    assert page.count("跑了四次没办成</a>") == 0  # itself
    assert 'value="政务服务"' in page
    with app.app_context():
        assert len(session.scalars(select(CallerLook)).all()) == 1
