"""Drafts: kept unchecked, one a form and person, gone with the form or the task."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from errors import InvalidForm, NotAllowed, NotFound, TaskNotOpen
from models import SYSTEM, Draft, session
from operations.acts.cases import register_case
from operations.acts.drafts import delete_draft, save_registration_draft, save_task_draft
from operations.acts.tasks import claim_task, complete_task, send_message
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from tests.engine.diagrams import boundary, diagram, end, message
from tests.engine.diagrams import start as start_event
from tests.operations.conftest import Story
from tests.people import another_holder_of, holder_of
from tests.small_flow import FILES, handle
from tests.small_flow import HANDLER as HANDLER_POST
from tests.web.flow import FILES as REGISTERED

HANDLER = "natural_resources:handler"


def drafts(by):
    """What this person has, by the form's name: the values that are not empty."""
    rows = session.scalars(select(Draft).where(Draft.user_id == by.id).execution_options(populate_existing=True))
    return {row.name: {key: value for key, value in row.values.items() if value} for row in rows}


@pytest.fixture
def handling(start):
    """A case in which 办理 waits."""
    case = start()
    case.do("签收")
    return case


def test_a_draft_is_kept_as_it_was_typed_and_the_next_takes_its_place(handling, clock):
    task, me = handling.task("办理"), holder_of(HANDLER)
    save_task_draft(task.id, {"result": "", "next_org": "没有这个单位"}, by=me)
    assert drafts(me) == {"办理": {"next_org": "没有这个单位"}}
    clock.now += timedelta(hours=1)
    save_task_draft(task.id, {"result": "查了档案"}, by=me)
    assert drafts(me) == {"办理": {"result": "查了档案"}}
    assert session.scalars(select(Draft.at)).all() == [clock.now]
    assert handling.open_tasks == ["办理"]


def test_each_form_of_a_task_has_a_draft_of_its_own(handling):
    task, me = handling.task("办理"), holder_of(HANDLER)
    save_task_draft(task.id, {"result": "查了档案"}, by=me)
    save_task_draft(task.id, {"days": "九"}, by=me, action="ask")
    assert drafts(me) == {"办理": {"result": "查了档案"}, "申请延期": {"days": "九"}}


def test_a_form_that_is_refused_leaves_the_draft(handling):
    task, me = handling.task("办理"), holder_of(HANDLER)
    save_task_draft(task.id, {"next_org": "住建"}, by=me)
    with pytest.raises(InvalidForm):
        complete_task(task.id, {"result": ""}, by=me)
    assert drafts(me) == {"办理": {"next_org": "住建"}}


def test_a_task_that_is_completed_takes_everybodys_drafts_with_it(handling):
    task, me, colleague = handling.task("办理"), holder_of(HANDLER), another_holder_of(HANDLER)
    save_task_draft(task.id, {"result": "一半"}, by=me)
    save_task_draft(task.id, {"days": "2"}, by=me, action="ask")
    save_task_draft(task.id, {"result": "另一半"}, by=colleague)
    complete_task(task.id, {"result": "已办"}, by=colleague)
    assert drafts(me) == drafts(colleague) == {}


def test_an_application_that_is_sent_takes_its_writers_draft_and_no_other(handling):
    task, me, colleague = handling.task("办理"), holder_of(HANDLER), another_holder_of(HANDLER)
    for writer in (me, colleague):
        save_task_draft(task.id, {"days": "2"}, by=writer, action="ask")
    save_task_draft(task.id, {"result": "一半"}, by=me)
    send_message(task.id, "ask", {"days": "3"}, by=me)
    assert drafts(me) == {"办理": {"result": "一半"}}
    assert drafts(colleague) == {"申请延期": {"days": "2"}}


def test_a_task_that_is_withdrawn_takes_its_drafts_with_it(start, wait):
    case, me = start(), holder_of("natural_resources:liaison")
    save_task_draft(case.task("签收").id, {"note": "等一等"}, by=me)
    other = start()
    save_task_draft(other.task("签收").id, {"note": "另一件"}, by=me)
    other.do("签收")
    wait(days=10)  # 逾期视为签收
    assert case.open_tasks == ["办理"]
    assert drafts(me) == {}


def test_a_step_that_begins_anew_at_once_keeps_what_was_typed_and_who_claimed_it(county):
    again = boundary("again", "handle", message("once_more"), name="作废一张", form="F.extend")
    shapes = (start_event(), handle(HANDLER_POST), again, end("done"))
    drawn = diagram(
        "anew", '<bpmn:message id="once_more" name="作废一张"/>', *shapes, flows="start handle done; again handle"
    )
    deploy("anew", FILES | {"anew.bpmn": drawn})
    case, me = Story(start_process("anew", {}, by=SYSTEM).instance), holder_of(HANDLER)
    before = case.task("办理")
    claim_task(before.id, by=me)
    save_task_draft(before.id, {"result": "计票说明写了一半"}, by=me)
    case.ask("办理", "作废一张", days=1)
    assert case.task("办理").id != before.id
    assert drafts(me) == {"办理": {"result": "计票说明写了一半"}}
    [kept] = session.scalars(select(Draft)).all()
    anew = case.task("办理")
    assert (kept.task_id, anew.inbox_key, anew.claimed_by) == (anew.id, me.key, me.id)


def test_only_who_may_hand_the_form_in_keeps_a_draft_of_it(handling):
    task, me, colleague = handling.task("办理"), holder_of(HANDLER), another_holder_of(HANDLER)
    with pytest.raises(NotFound):
        save_task_draft(task.id, {}, by=holder_of("housing:handler"))
    with pytest.raises(NotFound):
        save_task_draft("nothing", {}, by=me)
    with pytest.raises(NotAllowed):
        save_task_draft(task.id, {}, by=holder_of("task_force:dispatcher"))
    claim_task(task.id, by=colleague)
    with pytest.raises(NotAllowed, match="同事已经认领"):
        save_task_draft(task.id, {}, by=me)
    complete_task(task.id, {"result": "已办"}, by=colleague)
    with pytest.raises(TaskNotOpen):
        save_task_draft(task.id, {}, by=colleague)
    assert session.scalars(select(Draft)).all() == []


@pytest.mark.parametrize("action", ["nothing", "late", "handle", "sign"])
def test_there_are_drafts_only_of_forms_that_the_diagram_has_on_the_task(handling, action):
    with pytest.raises(NotFound):
        save_task_draft(handling.task("办理").id, {}, by=holder_of(HANDLER), action=action)


def test_nobody_deletes_the_draft_of_another(handling):
    task, me, colleague = handling.task("办理"), holder_of(HANDLER), another_holder_of(HANDLER)
    save_task_draft(task.id, {"result": "一半"}, by=me)
    draft = session.scalars(select(Draft.id)).one()
    with pytest.raises(NotFound):
        delete_draft(draft, by=colleague)
    assert delete_draft(draft, by=me) == (task.id, "", "")
    assert drafts(me) == {}
    with pytest.raises(NotFound):
        delete_draft(draft, by=me)


def test_a_registration_takes_its_writers_draft_of_that_flow(start):
    deploy("small", REGISTERED)
    clerk, colleague = holder_of("service_hall:window_clerk"), another_holder_of("service_hall:window_clerk")
    for writer in (clerk, colleague):
        save_registration_draft("small", {"title": "", "reporter_phone": "138"}, by=writer)
    with pytest.raises(InvalidForm):
        register_case("small", {"title": ""}, by=clerk)
    assert drafts(clerk) == {"small": {"reporter_phone": "138"}}
    register_case("small", {"title": "办不成", "channel": "window"}, by=clerk)
    assert drafts(clerk) == {}
    assert drafts(colleague) == {"small": {"reporter_phone": "138"}}


def test_whoever_may_not_register_keeps_no_draft_of_it(start):
    deploy("small", REGISTERED)
    with pytest.raises(NotAllowed):
        save_registration_draft("small", {}, by=holder_of(HANDLER))
    with pytest.raises(NotFound):
        save_registration_draft("nothing", {}, by=holder_of(HANDLER))
