"""A manager asks what another limit would have come to, and sets it: new cases have it (issue 5.6)."""

import re

import pytest

from commands.trials import register
from models import session
from operations.house.folders import deploy_folder
from operations.ticking.jobs import play_jobs
from tests.scenarios.finished import XT, begin_one, finish
from tests.web.browser import Browser, path_of

ADDRESS, LIMIT = "/studio/whatif", "value:xt.handle_days.general"


@pytest.fixture
def manager(app, clock, browser) -> Browser:
    """Of a county in whose last quarter three cases were handled: within one day, within four, and two days late."""
    with app.app_context():
        deploy_folder(XT)
        finish(clock)
        session.remove()
    return browser("liucheng")


def test_how_many_of_a_quarter_would_have_come_before_the_inspectors_with_three_days_for_five(app, clock, manager):
    assert "先推演：改了会怎样" in manager.get("/studio/parameters?document=XT").text
    asked = {"flow": "xt_cannot", "days": "92", "draft": "0"}
    refused = manager.send(ADDRESS, page=ADDRESS, **asked, **{LIMIT: "许多"})
    assert (refused.status_code, 'value="许多"' in refused.text) == (422, True)  # nothing typed is lost
    assert "请选一份草稿，或者改至少一项参数" in manager.send(ADDRESS, page=ADDRESS, **asked, **{LIMIT: "5"}).text
    result = path_of(manager.send(ADDRESS, page=ADDRESS, **asked, **{LIMIT: "3"}))
    assert manager.get(f"{result}/now").json["goes_on"]
    with app.app_context():
        register()
        play_jobs()
    page = manager.get(result).text
    assert "推演了 3 件。" in page
    assert row(page, "到督查、问责单位") == ["0", "1", "+1"]
    assert row(page, "出了督办单") == ["0", "1", "+1"]
    assert row(page, "出了催办单") == ["1", "2", "+1"]
    assert row(page, "逾期：办理时限") == ["1", "2", "+1"]
    assert "走别的路（2）" in page
    assert "没有不同（1）" in page
    assert '"CA04_order": [0, 1]' in page
    assert "次日办结" in manager.get(f"{result}?verdict=same").text

    seen = re.search(r'name="seen" value="(\d+)"', manager.get("/studio/parameters?document=XT").text)[1]
    basis = {"document": "XT", "seen": seen, "basis": "潭县政发〔2026〕9号"}
    assert manager.send("/studio/parameters", page="/studio/parameters", **basis, **{LIMIT: "3"}).status_code == 303
    with app.app_context():
        assert f"{begin_one(clock).due_at:%Y-%m-%d}" == "2026-04-02"


def row(page: str, name: str) -> list[str]:
    """The numbers of one line: really, under what was asked, the difference."""
    cells = page.partition(f'<td class="break">{name}</td>')[2].partition("</tr>")[0]
    return re.findall(r">([+-]?\d+|不变)<", cells)
