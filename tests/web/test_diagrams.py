"""The drawing of a flow as each reader gets it (XT-20)."""

import json
import re
from html import unescape

import pytest

from models import SYSTEM
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from tests.queries.flow import FILES


@pytest.fixture
def case(app):
    """The address of a case of the flow with a secret."""
    with app.app_context():
        deploy("secret", FILES)
        return f"/cases/{start_process('secret', {}, by=SYSTEM).instance.case.id}"


def drawings(somebody, case):
    data = re.search(r'id="page-data">(.*?)</script>', somebody.get(case).text, re.S)
    return json.loads(unescape(data[1]))["diagrams"]


def test_whoever_may_not_see_clues_is_served_a_drawing_without_them(case, liaison):
    [drawing] = drawings(liaison, case)
    answer = liaison.get(drawing["address"])
    assert 'id="handle"' in answer.text
    for secret in ("weigh", "explain", "研究线索", "说明情况"):
        assert secret not in answer.text
        assert secret not in json.dumps(drawing, ensure_ascii=False)


def test_a_browser_keeps_a_drawing_and_asks_whether_it_is_still_the_same(case, app, liaison):
    [drawing] = drawings(liaison, case)
    first = liaison.get(drawing["address"])
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = liaison.get(drawing["address"], headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.text) == (304, "")
    assert again.headers["Cache-Control"] == "private, no-cache"
    other = liaison.get(drawing["address"], headers={"If-None-Match": '"of another version"'})
    assert (other.status_code, other.text) == (200, first.text)


def test_the_whole_drawing_has_another_address_which_is_closed_to_others(case, liaison, browser):
    supervisor = browser("ducha")
    [drawing] = drawings(supervisor, case)
    answer = supervisor.get(drawing["address"])
    assert 'id="weigh"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert liaison.get(drawing["address"]).status_code == 403
