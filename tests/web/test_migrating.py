"""A manager takes running cases to another version on a page: which may, a few first, the rest, and back."""

import re

import pytest

from operations.house.deployments import deploy
from operations.ticking.jobs import run_jobs
from reference import definitions
from tests.web.browser import path_of
from tests.web.flow import FILES

PAGE = "/studio/flows/small/migrate"
SIGNED_ELSEWHERE = re.sub(
    rb'( (?:id|sourceRef|targetRef|attachedToRef|bpmnElement))="sign"', rb'\1="receive"', FILES["small.bpmn"]
)


@pytest.fixture
def renamed(waiting, app):
    """Three cases wait for 签收, and the newest version calls that step otherwise: ids of the two versions."""
    with app.app_context():
        old = definitions.newest("small").id
        return old, deploy("small", {**FILES, "small.bpmn": SIGNED_ELSEWHERE}).id


def test_a_manager_maps_tries_one_takes_the_rest_and_all_of_them_back(browser, renamed, app):
    manager, (old, new) = browser("liucheng"), renamed
    page = manager.get(PAGE).text
    assert "要指定对应环节 3 件" in page
    assert "停在「签收」（sign），新版没有这个环节：请选对应的环节。" in page
    chosen = {"old": str(old), "new": str(new), "to:sign": "receive"}
    mapped = manager.client.get(PAGE, query_string=chosen).text
    assert "可以迁移 3 件" in mapped
    group = re.search(r'href="([^"]*/cases/[^"]*)"', mapped)[1].replace("&amp;", "&")
    assert [title in manager.get(group).text for title in ("甲案", "乙案", "丙案")] == [True] * 3

    refused = manager.send(PAGE, **chosen, reason=" ")
    assert (refused.status_code, "请写明迁移的原因" in refused.text) == (422, True)
    canary = path_of(manager.send(PAGE, **chosen, reason="签收改为接收", canary="1", only="1"))
    assert "迁移的还没有" not in manager.send(PAGE, **chosen, reason="再来").text
    assert manager.get(f"{canary}/now").json["goes_on"]
    work(app)
    assert "迁移 1 件" in manager.get(canary).text
    whole = path_of(manager.send(PAGE, **chosen, reason="签收改为接收"))
    work(app)
    assert "迁移 2 件" in manager.get(f"{whole}?all=1").text
    back = path_of(manager.send(f"{whole}/back", page=whole, reason="接收的表还没有改好"))
    work(app)
    assert "退回 2 件" in manager.get(back).text
    assert "要指定对应环节 2 件" in manager.get(PAGE).text


def work(app) -> None:
    with app.app_context():
        run_jobs()
