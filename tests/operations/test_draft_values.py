"""A new value of a parameter waits in a draft with the files that belong to it (C-11)."""

import pytest

from errors import NotAllowed
from operations.house.deployments import deploy
from operations.house.parameters import BadParameterValue
from operations.studio.drafts import begin_draft
from operations.studio.values import set_value, unset_value
from queries.studio.comparing import draft_against
from queries.studio.values import draft_values
from reference import parameters
from tests.people import person
from tests.small_flow import FILES

SIGN, HANDLE = "xt.auto_sign_days", "xt.handle_days.general"


@pytest.fixture
def draft(county):
    deploy("small", FILES)
    return begin_draft("small", "签收改为三个工作日", by=person("sheji"))


def changes(draft):
    return [
        (each.key, each.old, each.new, each.basis) for each in draft_against(draft.id, None, person("sheji")).values
    ]


def test_it_stands_in_the_draft_and_is_not_yet_in_force(draft):
    before = parameters.in_force(HANDLE, None)
    set_value(draft.id, HANDLE, 3, basis="潭县政发〔2026〕1号", by=person("sheji"))
    assert parameters.in_force(HANDLE, None) == before
    assert changes(draft) == [(HANDLE, f"{before}个工作日", "3个工作日", "潭县政发〔2026〕1号")]
    unset_value(draft.id, HANDLE, by=person("sheji"))
    assert changes(draft) == []


def test_it_is_checked_as_when_it_is_set(draft):
    with pytest.raises(NotAllowed, match="依据文号"):  # what the document says needs another that allows it (SPEC 2.6)
        set_value(draft.id, HANDLE, 3, basis=" ", by=person("sheji"))
    with pytest.raises(BadParameterValue, match="整数"):
        set_value(draft.id, HANDLE, 9999, basis="潭县政发〔2026〕1号", by=person("sheji"))


def test_a_parameter_of_another_flow_or_of_the_administrators_is_refused(draft):
    offered = {line.row.key for line in draft_values(draft.id, person("sheji"))[1]}
    assert {SIGN, HANDLE} <= offered
    with pytest.raises(NotAllowed, match="没有用到"):
        set_value(draft.id, "yl.weight.office", 1, basis="", by=person("sheji"))
    with pytest.raises(NotAllowed, match="系统管理员"):
        set_value(draft.id, "sec.pwd_min_len", 1, basis="", by=person("sheji"))
