"""P2, P4: two workers and many people on one database. Each thing happens once, and whoever is late is told."""

import random
import signal
from collections import Counter
from dataclasses import replace
from threading import Barrier

import pytest
from sqlalchemy import func, select

from errors import AlreadyChanged, AppError, NotAllowed, TaskNotOpen
from handlers.numbers import next_number
from models import Document, Incident, Task, User, session, transactional
from models.task import COMPLETED
from operations.acts.tasks import claim_task, complete_task
from operations.house.incidents import retry_incident
from tests.faults.crashes import POINTS
from tests.faults.flow import HANDLER, turn_clock
from tests.faults.invariants import violations
from tests.faults.test_killed_workers import LATE, LEASES_OVER
from tests.faults.together import at_once
from tests.faults.worker import Shift, run, run_together
from tests.people import admin, holder_of

MANY = 60


@pytest.fixture
def cases() -> int:
    return MANY


def test_two_workers_fire_sixty_timers_sixty_times(url, county, sent):  # P4
    turn_clock(LATE)
    both = [Shift(url, sent, batch=5)] * 2
    assert run_together(*both) == [0, 0]
    assert session.scalar(select(func.count()).select_from(Document)) == MANY
    assert violations(sent, cases=MANY) == []


def test_eight_people_at_forty_tasks_complete_forty_and_all_others_are_told(county, sent, open_tasks):  # P2
    tasks = open_tasks[:40]
    people = [replace(holder_of(HANDLER), id=each) for each in session.scalars(select(User.id).limit(8))]
    for task in tasks[:4]:
        claim_task(task, by=people[0])
    answers = at_once(*[lambda who=who: work_through(tasks, who) for who in people])
    assert all(str(answer) for each in answers for answer in each)
    told = Counter(type(answer) for each in answers for answer in each)
    assert told.pop(Task) == 40
    assert told.keys() <= {TaskNotOpen, AlreadyChanged, NotAllowed}
    assert told.total() == 40 * 7
    assert session.scalar(select(func.count()).where(Task.state == COMPLETED)) == 40
    assert violations(sent, cases=MANY, completed=tasks, settled=False) == []


def work_through(tasks, who):
    """Every task, in an order of one's own: the completed task or what one was told."""
    answers = []
    for task in random.Random(who.id).sample(tasks, len(tasks)):
        try:
            answers.append(complete_task(task, {}, by=who, request=f"{who.id} {task}").task)
        except AppError as error:
            answers.append(error)
    return answers


def test_people_and_two_workers_at_the_same_cases_get_on(url, county, sent, open_tasks):  # P2, P4
    turn_clock(LATE)
    shifts = [Shift(url, sent, batch=5), Shift(url, sent, tasks=open_tasks[:20], fires=False)]
    assert run_together(*shifts, shifts[0]) == [0, 0, 0]
    turn_clock(LATE // 3)
    assert run_together(shifts[0]) == [0]
    assert violations(sent, cases=MANY, completed=open_tasks[:20]) == []


def test_two_workers_that_die_again_and_again_lose_nothing(url, county, sent, open_tasks):  # P2, P4, P6
    turn_clock(LATE)
    draw = random.Random(2)
    shift = Shift(url, sent, tasks=open_tasks[:20], batch=5)
    deaths = 0
    for _ in range(5):
        both = [replace(shift, die=(draw.choice(list(POINTS)), draw.randint(1, 8))) for _ in range(2)]
        deaths += run_together(*both).count(-signal.SIGKILL)
        turn_clock(LEASES_OVER)
    assert deaths > 5
    for incident in session.scalars(select(Incident.id).where(Incident.resolved_at.is_(None))).all():
        retry_incident(incident, by=admin())  # whom chance has struck three times
    assert [run(shift), run(shift)] == [0, 0]  # a round sends so many messages and no more
    assert violations(sent, cases=MANY, completed=shift.tasks) == []


def test_whoever_loses_a_race_for_locks_is_told_that_the_case_has_changed(county, template):
    if template.backend == "sqlite":
        pytest.skip("SQLite has one lock")
    meet = Barrier(2)

    @transactional
    def number_both(first: str, second: str) -> int:
        next_number(first, 2026)
        meet.wait()
        return next_number(second, 2026)

    with_rows = transactional(lambda: [next_number(series, 2026) for series in ("a", "b")])
    with_rows()
    answers = at_once(lambda: number_both("a", "b"), lambda: number_both("b", "a"))
    assert sorted(type(answer).__name__ for answer in answers) == ["AlreadyChanged", "int"]


def test_papers_issued_at_once_are_numbered_without_gap_or_double(county):  # 发文字号
    def issue(succeeds):
        number = next_number("催办单", 2026)
        if not succeeds:
            raise ValueError("what took the number comes to nothing")
        return number

    answers = at_once(*[lambda ok=place % 4 != 0: transactional(issue)(ok) for place in range(16)])
    numbers = [answer for answer in answers if isinstance(answer, int)]
    assert sorted(numbers) == list(range(1, 13))
    assert sum(isinstance(answer, ValueError) for answer in answers) == 4
