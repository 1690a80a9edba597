"""A county does without one of the documents (C-11)."""

import pytest
from sqlalchemy import select

from errors import NotAllowed, NotFound
from models import SYSTEM, ProcessInstance, StartTimer, session
from operations.acts.cases import register_case
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from operations.house.folders import deploy_folder
from operations.house.retirement import NothingToChange, resume_flow, retire_flow
from operations.house.schedule import start_due_flows
from queries.house.flow_map import flow_map
from queries.house.retirement import retirements
from queries.receiving.intake import registrable_flows, registration_page
from tests.operations.test_schedule import FILES
from tests.people import admin, holder_of

CLERK = "yl_yunxi:initiator"
GROUND = "宜政发〔2026〕1号"


@pytest.fixture
def whistle(county, clock, bpmn):
    deploy_folder(bpmn / "yl_whistle")


def offered():
    return [row.key for row in registrable_flows(holder_of(CLERK))]


def test_a_retired_flow_is_not_offered_and_takes_no_case(whistle):
    assert offered() == ["yl_whistle"]
    retire_flow("yl_whistle", by=admin(), reason=GROUND)
    assert offered() == []
    for attempt in (
        lambda: registration_page("yl_whistle", holder_of(CLERK)),
        lambda: register_case("yl_whistle", {}, by=holder_of(CLERK)),
        lambda: start_process("yl_whistle", {}, by=SYSTEM),
    ):
        with pytest.raises(NotAllowed, match="已经停用，不再登记新事项"):
            attempt()


def test_it_says_since_when_and_why_and_can_be_taken_into_use_again(whistle):
    retire_flow("yl_whistle", by=admin(), reason=GROUND)
    line = "2026-03-12 09:00 系统管理员停用（宜政发〔2026〕1号）"
    assert flow_map("yl_whistle", holder_of(CLERK)).retired == line
    resume_flow("yl_whistle", by=admin(), reason="复用")
    assert retirements("yl_whistle") == [line, "2026-03-12 09:00 系统管理员恢复使用（复用）"]
    assert offered() == ["yl_whistle"]
    assert flow_map("yl_whistle", holder_of(CLERK)).retired == ""


def test_the_cases_it_has_go_on(start):
    story = start()
    retire_flow("small", by=admin(), reason=GROUND)
    story.do("签收")
    assert story.open_tasks == ["办理"]


def test_the_calendar_begins_nothing_and_nothing_is_caught_up(county, clock):
    deploy("duty", FILES)
    retire_flow("duty", by=admin(), reason=GROUND)
    missed = clock.now = session.scalars(select(StartTimer.due_at)).one()
    assert start_due_flows() == 0
    resume_flow("duty", by=admin(), reason="复用")
    assert start_due_flows() == 0
    clock.now = session.scalars(select(StartTimer.due_at)).one()
    assert clock.now > missed
    assert start_due_flows() == 1
    assert session.query(ProcessInstance).count() == 1


def test_another_version_of_it_stays_retired(county, clock):
    deploy("duty", FILES)
    retire_flow("duty", by=admin(), reason=GROUND)
    assert (
        deploy("duty", FILES | {"duty.bpmn": FILES["duty.bpmn"].replace("临时加开".encode(), "加开".encode())}).version
        == 2
    )
    with pytest.raises(NotAllowed):
        start_process("duty", {}, by=SYSTEM)


def test_who_may_not_and_what_is_none_is_told(whistle):
    with pytest.raises(NotAllowed, match="权限"):
        retire_flow("yl_whistle", by=holder_of("yl_whistle_office:head"), reason=GROUND)
    with pytest.raises(NotFound, match="没有名为“nosuch”的流程"):
        retire_flow("nosuch", by=admin(), reason=GROUND)
    with pytest.raises(NotFound):  # of another county
        retire_flow("yl_whistle", by=holder_of("task_force:head"), reason=GROUND)
    with pytest.raises(NothingToChange, match="没有停用"):
        resume_flow("yl_whistle", by=admin(), reason=GROUND)
    with pytest.raises(NothingToChange, match="依据"):
        retire_flow("yl_whistle", by=admin(), reason=" ")
