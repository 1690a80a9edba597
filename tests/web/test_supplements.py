"""补充材料 as whoever brought the case meets it, from the page of the progress: no account, no script."""

import re

import pytest

from operations.house.deployments import deploy
from tests.portal_flow import FILES
from tests.uploads import jpeg
from tests.web.public_pages import hidden, post

TYPED = {"title": "跑了四次没办成", "reporter_name": "欧阳锋", "reporter_phone": "10000000777"}
HERE = "/query/supplement"
WORDS = "又跑了一次"


@pytest.fixture
def code(app, browser):
    """Of the case XT20260001, which has just been handed in."""
    with app.app_context():
        deploy("xt_open", FILES)
    visitor = browser()
    post(visitor, "/submit/xt_open", visitor.get("/submit/xt_open").text, **TYPED)
    return re.search(r">([2-9A-HJ-NP-Z]{8})<", visitor.get("/submitted").text)[1]


def given_on(text):
    return re.search(r'name="given" value="([^"]+)"', text)[1]


def opened(visitor, code):
    """The form, as the button on the page of the progress opens it."""
    found = visitor.send("/query", case_no="XT20260001", code=code).text
    assert f'action="{HERE}"' in found
    return post(visitor, HERE, visitor.get("/query").text, given=given_on(found), begin="yes")


def test_words_and_files_reach_the_clerk_s_case_file_and_notices(code, browser):
    visitor = browser()
    page = opened(visitor, code)
    assert page.status_code == 200
    assert code not in page.text
    answer = post(visitor, HERE, page.text, ("回执.jpg", jpeg()), words=WORDS)
    assert (answer.status_code, answer.location) == (303, "/query")
    assert "已经收到" in visitor.get("/query").text
    clerk = browser("xinxiang")
    case = clerk.get(clerk.first(r"/cases/\d+", "/cases")).text
    assert WORDS in case
    assert "回执.jpg" in case
    assert "反映人补充了材料" in clerk.get("/notices").text


@pytest.mark.parametrize(
    ("wrong", "said"), [({"answer": "99"}, "答案不对"), ({"words": WORDS * 250}, "1000"), ({"website": "x"}, "请留空")]
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(code, browser, wrong, said):
    visitor = browser()
    page = opened(visitor, code).text
    answer = post(visitor, HERE, page, **({"words": WORDS} | wrong))
    assert answer.status_code == 422
    assert said in answer.text
    assert WORDS in answer.text
    assert post(visitor, HERE, answer.text, words=WORDS).status_code == 303


def test_a_disguised_file_is_refused_at_its_field(code, browser):
    visitor = browser()
    answer = post(visitor, HERE, opened(visitor, code).text, ("木马.jpg", b"MZ\x90\0"), words=WORDS)
    assert answer.status_code == 422
    assert "“木马.jpg”：不是可以上传的文件" in answer.text
    assert WORDS in answer.text


def test_a_page_that_was_open_too_long_gives_back_what_was_typed(code, browser, clock):
    visitor = browser()
    page = opened(visitor, code).text
    answer = post(visitor, HERE, page, words=WORDS, given=hidden(page)["given"][:-1])
    assert answer.status_code == 404
    assert "请重新输入编号和查询码" in answer.text
    assert WORDS in answer.text
    assert 'action="/query"' in answer.text


def test_what_is_closed_meanwhile_says_so_and_offers_nothing(code, browser):
    visitor = browser()
    page = opened(visitor, code).text
    clerk, handler = browser("xinxiang"), browser("ziran")
    clerk.send(clerk.task, title="跑了四次没办成", kind="政务服务")
    handler.send(handler.task, public_reply="已经办好")
    answer = post(visitor, HERE, page, words=WORDS)
    assert answer.status_code == 409
    assert "已经办结，不能再补充材料" in answer.text
    assert WORDS in answer.text
    assert HERE not in visitor.send("/query", case_no="XT20260001", code=code).text


def test_script_in_the_words_is_text(code, browser):
    evil = "<script>alert(1)</script>"
    visitor = browser()
    page = opened(visitor, code).text
    assert evil not in post(visitor, HERE, page, words=evil, answer="99").text
    post(visitor, HERE, page, words=evil)
    clerk = browser("xinxiang")
    assert evil not in clerk.get(clerk.first(r"/cases/\d+", "/cases")).text
