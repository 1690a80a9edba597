"""What an operator does to one running case: each with a reason, a row in its history and in the audit."""

from datetime import datetime

import pytest
from sqlalchemy import select

from config import ZONE
from errors import AlreadyChanged, InvalidForm, MessageNotAccepted, NotAllowed, NotFound
from models import SYSTEM, AuditEvent, HistoryEvent, Task, session
from models.deadline import RUNNING, VOID
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from operations.house.displacing import move_token
from operations.house.operating import resume_case, suspend_case
from operations.house.variables import set_variable
from operations.ticking.clock import tick
from queries.case.cases import case_file
from tests.engine.diagrams import boundary, diagram, end, service, timer
from tests.engine.diagrams import start as begin
from tests.operations.conftest import Story
from tests.people import admin, holder_of
from tests.small_flow import FORMS, HANDLER, handle

#: 办理 with a wait of its own beside its limit (two working days), and a flow that suspends one of its deadlines.
WAITING = diagram(
    "waiting",
    "",
    begin(),
    service(
        "hold",
        "deadline.suspend",
        parameters={"key": '"contact"'},
        deadline="contact",
        limit="workdays(9)",
        until="handle",
    ),
    handle(HANDLER),
    boundary("nudge", "handle", timer("workdays(2)"), interrupting=False, name="提醒"),
    end("nudged"),
    end("done"),
    flows="start hold handle done; nudge nudged",
)


def act(do, case, reason="等省厅批复", **more):
    do(case.case.id, {"reason": reason}, **{"revision": case.instance.revision, "by": admin()} | more)


def at(clock, text):
    clock.now = datetime.fromisoformat(text).replace(tzinfo=ZONE)
    tick()


def due(case, key="handle"):
    return f"{case.deadline(key).due_at.astimezone(ZONE):%m-%d %H:%M}"


@pytest.fixture
def waiting(county, clock):
    """A case that waits at 办理 since Tuesday 3 March 2026, 10:00, for five working days."""
    clock.now = datetime(2026, 3, 3, 10, tzinfo=ZONE)
    deploy("waiting", FORMS | {"waiting.bpmn": WAITING})
    return Story(start_process("waiting", {}, by=SYSTEM).instance)


def test_two_working_days_of_suspension_are_two_working_days_more(waiting, clock):  # C-03
    assert (due(waiting), len(waiting.timers)) == ("03-10 23:59", 1)
    at(clock, "2026-03-04 10:00")
    act(suspend_case, waiting)
    assert waiting.timers == []
    at(clock, "2026-03-06 10:00")  # the reminder was to come at the end of the 5th
    assert waiting.events[-1] == "suspended "
    act(resume_case, waiting)
    assert due(waiting) == "03-12 23:59"
    assert waiting.task("办理").due_at == waiting.deadline("handle").due_at
    assert [f"{each.due_at.astimezone(ZONE):%m-%d %H:%M}" for each in waiting.timers] == ["03-09 23:59"]
    assert waiting.deadline("contact").suspended  # the flow's own suspension is the flow's to end


def test_a_suspension_over_qingming_costs_no_holiday(waiting, clock):  # C-03
    at(clock, "2026-04-03 10:00")
    late = Story(start_process("waiting", {}, by=SYSTEM).instance)
    assert due(late) == "04-13 23:59"  # 4 to 6 April are off
    act(suspend_case, late)
    at(clock, "2026-04-07 09:00")
    act(resume_case, late)
    assert due(late) == "04-14 23:59"  # five days were left on the 3rd, and five are left after the 7th
    assert due(waiting) == "03-10 23:59"


def test_nothing_falls_due_meanwhile_and_nobody_moves_it(start, clock):
    case = start()
    act(suspend_case, case)
    at(clock, "2026-06-01 09:00")
    assert (case.open_tasks, case.deadline("sign").state) == (["签收"], RUNNING)
    with pytest.raises(NotAllowed, match="本件已暂停（2026-03-12）：等省厅批复"):
        case.do("签收")
    assert "等省厅批复" in case_file(case.case.id, holder_of("natural_resources:liaison")).stopped
    act(resume_case, case, "批复已到")
    case.do("签收")
    assert case.open_tasks == ["办理"]


def test_it_is_written_down_with_its_reason_and_those_who_work_on_it_are_told(start):
    case = start()
    act(suspend_case, case, request="r1", revision=case.instance.revision)
    act(suspend_case, case, request="r1")  # a double click
    rows = session.scalars(select(HistoryEvent).where(HistoryEvent.kind == "suspended")).all()
    assert [row.notes[-1] for row in rows] == [["reason", "原因：等省厅批复", ""]]
    [told] = session.scalars(select(AuditEvent.what).where(AuditEvent.user_id == admin().id))
    assert told.endswith("：暂停，原因：等省厅批复")


def test_what_is_refused_changes_nothing(start):
    case = start()
    before = case.instance.state
    for wrong, refusal in (
        ({"reason": " "}, InvalidForm),
        ({"revision": case.instance.revision - 1}, AlreadyChanged),
        ({"by": holder_of("natural_resources:liaison")}, NotAllowed),
    ):
        with pytest.raises(refusal):
            act(suspend_case, case, **wrong)
    assert (case.instance.suspended_at, case.instance.state, case.events[-1]) == (None, before, "started small")


def variable(case, name, reason="按批复更正", **typed):
    set_variable(case.case.id, name, {"reason": reason, **typed}, revision=case.instance.revision, by=admin())


def test_a_variable_is_set_for_the_steps_to_come_and_the_history_says_from_what_to_what(start):
    case = start()
    case.do("签收")
    variable(case, "lead_org", kind="text", value="housing")
    assert case.events[-1] == "variable_set lead_org"
    said = session.scalars(select(HistoryEvent).order_by(HistoryEvent.id.desc())).first()
    assert said.notes == [
        ["variable", "“lead_org”：“natural_resources” → “housing”", ""],
        ["reason", "原因：按批复更正", ""],
    ]
    assert case.task("办理").post == "post:natural_resources:handler"  # what has begun stays
    case.do("办理", result="转交", next_org="")
    assert case.instance.ended_at


@pytest.mark.parametrize(
    ("name", "typed", "refusal"),
    [
        ("lead_org", {"kind": "number", "value": "5"}, "原来是“文字”"),
        ("lead_org", {"kind": "empty", "value": "x"}, "这里就不填"),
        ("lead_org", {"kind": "text", "value": "x", "reason": " "}, "必填"),
        ("next_org", {"kind": "yes_no", "value": "yes"}, "请写“是”"),  # it has none yet: any kind will do
    ],
)
def test_a_value_of_another_kind_is_refused_and_nothing_changes(start, name, typed, refusal):
    case = start()
    case.do("签收")
    before = case.instance.state
    with pytest.raises(InvalidForm) as refused:
        variable(case, name, **typed)
    assert refusal in "".join(refused.value.problems.values())
    assert (case.instance.state, case.events[-1]) == (before, "completed 签收")


def test_what_no_expression_reads_is_no_variable(start):
    with pytest.raises(NotFound):
        variable(start(), "reporter_phone", kind="text", value="1")


def test_a_token_is_moved_and_the_rows_follow(start):
    case = start()
    case.do("签收")
    token, revision = case.task("办理").id, case.instance.revision
    with pytest.raises(InvalidForm) as refused:
        move_token(case.case.id, token, {"to": "ways", "reason": "重办"}, revision=revision, by=admin())
    assert "要用“next_org”" in refused.value.problems["to"]
    assert case.instance.revision == revision
    move_token(case.case.id, token, {"to": "sign", "reason": "签错了"}, revision=revision, by=admin())
    assert (case.open_tasks, session.get_one(Task, token).state) == (["签收"], "cancelled")
    assert (case.deadline("handle").state, case.deadline("sign").state) == (VOID, RUNNING)
    assert [each.element for each in case.timers] == ["unsigned"]
    assert case.events[-1] == "displaced 从“办理”到“签收”"
    case.do("签收")
    assert case.deadline("handle").state == RUNNING


def test_of_a_suspended_case_no_token_is_moved(start):
    case = start()
    act(suspend_case, case)
    token, values = case.task("签收").id, {"to": "handle", "reason": "补办"}
    with pytest.raises(MessageNotAccepted, match="恢复以后才能移动"):
        move_token(case.case.id, token, values, revision=case.instance.revision, by=admin())
