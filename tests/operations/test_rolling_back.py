"""A version that does harm is taken back at once; running cases keep theirs (C-11)."""

import re

import pytest

from errors import AlreadyChanged, NotAllowed, NotFound
from models import SYSTEM, ProcessDefinition, ProcessInstance, session
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from operations.studio.approving import approve_draft, submit_draft
from operations.studio.drafts import begin_draft, save_file
from operations.studio.gates import NotReady
from operations.studio.rolling_back import NotRolledBack, roll_back
from operations.studio.values import set_value
from operations.studio.values_back import NotTakenBack
from queries.studio.versions import versions_page
from reference import definitions, parameters
from tests.engine.diagrams import diagram, end, start, user
from tests.operations.publishing import pass_scenarios, ready_draft
from tests.people import holder_of, person
from tests.small_flow import DIAGRAM, FILES, HANDLER

SECOND = diagram(
    "small_two",
    start("second_start"),
    user("second_sign", name="签收", candidates=HANDLER, form="F.sign", clauses="XT-10"),
    end("second_end"),
    flows="second_start second_sign second_end",
    name="第二个",
)

HANDLE_DAYS, SIGN_DAYS = "xt.handle_days.general", "xt.auto_sign_days"


@pytest.fixture
def first(county, clock):
    """The version before the one that a draft has brought into use."""
    draft = ready_draft()
    before = definitions.newest("small").id
    submit_draft(draft.id, by=person("sheji"))
    approve_draft(draft.id, by=person("liucheng"))
    return before


def version_of(instance):
    row = session.get_one(ProcessInstance, instance.id, populate_existing=True)
    return session.get_one(ProcessDefinition, row.definition_id).version


def test_new_cases_take_the_older_files_and_running_ones_keep_theirs(first):
    running = start_process("small", {}, by=SYSTEM).instance
    [row] = roll_back(first, "踏勘没有人手", by=person("liucheng"))
    assert row.version == 3
    assert definitions.files(row.id)["small.bpmn"] == DIAGRAM
    assert [version_of(running), version_of(start_process("small", {}, by=SYSTEM).instance)] == [2, 3]
    lines = [(each.number, each.by, each.reason, each.restored, each.running, each.same) for each in page().versions]
    assert lines == [
        (3, "段立新", "踏勘没有人手", 1, 1, True),
        (2, "段立新", "办理改为踏勘办理", None, 1, False),
        (1, "系统", "", None, 0, True),
    ]


def test_parameters_set_with_a_later_version_go_back_where_they_are_ticked_and_stay_else(county, clock):
    draft = ready_draft()
    set_value(draft.id, HANDLE_DAYS, 3, basis="湘潭县〔2026〕9号", by=person("sheji"))
    set_value(draft.id, SIGN_DAYS, 20, basis="湘潭县〔2026〕9号", by=person("sheji"))
    pass_scenarios(draft.id)
    first, liucheng = definitions.newest("small").id, person("liucheng")
    before = {key: parameters.in_force(key, None) for key in (HANDLE_DAYS, SIGN_DAYS)}
    submit_draft(draft.id, by=person("sheji"))
    approve_draft(draft.id, by=liucheng)
    shown = [[(each.key, each.version) for each in line.later] for line in page().versions]
    assert shown == [[], [(SIGN_DAYS, 2), (HANDLE_DAYS, 2)]]
    with pytest.raises(NotTakenBack, match=re.escape("xt.extend_max_times")):
        roll_back(first, "不合适", by=liucheng, parameters=["xt.extend_max_times"])
    with pytest.raises(NotAllowed, match="依据文号"):
        roll_back(first, "不合适", by=liucheng, parameters=[HANDLE_DAYS])
    assert definitions.newest("small").version == 2  # all of it or nothing
    roll_back(first, "不合适", by=liucheng, parameters=[HANDLE_DAYS], basis="湘潭县〔2026〕12号")
    assert parameters.in_force(HANDLE_DAYS, None) == before[HANDLE_DAYS]
    assert parameters.in_force(SIGN_DAYS, None) == 20


def test_who_may_not_why_not_and_what_is_in_use_is_told(first):
    with pytest.raises(NotAllowed, match="回退"):
        roll_back(first, "不合适", by=person("sheji"))
    with pytest.raises(NotRolledBack, match="原因"):
        roll_back(first, " ", by=person("liucheng"))
    with pytest.raises(AlreadyChanged, match="又有人发布了第 2 版"):
        roll_back(first, "不合适", seen=first, by=person("liucheng"))
    with pytest.raises(NotRolledBack, match="就是现在用的"):
        roll_back(definitions.newest("small").id, "不合适", by=person("liucheng"))
    with pytest.raises((NotFound, NotAllowed)):
        roll_back(first, "不合适", by=holder_of("yl_whistle_office:head"))


def test_a_flow_that_a_roll_back_left_behind_is_taken_along_again_when_it_is_mended(county, clock):
    deploy("small", FILES)
    first = definitions.newest("small").id
    publish(SECOND)
    roll_back(first, "第二个不合适", by=person("liucheng"))
    with pytest.raises(NotReady, match="请从它新建草稿"):
        publish(SECOND.replace("签收".encode(), "接件".encode()), flow="small_two")
    assert page().left_behind == {"small_two": "第二个"}
    publish(SECOND.replace("签收".encode(), "接件".encode()))
    assert (definitions.newest("small").version, definitions.newest("small_two").version) == (4, 2)


def publish(second, flow="small"):
    draft = begin_draft(flow, "另有一个流程", by=person("sheji"))
    save_file(draft.id, "small_two.bpmn", second, seen=0, by=person("sheji"))
    pass_scenarios(draft.id)
    submit_draft(draft.id, by=person("sheji"))
    approve_draft(draft.id, by=person("liucheng"))


def page():
    return versions_page("small", person("sheji"))
