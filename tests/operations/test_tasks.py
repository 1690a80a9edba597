"""Claiming, giving back, completing, asking."""

from collections.abc import Callable
from threading import Thread

import pytest
from flask import current_app
from sqlalchemy import NullPool, create_engine, text

from errors import InvalidForm, MessageNotAccepted, NotAllowed, NotFound, TaskNotOpen
from models import Submission, session
from operations.acts.tasks import claim_task, complete_task, give_back_task, send_message
from queries.boxes.inbox import inbox
from queries.case.tasks import task_page
from tests.faults.together import somebody_waits
from tests.people import admin, another_holder_of, holder_of


def names(by, box="mine"):
    return [row.task_name for row in inbox(by, box).rows]


def test_a_task_waits_in_the_inbox_of_its_post_and_of_no_other(start):
    start()
    assert names(holder_of("natural_resources:liaison")) == ["签收"]
    assert names(holder_of("housing:liaison")) == []


def test_a_claimed_task_leaves_the_post_and_comes_back_when_given_back(start):
    case, liaison = start(), holder_of("natural_resources:liaison")
    claim_task(case.task("签收").id, by=liaison)
    assert case.task("签收").inbox_key == liaison.key
    give_back_task(case.task("签收").id, by=liaison)
    assert case.task("签收").inbox_key == "post:natural_resources:liaison"
    assert case.events == ["started small", "claimed 签收", "given_back 签收"]


def test_a_colleague_in_the_same_post_cannot_take_over_what_one_has_claimed(start):
    case = start()
    task = case.task("签收")
    first, colleague = holder_of("natural_resources:liaison"), another_holder_of("natural_resources:liaison")
    claim_task(task.id, by=first)
    for attempt in (lambda: complete_task(task.id, {}, by=colleague), lambda: claim_task(task.id, by=colleague)):
        with pytest.raises(NotAllowed, match="同事已经认领了这个任务"):
            attempt()
    with pytest.raises(NotAllowed, match="只有认领人"):
        give_back_task(task.id, by=colleague)
    assert case.task("签收").inbox_key == first.key
    give_back_task(task.id, by=first)
    complete_task(task.id, {}, by=colleague)
    assert case.open_tasks == ["办理"]


def test_a_task_of_another_bureau_does_not_exist(start):
    task = start().task("签收")
    stranger = holder_of("housing:liaison")
    for attempt in (lambda: complete_task(task.id, {}, by=stranger), lambda: claim_task(task.id, by=stranger)):
        with pytest.raises(NotFound):
            attempt()


def test_whoever_sees_all_still_cannot_do_the_work_of_another_post_nor_take_it_away(start):
    case = start()
    task = case.task("签收")
    for somebody in (holder_of("task_force:dispatcher"), holder_of("supervision_office:supervisor"), admin()):
        for attempt in (complete_task, lambda task_id, _, by: claim_task(task_id, by=by)):
            with pytest.raises(NotAllowed):
                attempt(task.id, {}, by=somebody)
    assert case.task("签收").inbox_key == "post:natural_resources:liaison"


def test_completing_moves_the_case_on_and_keeps_the_form_whole(start):
    case = start()
    case.do("签收", note="收到")
    assert case.open_tasks == ["办理"]
    assert session.query(Submission).one().values == {"note": "收到", "reporter_phone": None}
    assert case.case.status == "in_progress"


def test_a_wrong_form_changes_nothing(start):
    case = start()
    case.do("签收")
    with pytest.raises(InvalidForm) as error:
        case.do("办理", result="")
    assert "办理情况" in error.value.problems["result"]
    assert case.open_tasks == ["办理"]


def test_a_finished_task_tells_so_when_completed_again(start):
    case = start()
    task = case.do("签收")
    with pytest.raises(TaskNotOpen):
        complete_task(task.id, {}, by=holder_of("natural_resources:liaison"))


def test_the_same_request_twice_answers_the_same(start):  # P3
    case, liaison = start(), holder_of("natural_resources:liaison")
    task = case.task("签收")
    first = complete_task(task.id, {}, by=liaison, request="r1")
    again = complete_task(task.id, {}, by=liaison, request="r1")
    assert first == again
    assert case.events == ["started small", "completed 签收"]


def test_what_the_diagram_offers_besides_completing_is_an_action_with_its_form(start):  # XT-13
    case = start()
    case.do("签收")
    [action] = task_page(case.task("办理").id, holder_of("natural_resources:handler")).actions
    assert (action.name, action.available, action.form.key) == ("申请延期", True, "F.extend")


def test_an_action_that_is_used_up_says_why_and_is_refused(start):  # XT-13
    case = start()
    case.do("签收")
    case.ask("办理", "申请延期", days=5)
    handler = holder_of("natural_resources:handler")
    [action] = task_page(case.task("办理").id, handler).actions
    assert (action.available, action.why) == (False, "原则上只能延期1次（XT-13）。")
    with pytest.raises(MessageNotAccepted, match="只能延期1次"):
        send_message(case.task("办理").id, action.id, {"days": 1}, by=handler)


def test_a_case_that_ends_leaves_no_task_no_timer_and_a_number(start):  # C-01
    case = start()
    case.do("签收")
    case.do("办理", result="已办")
    assert case.instance.ended_at
    assert case.open_tasks == []
    assert case.timers == []
    assert case.case.case_no == "XT20260001"
    assert case.case.status == "archived"


ACTS: dict[str, Callable[..., object]] = {
    "claimed": claim_task,
    "completed": lambda task, by: complete_task(task, {}, by=by),
}


@pytest.mark.parametrize("done", ACTS)
def test_whoever_waits_for_a_case_holds_none_of_its_tasks(start, url, done):  # P2
    """Case first, then task: the clock holds the case and then closes tasks, and the other order would end in a
    deadlock with it.
    """
    if url.startswith("sqlite"):
        pytest.skip("SQLite has one lock")
    story, liaison = start(), holder_of("natural_resources:liaison")
    task, app = story.task("签收"), current_app._get_current_object()
    session.rollback()

    def work() -> None:
        with app.app_context():
            ACTS[done](task.id, by=liaison)

    person = Thread(target=work)
    try:
        with create_engine(url, poolclass=NullPool).connect() as clock:
            clock.execute(text("SELECT id FROM process_instance WHERE id = :id FOR UPDATE"), {"id": story.id})
            person.start()
            assert somebody_waits(clock)
            clock.execute(text("SELECT id FROM task WHERE id = :id FOR UPDATE NOWAIT"), {"id": task.id})
    finally:
        person.join()
    assert f"{done} 签收" in story.events
