"""Running cases on the drawing: what stands where, how late, and for whom it shows."""

from datetime import timedelta

import pytest

from errors import NotFound
from queries.studio.durations import Duration
from queries.studio.running import running_map, standing_at
from tests.people import admin, holder_of, person
from tests.queries.conftest import do


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
