"""The demonstration fills itself on whichever day it is first started."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import func, select

from commands.scenarios import open_database
from config import ZONE
from models import Base, Case, ClockShift, Document, Incident, Task, User, db, session, virtual_clock
from models.task import OPEN
from operations.house.folders import deploy_all
from operations.house.seeds import load_reference_data
from operations.people.users import sign_in
from queries.boxes.counts import counts
from queries.lights import lights_at
from scenarios.demo import PASSWORD, load_demo

WORKING_MORNING = datetime(2026, 3, 12, 10, 30, tzinfo=ZONE)
SPRING_FESTIVAL_NIGHT = datetime(2026, 2, 18, 0, 5, tzinfo=ZONE)
#: Of the year after nobody has announced the holidays (SPEC §5).
END_OF_2027 = datetime(2027, 12, 20, 10, 0, tzinfo=ZONE)

STAGES = {
    "accepted", "dispatched", "in_progress", "return_pending", "extension_pending", "on_hold", "verifying",
    "revisiting", "submitted", "archived", "transferred_out", "rejected",
}  # fmt: skip
#: What the other four documents are shown in.
FLOWS = {
    "政务吹哨、部门报到": {"accepted", "dispatched", "in_progress", "archived"},
    "“园区吹哨、部门报到”": {"accepted", "dispatched", "extension_pending", "in_progress", "archived"},
    "“宿事速办”诉求办理": {"accepted", "dispatched", "extension_pending", "in_progress", "archived"},
    "重点任务台账": {"dispatched", "in_progress"},
    "网上咨询投诉建议": {"accepted", "in_progress", "archived"},
}
#: What the calendar begins, each with its period in the title.
PERIODIC = {"tz_monthly", "tz_quarterly", "tz_annual", "xt_monthly", "xx_stats", "yc_bulletin"}


@pytest.fixture(params=[WORKING_MORNING, SPRING_FESTIVAL_NIGHT, END_OF_2027], ids=str)
def today(request: pytest.FixtureRequest) -> Iterator[datetime]:
    """A day on which the demonstration has just been loaded."""
    with open_database("sqlite://")(), virtual_clock(request.param):
        Base.metadata.create_all(db.engine)
        load_reference_data()
        deploy_all()
        load_demo()
        yield request.param
        session.remove()
        db.engine.dispose()


def test_the_demonstration_stands_on_any_day(today) -> None:
    cases = session.scalars(select(Case)).all()
    assert Counter(case.status for case in cases).keys() >= STAGES
    assert max(case.created_at for case in cases) <= today
    assert session.scalar(select(func.count()).select_from(Incident)) == 0
    assert {"催办单", "督办单", "转办函", "统计分析报告"} <= set(session.scalars(select(Document.kind)))
    light = lights_at(today)
    open_tasks = session.scalars(select(Task).where(Task.state == OPEN)).all()
    assert {"red", "yellow", "green"} <= {light(task.due_at).color for task in open_tasks}
    assert session.scalar(select(ClockShift.seconds)) == 0
    held = {post.key for user in session.scalars(select(User)) for post in user.posts}
    assert {task.post for task in session.scalars(select(Task))} <= held
    for flow, stages in FLOWS.items():
        assert {case.status for case in cases if case.flow_name == flow} >= stages, flow
    periods = Counter(case.title for case in cases if case.flow in PERIODIC)
    assert set(periods.values()) == {1}, periods  # one process a period
    clerk = sign_in("ziran", PASSWORD)
    assert counts(clerk)["all"] >= 5
    assert all(user.password_hash for user in session.scalars(select(User)))
