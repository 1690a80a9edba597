from collections.abc import Callable

import pytest
from sqlalchemy import delete, select

from models import SYSTEM, Case, CaseText, CaseUnit, Task, session, virtual_clock
from models.clock import VirtualClock
from models.task import OPEN
from operations.acts.tasks import complete_task
from operations.gate.case_words import fill_words, refresh_words
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from tests.conftest import NOW
from tests.databases import KeepTemplate, Template
from tests.people import holder_of
from tests.queries.flow import FILES

Begin = Callable[..., Case]


@pytest.fixture(scope="session")
def template(template: Template, kept: KeepTemplate) -> Template:
    """With the flow that has a secret: to deploy it took longer than most tests."""
    with virtual_clock(NOW):
        return kept(("secret", template.backend), lambda: template.derive(lambda: deploy("secret", FILES)))


@pytest.fixture
def begin(county: None, clock: VirtualClock) -> Begin:
    """Start a case of the flow with a secret."""

    def make(registrar: str = "", **columns: object) -> Case:
        case = start_process("secret", {}, by=SYSTEM).instance.case
        for column, value in columns.items():
            setattr(case, column, value)
        if registrar:
            session.add(CaseUnit(case_id=case.id, unit=registrar, role="registrar"))
        session.execute(delete(CaseText).where(CaseText.case_id == case.id))
        session.commit()
        fill_words()
        refresh_words()
        return case

    return make


def open_task(case: Case, name: str) -> Task:
    return session.scalars(select(Task).where(Task.case_id == case.id, Task.name == name, Task.state == OPEN)).one()


def do(case: Case, name: str, **values: object) -> Task:
    """Complete a task, and let the ticker make the words that the search finds the case by."""
    task = open_task(case, name)
    done = complete_task(task.id, values, by=holder_of(task.post.removeprefix("post:"))).task
    refresh_words()
    return done
