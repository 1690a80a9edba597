from collections.abc import Callable

import pytest
from sqlalchemy import select

from models import SYSTEM, Case, Deadline, HistoryEvent, Incident, ProcessInstance, Task, Timer, session, virtual_clock
from models.clock import VirtualClock
from models.task import OPEN
from operations.acts.tasks import complete_task, send_message
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from operations.ticking.clock import tick
from queries.case.tasks import action_of, task_page
from tests.conftest import NOW
from tests.databases import KeepTemplate, Template
from tests.people import holder_of
from tests.small_flow import FILES


class Story:
    """A case of the small flow as a test speaks of it."""

    def __init__(self, instance: ProcessInstance):
        self.id = instance.id

    @property
    def instance(self) -> ProcessInstance:
        return session.get_one(ProcessInstance, self.id, populate_existing=True)

    @property
    def case(self) -> Case:
        return self.instance.case

    def task(self, name: str) -> Task:
        mine = (Task.instance_id == self.id) & (Task.state == OPEN) & (Task.name == name)
        return session.scalars(select(Task).where(mine).execution_options(populate_existing=True)).one()

    @property
    def open_tasks(self) -> list[str]:
        mine = (Task.instance_id == self.id) & (Task.state == OPEN)
        return sorted(session.scalars(select(Task.name).where(mine)))

    def do(self, name: str, **values: object) -> Task:
        task = self.task(name)
        return complete_task(task.id, values, by=holder_of(task.post.removeprefix("post:"))).task

    def ask(self, task_name: str, action_name: str, **values: object) -> None:
        task = self.task(task_name)
        by = holder_of(task.post.removeprefix("post:"))
        [action] = [each for each in task_page(task.id, by).actions if each.name == action_name]
        send_message(task.id, action_of(task_page(task.id, by), action.id).id, values, by=by)

    def deadline(self, key: str) -> Deadline:
        mine = (Deadline.case_id == self.instance.case_id) & (Deadline.key == key)
        newest = select(Deadline).where(mine).order_by(Deadline.id.desc()).limit(1)
        return session.scalars(newest.execution_options(populate_existing=True)).one()

    @property
    def timers(self) -> list[Timer]:
        return list(session.scalars(select(Timer).where(Timer.instance_id == self.id).order_by(Timer.element)))

    @property
    def incidents(self) -> list[Incident]:
        open_ones = (Incident.instance_id == self.id) & Incident.resolved_at.is_(None)
        return list(session.scalars(select(Incident).where(open_ones)))

    @property
    def events(self) -> list[str]:
        rows = select(HistoryEvent).where(HistoryEvent.instance_id == self.id).order_by(HistoryEvent.revision)
        return [f"{row.kind} {row.name}" for row in session.scalars(rows)]


@pytest.fixture(scope="session")
def template(template: Template, kept: KeepTemplate) -> Template:
    """With the small flow: to deploy it took longer than most tests."""
    with virtual_clock(NOW):
        return kept(("small", template.backend), lambda: template.derive(lambda: deploy("small", FILES)))


@pytest.fixture
def start(county: None, clock: VirtualClock) -> Callable[[], Story]:
    """Start a case of the small flow."""
    return lambda: Story(start_process("small", {}, by=SYSTEM).instance)


@pytest.fixture
def wait(clock: VirtualClock) -> Callable[..., None]:
    """Let time pass in the county and the ticker tick once."""
    from datetime import timedelta

    def until_later(**delta: float) -> None:
        clock.now += timedelta(**delta)
        tick()

    return until_later
