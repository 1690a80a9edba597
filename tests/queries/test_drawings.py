"""What the drawings of a case say of where it stands."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import SYSTEM, Task, session
from operations.acts.tasks import complete_task
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from queries.case.cases import case_file
from tests.engine.diagrams import both, call, diagram, end, start, user
from tests.people import holder_of
from tests.small_flow import FILES, HANDLER

MAIN = diagram(
    "main",
    start(),
    both("apart"),
    call("first", "middle"),
    call("second", "other"),
    both("together"),
    end("done"),
    flows="start apart first together done; apart second together",
)


def called(key, inside):
    first, last = start(f"{key}_start"), end(f"{key}_end")
    return diagram(key, first, inside, last, flows=f"{key}_start {inside.id} {key}_end")


def task(id_, days):
    limit = f"workdays({days})"
    return user(id_, name=id_, candidates=HANDLER, form="F.sign", deadline=id_, limit=limit)


MIDDLE = called("middle", call("inner", "deep"))
DEEP = called("deep", task("work", 2))
OTHER = called("other", task("wait", 20))


@pytest.fixture
def nested(county, clock):
    """A case with a task two calls deep, due in two working days, and one beside it that has time."""
    drawings = {"main.bpmn": MAIN, "middle.bpmn": MIDDLE, "deep.bpmn": DEEP, "other.bpmn": OTHER}
    deploy("main", drawings | {name: FILES[name] for name in ("d07_light.dmn", "F.sign.form.json")})
    return start_process("main", {}, by=SYSTEM).instance.case


def late(case):
    return {each.id: each.late for each in case_file(case.id, holder_of("task_force:head")).diagrams}


def test_a_call_within_which_a_task_is_late_is_late_on_every_drawing_above(nested, clock):
    assert late(nested) == {"main": [], "middle": [], "deep": [], "other": []}
    clock.now += timedelta(days=6)
    assert late(nested) == {"main": ["first"], "middle": ["inner"], "deep": ["work"], "other": []}


def stands(case, post):
    return next(each.tokens for each in case_file(case.id, holder_of(post)).diagrams if each.id == "main")


def played(case, post):
    main = next(each for each in case_file(case.id, holder_of(post)).diagrams if each.id == "main")
    return {id_ for frame in main.frames for id_ in frame.passed}


def test_a_call_within_which_only_a_secret_goes_on_looks_passed_to_who_may_not_know(county, clock):  # XT-20, CA-12
    secret = user(
        "secret", name="追责", candidates=HANDLER, form="F.sign", confidential="yes", deadline="s", limit="workdays(9)"
    )
    ways = "o_start fork wait o_end; fork secret s_end"
    other = diagram(
        "other", start("o_start"), both("fork"), secret, task("wait", 20), end("o_end"), end("s_end"), flows=ways
    )
    drawings = {"main.bpmn": MAIN, "middle.bpmn": MIDDLE, "deep.bpmn": DEEP, "other.bpmn": other}
    deploy("main", drawings | {name: FILES[name] for name in ("d07_light.dmn", "F.sign.form.json")})
    case = start_process("main", {}, by=SYSTEM).instance.case
    assert stands(case, "task_force:head") == {"first": 1, "second": 1}
    wait = session.scalar(select(Task).where(Task.case_id == case.id, Task.element == "wait"))
    complete_task(wait.id, {}, by=holder_of("natural_resources:handler"))
    assert stands(case, "task_force:head") == {"first": 1}
    assert stands(case, "supervision_office:supervisor") == {"first": 1, "second": 1}
    work = session.scalar(select(Task).where(Task.case_id == case.id, Task.element == "work"))
    complete_task(work.id, {}, by=holder_of("natural_resources:handler"))
    assert "first" in played(case, "supervision_office:supervisor")
    assert {"first", "second"} <= played(case, "task_force:head")  # else the one that is missing would tell


def test_the_replay_shows_a_call_as_waited_in_and_then_as_passed(nested):
    work = session.scalar(select(Task).where(Task.case_id == nested.id, Task.element == "work"))
    complete_task(work.id, {}, by=holder_of("natural_resources:handler"))
    main = case_file(nested.id, holder_of("task_force:head")).diagrams[0]
    began, done = main.frames
    assert began.waits == ["first", "second"]
    assert ("first" in done.passed, done.ended) == (True, ["first"])
