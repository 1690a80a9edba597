"""Parameters on a page: where they come from, what they were, and who changes them (SPEC 2.6, C-11)."""

import pytest

from models import session
from operations.house.deployments import deploy
from tests.small_flow import FILES
from tests.web.browser import Browser

ADDRESS = "/studio/parameters"


@pytest.fixture
def manager(app, browser) -> Browser:
    """Of 湘潭, whose document's flow is in use."""
    with app.app_context():
        deploy("xt_small", {"xt_small.bpmn": FILES["small.bpmn"].replace(b'"small"', b'"xt_small"'), **forms()})
        deploy("tz_other", {"tz_other.bpmn": elsewhere(FILES["small.bpmn"]), **forms()})
        session.remove()
    return browser("liucheng")


def forms() -> dict[str, bytes]:
    return {name: content for name, content in FILES.items() if name.endswith(".form.json")}


def elsewhere(content: bytes) -> bytes:
    """The same flow at posts of another county."""
    there = content.replace(b'"small"', b'"tz_other"').replace(b"natural_resources", b"tz_natural_resources")
    return there.replace(b"task_force", b"tz_whistle_office")


def typed(browser: Browser, basis: str = "", document: str = "XT", **values: str) -> dict[str, str]:
    page = browser.get(f"{ADDRESS}?document={document}").text
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    boxes = {f"value:{key}": text for key, text in values.items()}
    return {"document": document, "seen": seen, "basis": basis} | boxes


def test_a_value_that_departs_from_the_document_asks_for_the_one_that_allows_it(manager):
    values = typed(manager, **{"xt.handle_days.general": "3", "xt.urge_days": "2"})
    refused = manager.send(ADDRESS, **values)
    assert refused.status_code == 422
    assert "由文件原文规定（XT-12），修改须填写依据文号" in refused.text
    assert 'name="value:xt.handle_days.general" value="3"' in refused.text  # nothing typed is lost
    assert manager.send(ADDRESS, **(values | {"basis": "潭县政发〔2026〕9号"})).status_code == 303
    page = manager.get(f"{ADDRESS}?document=XT").text
    assert "段立新" in page
    assert "<b>一般件办理时限</b>" in page
    assert "依据 潭县政发〔2026〕9号" in page
    assert 'href="/clauses?document=XT&amp;search=XT-12"' in page


def test_a_wrong_value_says_so_beside_its_box_and_what_was_changed_meanwhile_is_not_overwritten(manager):
    refused = manager.send(ADDRESS, **typed(manager, **{"xt.urge_days": "许多", "xt.supervise_days": "4"}))
    assert 'id="e-xt.urge_days"' in refused.text
    assert 'id="e-xt.supervise_days"' not in refused.text
    old = typed(manager, **{"xt.urge_days": "2"})
    manager.send(ADDRESS, **typed(manager, **{"xt.urge_days": "4"}))
    late = manager.send(ADDRESS, **(old | {"value:xt.urge_days": "２"}))  # a full-width digit is one
    assert "别人刚才改成了“4”，请核对。" in late.text


def test_a_manager_has_their_own_countys_parameters_and_the_administrator_the_common_ones(manager, browser):
    page = manager.get(ADDRESS).text
    assert "document=XT" in page
    assert "document=TZ" not in page
    assert "document=ALL" not in page
    assert manager.get(f"{ADDRESS}?document=TZ").status_code == 404
    theirs = typed(manager, "〔2026〕1号", **{"tz.joint_days": "2"})
    refused = manager.send(ADDRESS, **theirs)
    assert "参数“联商会办期限（tz.joint_days）”是别的县的，您不能修改。" in refused.text
    guanli = browser("guanli")
    assert guanli.send(ADDRESS, **typed(guanli, document="ALL", **{"revisit.max_attempts": "4"})).status_code == 303
    assert browser("sheji").get(ADDRESS).status_code == 403


def test_weights_are_changed_together(browser):
    guanli = browser("guanli")
    one = typed(guanli, "泰高政办〔2026〕1号", "TZ", **{"tz.w.case": "0.6"})
    refused = guanli.send(ADDRESS, **one)
    assert "权重之和应为100%" in refused.text
    assert guanli.send(ADDRESS, **(one | {"value:tz.w.enterprise": "0.4"})).status_code == 303
