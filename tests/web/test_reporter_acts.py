"""评价 and 修改评价 as whoever brought the case meets them, from the page of the progress: no account, no script."""

import re

import pytest

from operations.house.deployments import deploy
from tests.rated_flow import FILES
from tests.web.public_pages import hidden, post

NUMBER = "XT20260001"


@pytest.fixture
def code(app, window, browser):
    """Of a case that waits for its rating."""
    with app.app_context():
        deploy("xt_rated", FILES)
    address = window.send("/register/xt_rated", title="跑了四次", reporter_name="欧阳锋").location
    handler = browser("ziran")
    handler.send(handler.task, public_reply="已经办好")
    return re.findall("查询码 ([0-9A-Z]{8})", window.get(address).text)[0]


def found(visitor, code):
    return visitor.send("/query", case_no=NUMBER, code=code).text


def opened(visitor, code, element):
    given = re.search(r'name="given" value="([^"]+)"', found(visitor, code))[1]
    return post(visitor, f"/query/act/{element}", visitor.get("/query").text, given=given, begin="yes")


def send(visitor, code, element, page="", **typed):
    return post(visitor, f"/query/act/{element}", page or opened(visitor, code, element).text, **typed)


def test_rated_and_changed_once(code, browser):
    visitor = browser()
    assert ">评价</button>" in found(visitor, code)
    answer = send(visitor, code, "rate", satisfaction="不满意")
    assert (answer.status_code, answer.location) == (303, "/query")
    assert "已经提交" in visitor.get("/query").text
    text = found(visitor, code)
    assert ">评价</button>" not in text
    assert ">修改评价</button>" in text
    assert send(visitor, code, "changed", satisfaction="基本满意").status_code == 303
    text = found(visitor, code)
    assert "已经办结归档" in text
    assert "评价</button>" not in text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"satisfaction": "", "answer": "99"}, ["请选择“评价”。", "答案不对"]),
        ({"answer": "99"}, ["答案不对"]),
        ({"website": "x"}, ["请留空"]),
    ],
)
def test_what_is_wrong_is_said_and_the_choice_stays(code, browser, wrong, said):
    visitor = browser()
    answer = send(visitor, code, "rate", **({"satisfaction": "不满意"} | wrong))
    assert answer.status_code == 422
    assert [words for words in said if words not in answer.text] == []
    assert ("checked" in answer.text) == bool(wrong.get("satisfaction", "不满意"))
    assert send(visitor, code, "rate", answer.text, satisfaction="不满意").status_code == 303


def test_who_was_faster_at_the_counter_leaves_the_page_saying_so(code, browser):
    visitor, handler = browser(), browser("ziran")
    page = opened(visitor, code, "rate").text
    handler.send(handler.task, satisfaction="满意")
    answer = send(visitor, code, "rate", page, satisfaction="不满意")
    assert answer.status_code == 409
    assert "已经办过，或者期限已过" in answer.text
    assert "修改评价" in found(visitor, code)


@pytest.mark.parametrize("element", ["work", "may_change", "none"])
def test_nothing_else_opens(code, browser, element):
    visitor = browser()
    assert opened(visitor, code, element).status_code == 409


def test_without_a_pass_nothing_opens(code, browser):
    visitor = browser()
    answer = post(visitor, "/query/act/rate", visitor.get("/query").text, begin="yes")
    assert answer.status_code == 404
    assert "请重新输入编号和查询码" in answer.text


def test_an_expired_session_gives_back_what_was_typed(code, browser):
    visitor = browser()
    sent = hidden(opened(visitor, code, "rate").text) | {"satisfaction": "不满意", "csrf_token": "old"}
    answer = visitor.client.post("/query/act/rate", data=sent, headers=visitor.origin)
    assert answer.status_code == 400
    assert "不满意" in answer.text
    assert 'href="/query"' in answer.text
