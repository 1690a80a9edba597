"""我发起的: the cases somebody has registered, each with where it stands."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models import CaseUnit, session
from operations.acts.cases import register_case
from operations.house.deployments import deploy
from queries.boxes.started import started_by
from tests.people import another_holder_of, holder_of
from tests.queries.conftest import do
from tests.queries.test_pages import ODD_IDS, TAMPERED, all_pages
from tests.statements import statements
from tests.web.flow import FILES

CLERK = "service_hall:window_clerk"


@pytest.fixture
def register(county, clock):
    """The window clerk registers a case of the small flow."""
    deploy("small", FILES)
    return lambda title="办不成": register_case("small", {"title": title, "channel": "window"}, by=holder_of(CLERK))


def stands(by):
    return [[(each.name, each.post_name) for each in row.standing] for row in started_by(by).rows]


def test_the_box_tells_in_whose_hands_each_case_is(register):
    case, clerk = register("老房产证面积不符"), holder_of(CLERK)
    assert stands(clerk) == [[("签收", "县自然资源局联络员")]]
    do(case, "签收")
    assert stands(clerk) == [[("办理", "县自然资源局经办人")]]
    [row] = started_by(clerk).rows
    assert (row.case_id, row.title, row.status_name, row.closed_at) == (case.id, "老房产证面积不符", "办理中", None)
    do(case, "办理", result="已办")
    [row] = started_by(clerk).rows
    assert (row.status_name, row.standing, row.light) == ("已归档", [], None)


def test_each_case_shines_in_the_colour_of_what_waits(register, clock):  # C-07
    register()
    [row] = started_by(holder_of(CLERK)).rows
    assert (row.light.color, row.due_at.date().isoformat()) == ("blue", "2026-03-16")
    clock.now += timedelta(days=1)
    assert started_by(holder_of(CLERK)).rows[0].light.color == "yellow"


def test_a_colleague_of_the_same_name_has_not_registered_it(register):
    register()
    colleague = replace(another_holder_of(CLERK), name=holder_of(CLERK).name)
    assert started_by(colleague).rows == []
    register_case("small", {"title": "另一件", "channel": "window"}, by=colleague)
    assert [row.title for row in started_by(colleague).rows] == ["另一件"]


def test_whoever_may_no_longer_see_a_case_does_not_find_it_here(register):
    case = register()
    session.query(CaseUnit).filter_by(case_id=case.id, unit="service_hall").delete()
    session.commit()
    assert started_by(holder_of(CLERK)).rows == []


def test_a_number_in_a_title_is_masked(register):  # S-04
    register("请回电13912345678")
    assert started_by(holder_of(CLERK)).rows[0].title == "请回电139****5678"


def test_nobody_meets_a_clue_here(begin):  # XT-20
    registrar = holder_of("natural_resources:liaison")
    begin(registrar_id=registrar.id)
    assert stands(registrar) == [[("办理", "县自然资源局经办人")]]
    supervisor = holder_of("supervision_office:supervisor")
    begin(registrar_id=supervisor.id)
    assert [name for name, _ in stands(supervisor)[0]] == ["研究线索", "办理"]


def test_the_pages_of_the_box_hold_every_case_once_newest_first(register, clock):
    made = [register().id for _ in range(3)]
    clock.now += timedelta(hours=1)
    made += [register().id for _ in range(2)]
    rows, lengths = all_pages(lambda after: started_by(holder_of(CLERK), after, limit=2))
    assert [row.case_id for row in rows] == sorted(made, reverse=True)
    assert lengths == [2, 2, 1]


def test_a_link_that_was_tampered_with_begins_at_the_top(register):
    case, clerk = register(), holder_of(CLERK)
    for after in TAMPERED + [f"2026-03-12T09:00:00|{odd}" for odd in ODD_IDS]:
        assert [row.case_id for row in started_by(clerk, after).rows] == [case.id], after


def test_the_box_costs_three_statements_however_many_rows(register):
    clerk = holder_of(CLERK)
    for _ in range(12):
        register()
    started_by(clerk)  # what is read once and kept
    with statements() as asked:
        assert len(started_by(clerk).rows) == 12
    assert len(asked) == 3
