"""Running cases on the drawing: what stands where, how late, and for whom it shows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from errors import NotFound
from models import SYSTEM
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from operations.house.operating import suspend_case
from queries.studio.durations import Duration
from queries.studio.running import running_map
from queries.studio.standing_list import standing_at
from tests.engine.diagrams import both, catch, diagram, end, start, timer
from tests.people import admin, holder_of, person
from tests.queries.conftest import do
from tests.queries.flow import FILES
from tests.small_flow import FORMS, HANDLER, handle

#: 办理, a rest of three days, and a third way that leads straight to where all come together.
APART = diagram(
    "apart",
    start(),
    both("apart_"),
    handle(HANDLER),
    catch("rest", timer("workdays(3)"), name="等三天", noDeadline="等满三天"),
    both("together"),
    end("done", status="archived"),
    flows="start apart_ handle together done; apart_ rest together; apart_ together",
)


def test_each_element_tells_how_many_wait_there_how_many_are_late_and_how_long_it_took(begin, clock):
    late, as_late, done = begin(), begin(), begin()
    clock.now += timedelta(days=4)  # Monday: two working days
    do(done, "办理")
    clock.now += timedelta(days=7)
    begin()
    [place] = running_map("secret", person("liucheng")).places
    assert (place.name, place.waiting, place.late, place.incidents) == ("办理", 3, 2, 0)
    assert place.took == Duration(1, 2.0, 2)
    _, page = standing_at("secret", 1, "handle", person("liucheng"))
    assert {row.case_id for row in page.rows[:2]} == {late.id, as_late.id}
    assert [row.is_late for row in page.rows] == [True, True, False]


def test_what_is_confidential_is_counted_for_the_holders_of_clues_alone(begin):
    begin()
    assert "weigh" not in {place.element for place in running_map("secret", person("liucheng")).places}
    with pytest.raises(NotFound):
        standing_at("secret", 1, "weigh", person("liucheng"))


def test_a_version_that_no_case_runs_under_and_who_manages_nothing_find_nothing(begin):
    begin()
    assert running_map("secret", admin()).version.running == 1
    with pytest.raises(NotFound, match="第 7 版"):
        running_map("secret", admin(), 7)
    with pytest.raises(NotFound):
        running_map("secret", holder_of("natural_resources:handler"))


def test_what_waits_for_time_for_another_branch_or_is_suspended_stands_somewhere_as_well(county, clock):
    deploy("apart", {"apart.bpmn": APART, "d07_light.dmn": FILES["d07_light.dmn"]} | FORMS)
    [case, stopped] = [start_process("apart", {}, by=SYSTEM).instance for _ in range(2)]
    suspend_case(stopped.case_id, {"reason": "等省厅批复"}, revision=stopped.revision, by=admin())
    found = running_map("apart", admin())
    assert {place.element: place.waiting for place in found.places} == {"handle": 2, "rest": 2, "together": 2}
    _, page = standing_at("apart", 1, "rest", admin(), limit=1)
    assert [(row.case_id, row.whose, row.suspended) for row in page.rows] == [(case.case_id, "等时间到", False)]
    _, page = standing_at("apart", 1, "rest", admin(), after=page.next)
    assert [(row.case_id, row.suspended) for row in page.rows] == [(stopped.case_id, True)]

    do(case.case, "办理", result="已办妥")
    assert {place.element: place.waiting for place in running_map("apart", admin()).places}["handle"] == 1


def test_the_map_counts_what_the_list_shows_each_reader(begin):
    begin()
    designer = replace(person("liucheng"), posts=())
    found = running_map("secret", designer)
    assert (found.version.running, found.seen, found.places) == (1, 0, [])
