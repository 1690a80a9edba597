"""What the drawings of a case say of where it stands."""

from datetime import timedelta

import pytest

from models import SYSTEM
from operations.deployments import deploy
from operations.instances import start_process
from queries.cases import case_file
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
