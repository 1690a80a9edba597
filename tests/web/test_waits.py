"""The page of a case that waits for a moment, and what is said at once to whoever brought it there (C-05)."""

from sqlalchemy import select

from models import SYSTEM, Case, Task, session
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from tests.queries.test_waits import DIAGRAM
from tests.small_flow import FORMS


def test_a_visit_that_reached_nobody_says_when_the_next_one_is(browser, app):
    with app.app_context():
        deploy("gap", {"gap.bpmn": DIAGRAM, **FORMS})
        start_process("gap", {}, by=SYSTEM)
        task = session.scalars(select(Task.id)).one()
        case = session.scalars(select(Case.id)).one()
    visitor = browser("huifang")
    answer = visitor.send(f"/tasks/{task}", result="没有接通")
    assert "将于 2026-03-12 13:00 换时段再访" in visitor.get(answer.location).text
    page = visitor.get(f"/cases/{case}").text
    assert "将于 2026-03-12 13:00 换时段再访" in page
    assert "没有在办任务" not in page
