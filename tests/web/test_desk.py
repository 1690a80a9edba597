"""The supervision desk in the browser: who opens it, 催办 from there, clues, cases looked at again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import Case, Clue, now, session
from operations.ticking.clock import tick
from papers.sheets import read_sheets
from tests.web.browser import path_of

DESK = ("/desk", "/desk?tab=soon", "/desk?tab=returned", "/desk?tab=extended", "/desk?tab=ordered", "/desk/rechecks")
MARCH = {"since": "2026-03-01", "until": "2026-03-12", "number": "1"}


@pytest.fixture
def supervisor(browser):
    """The supervision office (督查员)."""
    return browser("ducha")


@pytest.fixture
def registered(window):
    """The address of a case just registered; 签收 waits at the natural resources bureau."""
    return window.send("/register/small", title="办不成").location


@pytest.fixture
def late(app, registered, liaison, clock):
    """The same, signed, and 办理 three weeks late."""
    liaison.send(liaison.task)
    clock.now += timedelta(days=21)
    with app.app_context():
        tick()
    return registered


@pytest.fixture
def clue(app, registered):
    with app.app_context():
        case = session.scalars(select(Case)).one()
        case.lead_org = "natural_resources"
        words = {"org": "natural_resources", "reason": "督办仍未办理", "summary": "经办拖延不办"}
        session.add(Clue(case_id=case.id, raised_at=now(), **words))
        session.commit()


@pytest.fixture
def closed(app, registered, liaison):
    liaison.send(liaison.task)
    liaison.send(liaison.task, result="已办")
    with app.app_context():
        session.scalars(select(Case)).one().closed_at = now()
        session.commit()
    return registered


@pytest.mark.parametrize("address", [*DESK, "/desk/clues"])
def test_every_page_of_the_desk_opens_for_the_supervision_office(supervisor, address):
    page = supervisor.get(address)
    assert page.status_code == 200
    assert 'aria-current="page">督查台' in page.text


@pytest.mark.parametrize("username", ["ziran", "chuangkou", "fenliu", "guanli"])
@pytest.mark.parametrize("address", [*DESK, "/desk/clues", "/desk/rechecks/1"])
def test_for_others_the_desk_opens_nowhere(browser, username, address):
    somebody = browser(username)
    assert somebody.get(address).status_code == 403
    assert "/desk" not in somebody.get("/").text


def test_an_office_without_clues_has_the_desk_and_not_the_store(browser, clue):  # XT-20
    head = browser("fuzeren")
    assert head.get("/desk").status_code == 200
    assert "/desk/clues" not in head.get("/desk").text
    assert head.get("/desk/clues").status_code == 403


@pytest.mark.parametrize("username", ["ziran", "ziran_ld", "fuzeren"])
def test_the_unit_concerned_meets_the_clue_on_no_page(browser, registered, clue, username):  # XT-20
    somebody = browser(username)
    assert somebody.get("/").status_code == 200
    pages = ("/", "/?box=unit", "/cases", "/cases?search=拖延", "/documents", "/notices", "/desk", registered)
    for address in pages:
        text = somebody.get(address).text
        assert "拖延不办" not in text, address
        assert "督办仍未办理" not in text, address


def test_the_store_shows_a_clue_to_its_post(supervisor, clue):
    page = supervisor.get("/desk/clues").text
    assert "督办仍未办理" in page
    assert "经办拖延不办" in page
    assert "县自然资源局" in page


def test_a_supervisor_of_another_county_has_an_empty_desk(browser, late, clue):
    other = browser("xiaoneng")
    assert "没有已逾期的事项" in other.get("/desk").text
    assert "没有问责线索" in other.get("/desk/clues").text


def test_what_is_late_is_urged_from_the_desk(supervisor, late, liaison):
    page = supervisor.get("/desk").text
    assert "办不成" in page
    assert "逾期" in page
    address = supervisor.client.get("/desk").text.split('action="/desk/')[1].split('"')[0]
    answer = supervisor.send(f"/desk/{address}", page="/desk", words="请今天办结")
    assert path_of(answer) == "/desk"
    page = supervisor.get("/desk").text
    assert "已催办县自然资源局经办人" in page
    assert "请今天办结" in liaison.get("/notices").text


def test_urging_again_the_same_day_is_refused_and_gives_the_words_back(supervisor, late):
    [address] = {part.split('"')[0] for part in supervisor.get("/desk").text.split('action="')[1:] if "/urge" in part}
    supervisor.send(address, page="/desk")
    answer = supervisor.send(address, page="/desk", words="再催一次")
    assert answer.status_code == 409
    assert "今天已经催办过" in answer.text
    assert "再催一次" in answer.text


def test_a_tab_nobody_knows_is_not_found(supervisor):
    assert supervisor.get("/desk?tab=nothing").status_code == 404


def test_a_case_is_drawn_looked_at_again_and_what_was_found_is_told(supervisor, closed):
    drawn = path_of(supervisor.send("/desk/rechecks", **MARCH))
    assert "1</b> 件中随机抽取" in supervisor.get(drawn).text
    item = supervisor.first(r"/desk/rechecks/\d+\?item=\d+#item", drawn).partition("#")[0]
    address = f"{drawn}/{item.partition('=')[2]}"
    answer = supervisor.send(address, page=item, finding="untrue", words="")
    assert answer.status_code == 422
    assert "“核查情况”必填。" in answer.text
    assert 'value="untrue" checked' in answer.text
    assert path_of(supervisor.send(address, page=item, finding="untrue", words="电话核实，没有办成")) == drawn
    assert "电话核实，没有办成" in supervisor.get(drawn).text
    assert "回头看：不实" in supervisor.get(closed).text
    answer = supervisor.send(address, page="/desk/rechecks", finding="true", words="改口")
    assert answer.status_code == 409
    assert "改口" in answer.text


def test_a_draw_from_days_without_cases_says_so_and_keeps_what_was_typed(supervisor):
    answer = supervisor.send("/desk/rechecks", since="2026-02-02", until="2026-02-03", number="7")
    assert answer.status_code == 422
    assert "2026-02-02 到 2026-02-03 没有办结的事项。" in answer.text
    assert 'value="2026-02-02"' in answer.text
    assert 'value="7"' in answer.text


def test_a_draw_of_another_county_does_not_exist(browser, supervisor, closed):
    drawn = path_of(supervisor.send("/desk/rechecks", **MARCH))
    assert browser("xiaoneng").get(drawn).status_code == 404


def test_a_list_goes_out_as_an_excel_file_with_whom_each_case_waits_for(supervisor, late, liaison):
    line, mark = read_sheets(supervisor.get("/desk/desk.xlsx?tab=late").data)["已逾期"]
    assert (line.texts["标题"], line.texts["等谁办"]) == ("办不成", "县自然资源局经办人")
    assert "导出，内部资料，不得外传" in "".join(mark.texts.values())
    assert supervisor.get("/desk/desk.xlsx?tab=nothing").status_code == 404
    assert liaison.get("/desk/desk.xlsx").status_code == 403
