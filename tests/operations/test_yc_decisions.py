"""What the minutes decide: a row names an open task of the ledger or none, and is known by its words (YC-16, F-C-7)."""

from datetime import datetime

import pytest
from sqlalchemy import select

from config import ZONE
from errors import InvalidForm
from models import SYSTEM, Case, Document, Submission, Task, session
from models.task import OPEN
from operations.acts.cases import register_case
from operations.acts.tasks import complete_task
from operations.gate.instances import start_process
from operations.gate.submissions import choice_lists
from operations.house.folders import BPMN, deploy_folder
from operations.ticking.timers import fire_due_timers
from queries.case.tasks import task_page
from queries.lists.case_list import case_list
from tests.people import holder_of

CLERK = "campaign_office:campaign_clerk"
LEDGER = "open_cases:yc_task"
ISSUED = {
    "title": "依申请事项应进必进",
    "task": "enter",
    "lead_org": "yc_water",
    "kpi_code": "entry_rate",
    "kpi_due": "2026-06-30",
    "requirement": "6月底前全部进驻",
}
CONVENED = {"meeting_on": "2026-03-12", "place_host": "区政府三楼", "attend": "各成员单位", "agenda": "滞后事项"}
ROWS = [("补齐两项", "yc_water"), ("开通账号", "yc_urban")]
HELD = {"held_on": "2026-03-12", "opinions": "一致同意", "minutes_text": "补齐进驻事项", "minutes_sign": "主任"}


@pytest.fixture
def task(county, clock):
    deploy_folder(BPMN / "yc_campaign")
    return register_case("yc_task", ISSUED, by=holder_of(CLERK))


@pytest.fixture
def meeting(task):
    case = start_process("yc_meeting", {}, by=SYSTEM, at="N01_start").instance.case
    complete(case, CONVENED)
    return case


def waiting_of(case, post=""):
    found = select(Task).where(Task.case_id == case.id, Task.state == OPEN)
    return session.scalars(found.where(Task.post == f"post:{post}") if post else found).one()


def complete(case, values, post=""):
    task = waiting_of(case, post)
    return complete_task(task.id, values, by=holder_of(task.post.removeprefix("post:")))


def read(case, post):
    """What the form of the task shows that waits for this post."""
    return task_page(waiting_of(case, post).id, holder_of(post)).values


def decided(task_no):
    row = {"decision": "补齐两项", "org": "yc_water", "due": "2026-04-30", "task_no": task_no}
    return HELD | {"decisions": [row]}


def offered(post):
    return {choice.value: choice.label for choice in choice_lists(holder_of(post), [LEDGER])[LEDGER]}


def test_a_number_that_no_open_task_has_is_refused_and_nothing_is_written(meeting):
    with pytest.raises(InvalidForm) as refused:
        complete(meeting, decided("YC20269999"))
    assert refused.value.problems == {"decisions.0.task_no": "“所涉任务”所选的不在可选范围内，请重新选择。"}
    assert session.scalars(select(Document.kind)).all() == ["会议通知"]


def test_a_decision_on_a_task_is_written_into_its_ledger_and_has_a_limit_of_its_own(meeting, task):
    complete(meeting, decided(task.case_no))
    order = session.scalars(select(Document).where(Document.kind == "议定事项单")).one()
    assert (order.case_id, order.body["任务编号"], order.body["完成时限"]) == (task.id, task.case_no, "2026-04-30")
    asked = session.scalars(select(Task).where(Task.case_id == meeting.id, Task.state == OPEN)).one()
    assert (asked.name, asked.post) == ("落实议定事项", "post:yc_water:unit_liaison")


def test_only_open_tasks_of_the_county_are_offered(task):
    assert offered(CLERK) == {task.case_no: f"{task.case_no} 依申请事项应进必进"}
    assert offered("task_force:head") == {}
    session.get_one(Case, task.id).closed_at = task.created_at
    session.commit()
    assert offered(CLERK) == {}
    assert session.scalars(select(Submission.form)).all() == ["F-YC-1.issue"]


@pytest.mark.parametrize(
    ("confidential", "shown"), [(False, "郑某某（138****5678）来信"), (True, "反映人（****）来信")]
)
def test_what_is_offered_shows_no_more_of_a_reporter_than_the_list_of_cases(task, confidential, shown):  # S-04, C-09
    case = session.get_one(Case, task.id)
    case.title, case.reporter, case.confidential = "郑海燕（13812345678）来信", "郑海燕", confidential
    session.commit()
    assert offered(CLERK) == {task.case_no: f"{task.case_no} {shown}"}
    assert [row.title for row in case_list(holder_of(CLERK)).rows] == [shown]


def test_who_checks_or_puts_right_one_of_several_decisions_reads_which_it_is(meeting, clock):
    rows = [{"decision": text, "org": org, "due": "2026-03-20"} for text, org in ROWS]
    complete(meeting, HELD | {"decisions": rows})
    complete(meeting, {"done_text": "已补齐", "evidence": "清单"}, "yc_water:unit_liaison")
    assert read(meeting, CLERK)["decided_text"] == "补齐两项"
    clock.now = datetime(2026, 3, 21, 9, tzinfo=ZONE)
    fire_due_timers()
    why = read(meeting, "yc_urban:unit_liaison")["rectify_why"]
    assert why == "议定事项单〔2026〕2号“开通账号”（限期2026-03-20）没有落实"
