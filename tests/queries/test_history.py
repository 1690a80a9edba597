"""The story of a case as a clerk reads it: sentences, nothing told twice."""

from datetime import timedelta

import pytest

from models import SYSTEM, HistoryEvent, session
from operations.acts.cases import register_case
from operations.acts.tasks import claim_task
from operations.gate.instances import start_process
from operations.house.calendars import edit_calendar, reproject_stale_deadlines
from operations.house.deployments import deploy
from operations.ticking.timers import fire_due_timers
from queries.case.cases import case_file
from reference.seeds import read_seed
from tests import small_flow
from tests.engine.diagrams import boundary, diagram, end, script, service, start, timer, user
from tests.people import admin, holder_of
from tests.queries.conftest import open_task
from tests.web.flow import FILES as REGISTERING

DISPATCHER = "task_force:dispatcher"
UNSIGNED = diagram(
    "unsigned",
    start(),
    user(
        "sign",
        name="签收",
        candidates='post("natural_resources", "liaison")',
        form="F.sign",
        deadline="sign",
        limit="workdays(2)",
    ),
    boundary("late", "sign", timer('due("sign")'), name="逾期未签收"),
    script("counted", "signed = true", name="视为签收", status="signed", voids="sign"),
    service("tell", "notify.post", parameters={"to": small_flow.HANDLER, "text": '"请办理"'}),
    service("again", "notify.post", parameters={"to": 'post("natural_resources", "leader")', "text": '"请办理"'}),
    user("handle", name="办理", candidates=small_flow.HANDLER, form="F.handle"),
    end("done"),
    flows="start sign handle done; late counted tell again handle",
)


@pytest.fixture
def unsigned(county, clock):
    """A case that nobody has signed within two working days."""
    deploy("unsigned", small_flow.FILES | {"unsigned.bpmn": UNSIGNED})
    case = start_process("unsigned", {}, by=SYSTEM).instance.case
    clock.now += timedelta(days=6)
    assert fire_due_timers() == 1
    return case


@pytest.fixture
def registered(county, clock):
    """A case just registered at the window."""
    deploy("small", REGISTERING)
    return register_case("small", {"title": "办不成"}, by=holder_of("service_hall:window_clerk"))


def story(case):
    return [(each.what, each.details) for each in case_file(case.id, holder_of(DISPATCHER)).timeline]


def test_a_case_that_nobody_signed_is_told_as_counted_signed_and_each_notice_once(unsigned):
    assert story(unsigned)[0] == ("逾期未签收，视为签收", ["通知：请办理"])


def test_what_people_do_reads_as_a_sentence(begin):
    case = begin()
    claim_task(open_task(case, "办理").id, by=holder_of("natural_resources:handler"))
    assert [what for what, _ in story(case)] == ["认领“办理”", "启动流程“secret”"]


def test_registering_is_told_once_though_it_starts_the_flow_too(registered):
    assert session.query(HistoryEvent).count() == 2
    assert [what for what, _ in story(registered)] == ["完成登记"]


def test_a_recount_after_the_calendar_changed_is_told_once_with_the_new_day(begin):  # C-03
    case = begin()
    edit_calendar(read_seed("calendar_cn.json"), [("2026-03-13", False, "停电")], by=admin(), reason="停电")
    assert reproject_stale_deadlines() == 1
    newest = case_file(case.id, holder_of("task_force:head")).timeline[0]
    assert newest.what == "工作日历修订，时限重算"
    assert "办理：到期顺延至 2026-03-20" in newest.details
