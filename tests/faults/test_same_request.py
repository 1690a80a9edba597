"""P3: a double click, a retry after a lost answer, an old tab."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from errors import TaskNotOpen
from models import Case, HistoryEvent, Submission, Task, User, session
from operations.acts.cases import register_case
from operations.acts.tasks import complete_task
from tests.faults.conftest import CASES
from tests.faults.flow import HANDLER, KEY
from tests.faults.invariants import violations
from tests.faults.together import at_once
from tests.people import holder_of

WINDOW = "service_hall:window_clerk"


def completions():
    return session.scalar(select(func.count()).where(HistoryEvent.kind == "completed"))


def test_the_same_request_again_answers_the_same_and_does_nothing(open_tasks, sent):
    handler = holder_of(HANDLER)
    answers = [complete_task(open_tasks[0], {}, by=handler, request="r") for _ in range(3)]
    assert [(done.task.id, done.task.state) for done in answers] == [(open_tasks[0], "completed")] * 3
    assert completions() == 1
    assert violations(sent, cases=CASES, settled=False) == []


def test_the_same_request_eight_times_at_once_has_one_effect(open_tasks, sent):
    handler = holder_of(HANDLER)
    answers = at_once(*[lambda: complete_task(open_tasks[0], {}, by=handler, request="r")] * 8)
    assert [(done.task.id, done.task.state) for done in answers] == [(open_tasks[0], "completed")] * 8
    assert completions() == 1
    assert violations(sent, cases=CASES, settled=False) == []


def test_registering_eight_times_at_once_makes_one_case(county):
    clerk = holder_of(WINDOW)
    answers = at_once(*[lambda: register_case(KEY, {}, by=clerk, request="r").id] * 8)
    assert len(set(answers)) == 1
    assert session.scalar(select(func.count()).select_from(Case)) == CASES + 1


def test_a_second_tab_is_told_that_the_task_is_done(open_tasks):
    handler = holder_of(HANDLER)
    complete_task(open_tasks[0], {}, by=handler, request="first tab")
    with pytest.raises(TaskNotOpen, match="已办结或已撤销"):
        complete_task(open_tasks[0], {}, by=handler, request="second tab")


def test_an_answer_shows_the_task_as_it_is_now_even_where_it_had_been_read_before(open_tasks):
    handler = holder_of(HANDLER)
    read_before = session.get_one(Task, open_tasks[0])
    session.commit()  # what has been read stays as it was
    at_once(lambda: complete_task(open_tasks[0], {}, by=handler, request="r"))
    assert read_before.state == "open"
    assert complete_task(open_tasks[0], {}, by=handler, request="r").task.state == "completed"


def test_one_id_for_two_tasks_is_two_requests(open_tasks):
    handler = holder_of(HANDLER)
    for task in open_tasks[:2]:
        complete_task(task, {}, by=handler, request="r")
    assert completions() == 2


def test_one_id_from_two_people_is_two_requests(open_tasks):
    handler = holder_of(HANDLER)
    somebody = session.scalar(select(User.id).where(User.id != handler.id).limit(1))
    complete_task(open_tasks[0], {}, by=handler, request="r")
    with pytest.raises(TaskNotOpen):
        complete_task(open_tasks[0], {}, by=replace(handler, id=somebody), request="r")
    assert session.scalar(select(func.count()).select_from(Submission)) == 1
