"""A case that waits for a moment says so: a wait is nobody's task and no deadline (C-05)."""

import pytest
from sqlalchemy import select

from models import SYSTEM, Task, session
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from queries.case.cases import case_file
from queries.case.outcomes import outcome
from tests.engine.diagrams import catch, diagram, end, start, timer
from tests.people import holder_of
from tests.queries.conftest import do
from tests.small_flow import FORMS, handle

VISITOR = "task_force:visitor"
AGAIN = catch("pause", timer("hours(4)", "timeDuration"), name="换时段再访")
DIAGRAM = diagram(
    "gap", start(), handle('post("task_force", "visitor")'), AGAIN, end("done"), flows="start handle pause done"
)


@pytest.fixture
def case(county, clock):
    deploy("gap", {"gap.bpmn": DIAGRAM, **FORMS})
    return start_process("gap", {}, by=SYSTEM).instance.case


def waits(case):
    return [str(wait) for wait in case_file(case.id, holder_of(VISITOR)).waits]


def test_a_case_says_until_when_it_waits_and_for_what(case):
    assert waits(case) == []
    do(case, "办理", result="没有接通")
    assert waits(case) == ["将于 2026-03-12 13:00 换时段再访"]


def test_whoever_brought_it_there_is_told_at_once(case):
    do(case, "办理", result="没有接通")
    task = session.scalars(select(Task).where(Task.case_id == case.id)).one()
    assert "将于 2026-03-12 13:00 换时段再访" in outcome(task.id, "handle", holder_of(VISITOR)).lines
