"""What the page of a case lets one do to its file, as a browser sends it."""

import re

from operations.house.deployments import deploy
from tests.rated_flow import FILES


def test_a_note_is_written_on_the_page_and_what_was_typed_stays_when_it_is_too_long(window):
    address = window.send("/register/small", title="办证难").location
    refused = window.send(f"{address}/notes", address, remark="长" * 501)
    assert refused.status_code == 422
    assert "长" * 501 in refused.text
    assert "最多 500 字" in refused.text
    assert window.send(f"{address}/notes", address, remark="<b>已约周三</b>").location == f"{address}#notes"
    assert "&lt;b&gt;已约周三" in window.get(address).text


def test_whoever_works_on_a_merged_case_takes_the_leaders_reply_over_into_the_form(app, window, liaison):
    with app.app_context():
        deploy("xt_rated", FILES)
    leader, follower = (
        window.send("/register/xt_rated", title="办证难", reporter_name=who).location for who in ("王小明", "李红")
    )
    page = window.get(f"{follower}/link").text
    assert "怎样连起来" in page
    refused = window.send(f"{follower}/link", other="XT99990001", kind="merged", link_reason="同一件")
    assert "没有这个编号的事项" in refused.text
    window.send(f"{follower}/link", other="XT20260001", kind="merged", link_reason="同一件")
    assert "XT20260001" in window.get(follower).text
    tasks = [liaison.first(r"/tasks/[^/]+", address) for address in (leader, follower)]
    assert "主件还没有答复" in liaison.get(tasks[1]).text
    liaison.send(tasks[0], public_reply="王小明已换发证书，电话13812340000")
    taken = liaison.send(f"{tasks[1]}/leaders-reply", tasks[1], public_reply="")
    assert "填到表里" in taken.text
    assert re.search(r"<textarea[^>]*>反映人已换发证书，电话\*\*\*\*</textarea>", taken.text)
    typed = liaison.send(f"{tasks[1]}/leaders-reply", tasks[1], public_reply="自己写的答复")
    assert re.search(r"<textarea[^>]*>自己写的答复</textarea>", typed.text)
    unlink = window.first(r"/cases/\d+/links/\d+/end", follower)
    window.send(unlink, link_reason="不是一件")
    assert "没有与别的事项连起来" in window.get(follower).text


def test_a_deadline_is_disputed_from_its_explanation_and_answered_from_the_desk(window, browser):
    case = window.send("/register/small", title="办证难").location
    address = window.first(r"/cases/\d+/deadlines/\d+/dispute", case)
    assert window.send(address, dispute=" ").status_code == 422
    window.send(address, dispute="当天停电")
    supervisor = browser("ducha")
    assert "办证难" in supervisor.get("/desk?tab=disputed").text
    answer = supervisor.first(r"/cases/\d+/disputes/\d+", case)
    refused = supervisor.send(answer, verdict="corrected", answer="已经改过")
    assert refused.status_code == 422
    assert "已经改过" in refused.text
    supervisor.send(answer, verdict="upheld", answer="当天未停电")
    page = window.get(case).text
    assert "维持" in page
    assert "当天未停电" in page
