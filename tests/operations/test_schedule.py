"""Flows that begin by the calendar, and may be begun by hand too."""

import json
from datetime import datetime

import pytest
from sqlalchemy import select

from config import ZONE
from models import SYSTEM, ProcessInstance, StartTimer, Unit, session
from operations.deployments import deploy
from operations.instances import start_process
from operations.schedule import next_start, start_due_flows
from tests.engine.diagrams import diagram, end, script, start, timer, user
from tests.operations.conftest import Story

ROSTER = 'next_weekday_time("周二至周五 09:00-10:00")'
FORM = {"type": "default", "id": "F.note", "schemaVersion": 16, "components": []}
POST = 'post("natural_resources", "liaison")'
FILES = {
    "duty.bpmn": diagram(
        "duty",
        "",
        start("asked"),
        script("extra", "note = 1"),
        user("prepare", name="临时加开", candidates=POST, form="F.note"),
        start("rung", content=timer(ROSTER, "timeDate")),
        user("answer", name="轮值接听", candidates=POST, form="F.note"),
        end(),
        flows="asked extra prepare end; rung answer end",
    ),
    "F.note.form.json": json.dumps(FORM).encode(),
}


@pytest.fixture
def duty(county, clock):
    deploy("duty", FILES)


def test_the_clock_begins_at_its_own_start_event_and_a_person_at_the_plain_one(duty, clock):  # XX-03
    clock.now = session.scalars(select(StartTimer.due_at)).one()
    assert start_due_flows() == 1
    assert [Story(each).open_tasks for each in _instances()] == [["轮值接听"]]
    assert Story(start_process("duty", {}, by=SYSTEM).instance).open_tasks == ["临时加开"]


def test_it_begins_once_and_is_planned_again(duty, clock):
    clock.now = session.scalars(select(StartTimer.due_at)).one()
    start_due_flows()
    assert start_due_flows() == 0
    assert session.scalars(select(StartTimer.due_at)).one() == next_start(ROSTER, clock.now)


def test_a_holiday_is_passed_over(county):  # National Day 2026
    moment = datetime(2026, 9, 30, 10, tzinfo=ZONE)
    assert next_start(ROSTER, moment) == datetime(2026, 10, 8, 9, tzinfo=ZONE)


def monthly(post=POST):
    content = timer('period_start("monthly")', "timeDate")
    begin = start("begin", content=content, underWay="monthly")
    task = user("sum_up", name="月度汇总", candidates=post, form="F.note")
    return {**FILES, "month.bpmn": diagram("month", "", begin, task, end(), flows="begin sum_up end")}


def test_put_to_use_in_the_middle_of_a_month_it_begins_for_that_month_at_once_and_only_once(county, clock):  # TZ-19
    deploy("month", monthly())
    assert start_due_flows() == 1
    assert start_due_flows() == 0
    assert session.scalars(select(StartTimer.due_at)).one() == datetime(2026, 4, 1, 9, tzinfo=ZONE)
    deploy("month", {**monthly(), "F.more.form.json": json.dumps({**FORM, "id": "F.more"}).encode()})
    assert start_due_flows() == 0


def test_a_flow_begins_when_its_county_has_come(county, clock):
    deploy("month", monthly('post("tz_park", "liaison")'))
    assert start_due_flows() == 0
    session.add(Unit(code="tz_park", name="产业园"))
    session.commit()
    assert start_due_flows() == 1


def _instances():
    return session.scalars(select(ProcessInstance)).all()
