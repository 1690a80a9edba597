"""Deadlines on a page: the day explained, the clauses in their own words, and when they were met (C-03, C-08)."""

from datetime import timedelta

import pytest

from config import ZONE
from models import SYSTEM
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from operations.ticking.timers import fire_due_timers
from queries.case.cases import case_file
from reference.clauses import clauses
from tests import small_flow
from tests.engine.diagrams import diagram, end, start, user
from tests.people import holder_of
from tests.queries.conftest import do
from tests.small_flow import form
from worktime import Length, Unit

DISPATCHER = "task_force:dispatcher"


@pytest.fixture
def case(county, clock):
    deploy("small", small_flow.FILES)
    return start_process("small", {}, by=SYSTEM).instance.case


def deadlines(case):
    return {each.key: each for each in case_file(case.id, holder_of(DISPATCHER)).deadlines}


def test_a_deadline_shows_the_words_of_the_clauses_it_rests_on(case):
    [ground] = deadlines(case)["sign"].grounds
    assert ground == clauses()["XT-10"]
    assert "签收后2个工作日内" in ground.short


@pytest.mark.parametrize(
    ("days", "told"),
    [("null", "以哨件载明的报到时间为准，不按天数推算。"), ("3", "自2026-03-20（周五）09:00起，时限0小时。")],
)
def test_a_moment_that_a_form_names_is_told_as_such_where_nobody_counts(case, days, told):  # YL-12
    named = f'"" if {days} else "哨件载明的报到时间"'
    at = '"2026-03-20T09:00:00+08:00"'
    come = user(
        "come",
        name="签到",
        candidates=small_flow.HANDLER,
        deadline="in",
        limit="hours(0)",
        limitFrom=at,
        limitGiven=named,
        clauses="YL-12 C-04",
        limitClauses="YL-12",
    )
    files = {
        "named.bpmn": diagram("named", start(), come, end("done"), flows="start come done"),
        "F.form.json": form("F"),
    }
    deploy("named", files)
    case = start_process("named", {}, by=SYSTEM).instance.case
    [due] = case_file(case.id, holder_of("natural_resources:handler")).deadlines
    assert due.explanation[0] == told
    assert [ground.id for ground in due.grounds] == ["YL-12"]  # of the step's clauses those of the limit


def test_a_deadline_that_was_met_says_when_and_that_it_was_on_time(case, clock):
    clock.now += timedelta(hours=2)
    do(case, "签收")
    met = deadlines(case)["sign"]
    assert (met.state_name, met.on_time, met.closed_at) == ("按时完成", True, clock.now.astimezone(ZONE))


def test_a_deadline_that_was_met_late_says_so(case, clock):
    do(case, "签收")
    clock.now += timedelta(days=20)
    fire_due_timers()
    do(case, "办理", result="已办")
    late = deadlines(case)["handle"]
    assert (late.state_name, late.on_time, late.closed_at) == ("逾期完成", False, clock.now.astimezone(ZONE))


def test_work_that_was_never_done_in_time_is_late_not_merely_over(case, clock):  # YL-12, XT-A2
    clock.now += timedelta(days=20)
    fire_due_timers()
    sign = deadlines(case)["sign"]
    assert (sign.state_name, sign.late) == ("逾期未办", True)


@pytest.mark.parametrize("unit", [Unit.WORKDAY, Unit.CALENDAR_DAY])
def test_no_days_at_all_means_within_the_day(unit):
    assert str(Length(0, unit)) == "当日内"
    assert str(Length(3, Unit.WORKDAY)) == "3个工作日"
