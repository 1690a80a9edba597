"""Deadlines of a running case: C-03, C-08, XT-10, XT-13."""

from datetime import date

import pytest

from config import ZONE
from models import SYSTEM
from models.deadline import MET, MISSED, RUNNING, VOID
from operations.gate.instances import start_process
from operations.house.calendars import edit_calendar
from operations.house.deployments import deploy
from operations.house.incidents import retry_incident
from operations.house.parameters import set_parameter
from operations.ticking.clock import tick
from reference.seeds import read_seed
from tests.engine.diagrams import boundary, diagram, end, message, script
from tests.engine.diagrams import start as begin
from tests.operations.conftest import Story
from tests.people import admin
from tests.small_flow import FORMS, HANDLER, handle

#: Nothing on this diagram ends the deadline `contact` when nobody presses 登记联系.
UNTOLD = diagram(
    "untold",
    '<bpmn:message id="called" name="登记联系"/>',
    begin(),
    script("begin", "asked = true", deadline="contact", limit="workdays(1)", until="contacted"),
    handle(HANDLER),
    boundary("contacted", "handle", message("called"), interrupting=False, name="登记联系"),
    end("noted"),
    end("done"),
    flows="start begin handle done; contacted noted",
)


def due(case, key):
    return case.deadline(key).due_at.astimezone(ZONE).isoformat()


def test_a_deadline_starts_when_its_task_does_and_names_its_clause(start):
    case = start()
    assert due(case, "sign") == "2026-03-16T23:59:59+08:00"  # from Thursday 12 March: Friday, Monday
    assert case.deadline("sign").clauses == "XT-10"
    assert case.task("签收").due_at == case.deadline("sign").due_at


def test_completing_in_time_meets_it(start):
    case = start()
    case.do("签收")
    assert (case.deadline("sign").state, case.deadline("sign").on_time) == (MET, True)


def test_an_unsigned_case_counts_as_signed_when_the_limit_is_over(start, wait):  # XT-10, XT-A1
    case = start()
    wait(days=4)
    assert case.open_tasks == ["签收"]
    wait(days=1)
    assert case.open_tasks == ["办理"]
    assert case.deadline("sign").state == MISSED
    assert case.events[-1] == "timer 逾期视为签收"


def test_an_extension_moves_deadline_task_and_timer_together(start):  # XT-13
    case = start()
    case.do("签收")
    assert due(case, "handle") == "2026-03-19T23:59:59+08:00"
    case.ask("办理", "申请延期", days=5)
    assert due(case, "handle") == "2026-03-26T23:59:59+08:00"
    assert case.task("办理").due_at == case.deadline("handle").due_at
    assert [timer.due_at for timer in case.timers if timer.element == "late"] == [case.deadline("handle").due_at]


def test_being_late_raises_a_reminder_and_leaves_the_deadline_where_it_was(start, wait):  # XT-18, C-08
    case = start()
    case.do("签收")
    wait(days=8)
    assert case.open_tasks == ["办理"]
    assert due(case, "handle") == "2026-03-19T23:59:59+08:00"
    case.do("办理", result="迟办")
    assert case.deadline("handle").on_time is False


def test_a_new_day_off_moves_open_deadlines_and_their_timers_later(start):  # C-03
    case = start()
    edit_calendar(read_seed("calendar_cn.json"), [("2026-03-13", False, "防汛停工")], by=admin(), reason="县防指通知")
    tick()
    assert due(case, "sign") == "2026-03-17T23:59:59+08:00"
    assert {timer.due_at for timer in case.timers} == {case.deadline("sign").due_at}
    assert "calendar 工作日历修订" in case.events


def test_a_day_off_taken_back_moves_no_deadline_earlier(start):  # C-03: 只延不缩
    case = start()
    edit_calendar(read_seed("calendar_cn.json"), [("2026-03-13", False, "防汛停工")], by=admin(), reason="停工")
    tick()
    edit_calendar(read_seed("calendar_cn.json"), [], by=admin(), reason="复工")
    tick()
    assert due(case, "sign") == "2026-03-17T23:59:59+08:00"


def test_a_changed_parameter_counts_for_new_cases_only(start):  # C-11
    old = start()
    set_parameter("xt.auto_sign_days", 4, by=admin(), basis="潭县政发〔2026〕1号")
    new = start()
    assert due(old, "sign") == "2026-03-16T23:59:59+08:00"
    assert due(new, "sign") == "2026-03-18T23:59:59+08:00"
    old.do("签收")
    assert due(old, "handle") == "2026-03-19T23:59:59+08:00"


def test_a_year_without_a_calendar_is_an_incident_that_a_calendar_and_a_retry_mend(start, clock):
    """Nothing is lost: the case stands before the step, says which year is missing, and goes on."""
    case = start()
    clock.now = clock.now.replace(month=12, day=30)
    only_2026 = {"years": {"2026": read_seed("calendar_cn.json")["years"]["2026"]}}
    edit_calendar(only_2026, [], by=admin(), reason="误删")
    case.do("签收")
    [incident] = case.incidents
    assert "2027" in incident.message
    edit_calendar(read_seed("calendar_cn.json"), [], by=admin(), reason="补录")
    retry_incident(incident.id, by=admin())
    assert case.incidents == []
    assert case.open_tasks == ["办理"]
    assert case.deadline("handle").due_at.astimezone(ZONE).date() == date(2027, 1, 7)
    assert case.deadline("handle").terms["provisional"] is True


@pytest.mark.parametrize(("days", "state"), [(0, VOID), (4, MISSED)])
def test_when_a_case_ends_nothing_of_it_goes_on_running(county, wait, days, state):
    """The diagram forgot to end it: what waits nowhere cannot run late for ever."""
    deploy("untold", {"untold.bpmn": UNTOLD, **FORMS})
    case = Story(start_process("untold", {}, by=SYSTEM).instance)
    wait(days=days)
    assert case.deadline("contact").state == RUNNING
    case.do("办理", result="已办")
    assert case.instance.ended_at
    assert (case.deadline("contact").state, case.deadline("handle").state) == (state, MET)
