"""Flows that begin by the calendar, and may be begun by hand too."""

import json
from datetime import datetime

import pytest
from sqlalchemy import select, update

from config import ZONE
from models import SYSTEM, Case, ProcessInstance, StartTimer, Unit, session
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from operations.house.parameters import set_parameter
from operations.house.schedule import next_start, start_due_flows
from queries.house.flow_map import flow_map
from tests.engine.diagrams import diagram, end, script, start, timer, user
from tests.operations.conftest import Story
from tests.people import admin

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
    title = 'period_name("monthly", now()) + "督查通报"'
    begin = start("begin", content=content, underWay="monthly", title=title)
    task = user("sum_up", name="月度汇总", candidates=post, form="F.note")
    return {**FILES, "month.bpmn": diagram("month", "", begin, task, end(), flows="begin sum_up end")}


def test_put_to_use_in_the_middle_of_a_month_it_begins_for_that_month_at_once_and_only_once(county, clock):  # TZ-19
    deploy("month", monthly())
    assert start_due_flows() == 1
    assert start_due_flows() == 0
    assert [case.title for case in _cases()] == ["2026年3月督查通报"]
    assert session.scalars(select(StartTimer.due_at)).one() == datetime(2026, 4, 1, 9, tzinfo=ZONE)
    deploy("month", {**monthly(), "F.more.form.json": json.dumps({**FORM, "id": "F.more"}).encode()})
    assert start_due_flows() == 0


def test_planned_a_second_time_for_a_month_that_has_begun_it_waits_for_the_next(county, clock):  # TZ-19
    deploy("month", monthly())
    start_due_flows()
    for day in (2, 12):  # the beginning of the month, and the day it began
        _plan(datetime(2026, 3, day, 9, tzinfo=ZONE))
        assert start_due_flows() == 0
        assert session.scalars(select(StartTimer.due_at)).one() == datetime(2026, 4, 1, 9, tzinfo=ZONE)
    clock.now = datetime(2026, 4, 1, 9, tzinfo=ZONE)
    assert start_due_flows() == 1
    assert len(_instances()) == 2


def _plan(moment):
    session.execute(update(StartTimer).values(due_at=moment))
    session.commit()


def test_a_case_begun_by_hand_does_not_keep_the_clock_from_its_own_beginning(duty, clock):  # XX-03
    clock.now = session.scalars(select(StartTimer.due_at)).one()
    start_process("duty", {}, by=SYSTEM)
    assert start_due_flows() == 1


def test_a_flow_begins_when_its_county_has_come(county, clock):
    deploy("month", monthly('post("tz_park", "liaison")'))
    assert start_due_flows() == 0
    session.add(Unit(code="tz_park", name="产业园"))
    session.commit()
    assert start_due_flows() == 1


def test_a_new_version_does_not_lose_a_beginning_that_waits_for_its_county(county, clock):  # TZ-19
    deploy("month", monthly('post("tz_park", "liaison")'))
    more = {"F.more.form.json": json.dumps({**FORM, "id": "F.more"}).encode()}
    deploy("month", {**monthly('post("tz_park", "liaison")'), **more})
    session.add(Unit(code="tz_park", name="产业园"))
    session.commit()
    assert start_due_flows() == 1


LAST_DAY = 'text(param("yc.campaign_year")) + "-" + param("yc.campaign_end")'
CAMPAIGN = {
    "campaign.bpmn": diagram(
        "campaign",
        "",
        start(
            "monthly",
            content=timer('period_start("monthly")', "timeDate"),
            available=f'last_period("monthly") <= {LAST_DAY}',
            unavailable="行动已经截止（YC-01），不再自动开始",
        ),
        user("compile", name="汇编", candidates=POST, form="F.note"),
        end(),
        flows="monthly compile end",
    ),
    "F.note.form.json": json.dumps(FORM).encode(),
}


def until(clock, moment):
    """The clock stops at each beginning that is planned."""
    while (due := session.scalars(select(StartTimer.due_at)).one()) <= moment:
        clock.now = due
        start_due_flows()
    clock.now = moment


def test_what_looks_back_begins_once_more_after_the_last_day_and_then_no_more_until_that_day_is_moved(county, clock):
    clock.now = datetime(2026, 11, 20, 9, tzinfo=ZONE)
    deploy("campaign", CAMPAIGN)
    until(clock, datetime(2027, 3, 20, tzinfo=ZONE))
    assert flow_map("campaign", admin()).starts == ["行动已经截止（YC-01），不再自动开始"]
    assert [f"{row.created_at.astimezone(ZONE):%Y-%m-%d}" for row in _cases()] == ["2026-12-01", "2027-01-04"]
    set_parameter("yc.campaign_year", 2027, by=admin())
    assert flow_map("campaign", admin()).starts == ["下次自动开始：2027-04-01 09:00"]
    until(clock, datetime(2027, 4, 5, tzinfo=ZONE))
    assert len(_cases()) == 3


def _cases():
    return session.scalars(select(Case).order_by(Case.id)).all()


def _instances():
    return session.scalars(select(ProcessInstance)).all()
