"""The time machine of the demonstration."""

from datetime import timedelta

import pytest

from config import ZONE
from errors import InvalidForm, NotAllowed
from models import SYSTEM, ClockShift, now, session
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from operations.ticking.clock import advance
from tests.operations.conftest import Story
from tests.people import admin, holder_of
from tests.small_flow import FILES


@pytest.fixture
def demonstration(county):
    """A county on the database's own clock, with a time machine."""
    session.add(ClockShift(seconds=0))
    session.commit()
    deploy("small", FILES)


def test_deadlines_fire_at_their_own_moments_on_the_way(demonstration):  # XT-10, XT-A1
    case = Story(start_process("small", {}, by=SYSTEM).instance)
    signing_ended = case.deadline("sign").due_at
    advance(workdays=4, by=admin())
    assert case.open_tasks == ["办理"]
    handling_began = case.deadline("handle").opened_at
    assert timedelta() <= handling_began - signing_ended < timedelta(minutes=1)


def test_the_clock_lands_on_the_working_day_asked_for(demonstration):
    before = now().astimezone(ZONE)
    advance(workdays=1, by=admin())
    assert now().astimezone(ZONE).date() > before.date()


def test_without_a_demonstration_the_clock_cannot_be_turned(county):
    with pytest.raises(NotAllowed, match="演示模式"):
        advance(hours=1, by=admin())


@pytest.mark.parametrize("back", [{"hours": -1}, {"workdays": -3}, {"days": 400}])
def test_the_clock_turns_neither_back_nor_too_far(demonstration, back):
    with pytest.raises(InvalidForm):
        advance(**back, by=admin())


def test_only_who_may_turns_the_clock(demonstration):
    with pytest.raises(NotAllowed):
        advance(hours=1, by=holder_of("task_force:dispatcher"))
