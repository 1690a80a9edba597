"""The knowledge base: written by whose post it is, versioned, and offered where people register and reply."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import Case, session
from operations.house.deployments import deploy
from tests.engine.diagrams import diagram, end, service, start, user
from tests.small_flow import FILES as SMALL
from tests.small_flow import form
from tests.web.browser import path_of
from tests.web.flow import REGISTER

ENTRY = {"title": "水表抄错怎么退费", "question": "水费多收", "answer": "请凭户号到营业厅，三个工作日内退还。"}
ANSWERED_AT_ONCE = {
    "spot.bpmn": diagram(
        "spot",
        start(),
        user("register", name="登记", candidates="receiver_post", form="F.register"),
        user("reply", name="当场答复", candidates="receiver_post", form="F.reply"),
        service("file", "case.archive", name="归档", parameters={"result": '"archived"'}, status="archived"),
        end("done"),
        flows="start register reply file done",
    ),
    "F.register.form.json": REGISTER,
    "F.reply.form.json": form("F.reply", {"type": "textarea", "key": "reply", "label": "答复内容"}),
    "d07_light.dmn": SMALL["d07_light.dmn"],
}


@pytest.fixture
def writer(browser):
    return browser("fenliu")


def test_a_number_that_no_case_has_is_no_fault_of_ours(writer):
    assert writer.get("/knowledge/new?case=99999999999999999999").status_code == 400


@pytest.fixture
def entry(writer):
    return path_of(writer.send("/knowledge/new", **ENTRY))


def test_a_change_is_a_version_and_an_old_tab_undoes_nobody_s_words(writer, entry):
    given = writer.hidden(f"{entry}/change")
    assert path_of(writer.send(f"{entry}/change", given="1", **ENTRY | {"answer": "到网上退。"})) == entry
    page = writer.get(entry).text
    assert "到网上退。" in page
    assert "第 1 版" in page
    assert ENTRY["answer"] in page
    late = writer.client.post(f"{entry}/change", data=given | {"given": "1"} | ENTRY, headers=writer.origin)
    assert late.status_code == 409
    assert ENTRY["answer"] in late.text


def test_two_clicks_write_one_entry(writer):  # P3
    once = writer.hidden("/knowledge/new") | ENTRY
    first, second = (writer.client.post("/knowledge/new", data=once, headers=writer.origin) for _ in range(2))
    assert path_of(first) == path_of(second)
    assert path_of(writer.send("/knowledge/new", **ENTRY)) != path_of(first)


def test_what_is_typed_at_registration_brings_the_entries_near_it(entry, writer, window):
    typed = {"title": "我家水表抄错了", "page": "/register/small"}
    page = window.send("/register/small/answers", **typed).text
    assert ENTRY["answer"] in page
    assert "相同的词：水表抄错" in page
    assert 'value="我家水表抄错了"' in page
    writer.send(f"{entry}/change", given="1", withdrawn="true", **ENTRY)
    assert "知识库里没有相近的条目。" in window.send("/register/small/answers", **typed).text
    assert "已停用" in window.get("/knowledge?search=营业厅").text


def test_an_entry_ends_with_its_last_day(entry, writer, window, clock):
    writer.send(f"{entry}/change", given="1", valid_until="2026-03-12", **ENTRY)
    typed = {"title": "水表抄错", "page": "/register/small"}
    assert ENTRY["answer"] in window.send("/register/small/answers", **typed).text
    clock.now += timedelta(days=1)
    assert ENTRY["answer"] not in window.send("/register/small/answers", **typed).text
    assert "已过期" in window.get("/knowledge").text


def test_whoever_answers_on_the_spot_puts_it_into_the_reply(entry, app, window):
    with app.app_context():
        deploy("spot", ANSWERED_AT_ONCE)
    path_of(window.send("/register/spot", title="水表抄错了"))
    page = window.get(window.task).text
    assert ENTRY["answer"] in page
    assert 'data-into="reply"' in page


def test_a_closed_case_that_was_answered_begins_an_entry_without_anybody_s_number(app, writer, window):  # S-04, C-09
    with app.app_context():
        deploy("spot", ANSWERED_AT_ONCE)
    case = path_of(window.send("/register/spot", title="10000000001 家的水表抄错了"))
    begin = f"/knowledge/new?case={case.rpartition('/')[2]}"
    assert "入知识库" not in writer.get(case).text
    assert writer.get(begin).status_code == 404
    window.send(window.task, reply="凭户号到营业厅退费，已电告10000000001。")
    assert f'href="{begin}"' in writer.get(case).text
    assert "入知识库" not in window.get(case).text
    page = writer.get(begin).text
    assert "凭户号到营业厅退费" in page
    assert "家的水表抄错了" in page
    assert "10000000001" not in page
    assert "凭户号" not in writer.get("/knowledge").text  # nothing is kept before it is saved
    other = writer.hidden(begin) | ENTRY  # a colleague has begun one as well
    entry = path_of(writer.send(begin, **ENTRY))
    assert f'href="{entry}">知识库条目' in writer.get(case).text
    assert "入知识库" not in writer.get(case).text
    assert path_of(writer.get(begin)) == entry
    late = writer.client.post(begin, data=other, headers=writer.origin)
    assert (late.status_code, ENTRY["answer"] in late.text, "已经照这一件写了一条" in late.text) == (409, True, True)
    with app.app_context():
        session.scalars(select(Case)).one().confidential = True
        session.commit()
    assert writer.get(begin).status_code == 404


def test_another_county_has_a_knowledge_base_of_its_own(entry, browser):
    other = browser("xx_shenhe")
    assert ENTRY["title"] not in other.get("/knowledge").text
    assert other.get(entry).status_code == 404
    assert other.send(f"{entry}/change", page="/knowledge/new", given="1", **ENTRY).status_code == 404


def test_a_phrase_is_one_s_own_or_the_unit_s_and_its_people_s_alone(browser, window, liaison):
    window.send("/phrases", text="请耐心等候", whose="own")
    window.send("/phrases", text="<b>已转承办单位</b>", whose="service_hall")
    page = window.get("/phrases").text
    assert "请耐心等候" in page
    assert "&lt;b&gt;已转承办单位&lt;/b&gt;" in page
    assert "data-phrase>" not in liaison.get("/phrases").text
    assert liaison.send("/phrases/1/delete", page="/phrases").status_code == 404
    assert liaison.send("/phrases", text="抢", whose="service_hall").status_code == 422
    window.send("/phrases/1/delete", page="/phrases")
    assert "请耐心等候" not in window.get("/phrases").text
