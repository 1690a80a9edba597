"""Several counties in one database: nobody meets the cases, units or flows of another one."""

import pytest
from sqlalchemy import select

from errors import NotAllowed, NotFound
from models import SYSTEM, Case, CaseUnit, Identity, Post, Task, Unit, post_key, session, unit_of
from operations.acts.cases import register_case
from operations.gate.instances import start_process
from operations.gate.submissions import choice_lists
from operations.house.deployments import deploy
from operations.house.folders import deploy_all
from queries.case.cases import case_file
from queries.case.diagrams import open_drawing, whole_drawing
from queries.case.documents import register as documents
from queries.case.tasks import task_page
from queries.house.clauses import clause_page, documents_of
from queries.house.flow_map import flow_map
from queries.house.own_flows import own_flows
from queries.lists.case_list import case_list
from queries.receiving.intake import registrable_flows
from queries.receiving.similar import similar_cases
from reference import definitions
from reference.counties import county_of, county_of_case, handling_units
from tests.engine.diagrams import diagram, end, start, user
from tests.people import admin, holder_of
from tests.queries.conftest import open_task

TOPS = ("county", "tz_government", "district_gov", "xx_government", "yl_county", "system")
OFFICES = [
    "tz_whistle_office:dispatcher",
    "service_center:staff_reviewer",
    "xx_data:order_dispatcher",
    "xx_supervision:supervisor",
    "yl_whistle_office:whistle_officer",
]
REGISTRARS = {
    "service_hall:window_clerk": "xt_cannot",
    "market_bureau:chief_rep": "xt_cannot",
    "service_center:window_clerk": "yc_complaint",
    "campaign_office:campaign_clerk": "yc_accountability yc_reward yc_task",
    "yc_water:unit_liaison": "yc_onething yc_window_staff",
    "tz_bio_park:butler": "tz_whistle",
    "xx_hotline:call_agent": "xx_hotline",
    "yl_park:initiator": "yl_whistle",
    "yl_whistle_office:whistle_officer": "yl_whistle",
}


def unit(code: str) -> Unit:
    return session.scalars(select(Unit).where(Unit.code == code)).one()


def codes(*of: str) -> set[str]:
    return set(session.scalars(county_of(of)))


@pytest.mark.parametrize("top", TOPS)
def test_a_county_is_all_that_stands_under_one_top(county, top):
    mine = codes(top)
    assert top in mine
    assert not any(other in mine for other in TOPS if other != top)
    deepest = session.scalars(select(Unit.code).where(Unit.code.in_(mine), Unit.parent_id.is_not(None))).all()
    assert all(codes(unit) == mine for unit in deepest)


def test_every_unit_of_the_demonstration_is_in_just_one_county(county):
    assert sum(len(codes(top)) for top in TOPS) == len(session.scalars(select(Unit.code)).all())


def test_a_unit_below_a_unit_is_of_the_same_county(county):
    bureau = unit("natural_resources")
    branch = Unit(code="branch", name="不动产登记中心", parent_id=bureau.id)
    session.add(branch)
    session.flush()
    session.add(Unit(code="desk", name="登记中心窗口", parent_id=branch.id))
    session.commit()
    assert codes("desk") == codes("county") >= {"desk", "branch", "task_force"}


def test_units_of_no_county_are_none(county):
    assert codes() == codes("nowhere") == set()


@pytest.mark.parametrize("post", ["task_force:dispatcher", *OFFICES])
def test_one_chooses_among_the_units_of_ones_own_county(county, post):
    me = holder_of(post)
    offered = {choice.value for choice in choice_lists(me, ["units"])["units"]}
    assert offered
    assert offered == codes(*me.units) & set(dict(handling_units(SYSTEM)))


@pytest.mark.parametrize("office", OFFICES)
def test_an_office_that_sees_all_sees_all_of_its_own_county(begin, office):
    case, stranger = begin(case_no="XT20260001"), holder_of(office)
    assert [row.case_no for row in case_list(holder_of("task_force:head")).rows] == ["XT20260001"]
    assert case_list(stranger).rows == []
    assert documents(stranger).rows == []
    with pytest.raises(NotFound):
        case_file(case.id, stranger)
    with pytest.raises(NotFound):
        task_page(open_task(case, "办理").id, stranger)
    assert task_page(open_task(case, "办理").id, holder_of("task_force:head")).case.id == case.id


def test_an_administrator_looks_after_every_county(begin):
    case = begin()
    session.query(CaseUnit).delete()
    session.commit()
    assert [row.id for row in case_list(admin()).rows] == [case.id]


def test_what_waits_for_the_operator_of_the_installation_is_in_nobody_else_s_county(begin):
    case = begin()
    session.query(CaseUnit).delete()
    session.add(CaseUnit(case_id=case.id, unit="system", role="office"))
    session.commit()
    assert len(case_list(admin()).rows) == len(case_list(holder_of("system:operator")).rows) == 1
    assert case_list(holder_of("task_force:head")).rows == []


def test_a_unit_asked_into_a_case_of_another_county_sees_that_case(begin):
    begin(registrar="tz_power", case_no="XT20260001")
    begin(case_no="XT20260002")
    assert [row.case_no for row in case_list(holder_of("tz_power:liaison")).rows] == ["XT20260001"]


def test_a_case_stays_of_one_county_whoever_else_takes_part(begin):  # 发文字号
    """Else its papers would go on in another register, and one number would be given twice."""
    case = begin(registrar="task_force")
    session.add_all(CaseUnit(case_id=case.id, unit=unit, role="office") for unit in ("system", "tz_power"))
    session.commit()
    assert county_of_case(case.id, ()) == "county"
    assert county_of_case(case.id, {"tz_power"}) == "tz_government"  # the county whose flow it is


def test_the_same_phone_in_another_county_is_no_repetition(begin):
    title = "不动产登记跑了四次没办成"
    first, second, elsewhere = (begin(title=title, phone_hash="x", case_no=f"XT2026000{n}") for n in (1, 2, 3))
    session.query(CaseUnit).filter_by(case_id=elsewhere.id).delete()
    session.add(CaseUnit(case_id=elsewhere.id, unit="yl_housing", role="office"))
    session.commit()
    [line] = similar_cases(second, admin())
    assert "XT20260001" in line
    assert similar_cases(session.get_one(Case, elsewhere.id), admin()) == []
    assert first.case_no == "XT20260001"


@pytest.fixture
def flows(county, clock):
    deploy_all()


def test_one_is_offered_the_flows_of_ones_own_county_and_no_address_offers_more(flows):
    offered = {post: " ".join(sorted(row.key for row in registrable_flows(holder_of(post)))) for post in REGISTRARS}
    assert offered == REGISTRARS
    with pytest.raises(NotAllowed):
        register_case("yc_complaint", {}, by=holder_of("service_hall:window_clerk"))


OWN = {  # a post of each county, its flows' beginning, and the document that carries
    "task_force:head": "xt",
    "service_center:window_clerk": "yc",
    "tz_bio_park:butler": "tz",
    "xx_hotline:call_agent": "xx",
    "yl_park:initiator": "yl",
}


def own(me: Identity) -> list[str]:
    """All but the one that is there before every test."""
    return [row.key for row in own_flows(me) if row.key != "secret"]


def test_one_looks_at_the_flows_and_clauses_of_ones_own_county_only(flows):
    for post, beginning in OWN.items():
        me = holder_of(post)
        assert own(me) == [
            row.key for row in definitions.newest_of_each() if row.key.startswith((beginning, "db_order"))
        ]
        assert [document.key for document in documents_of(me)] == [beginning.upper(), "C"]


def test_a_month_asks_the_parks_of_its_own_county_only(flows):  # TZ-18
    elsewhere = Unit(code="yl_new_park", name="另一县的园区", parent_id=unit("yl_county").id)
    session.add(elsewhere)
    session.flush()
    session.add(Post(key=post_key(elsewhere.code, "butler"), unit_id=elsewhere.id, role="butler", role_name="店小二"))
    session.commit()
    case = start_process("tz_monthly", {}, by=SYSTEM).instance.case
    asked = session.scalars(select(Task.post).where(Task.case_id == case.id))
    assert {unit_of(post) for post in asked} == {
        *("tz_bio_park", "tz_material_park", "tz_data_park", "tz_hitech_park", "tz_harbour_street")
    }


def test_a_drawing_of_another_county_is_not_found(flows):
    me, mine, other = (
        holder_of("xx_hotline:call_agent"),
        definitions.newest("xx_hotline"),
        definitions.newest("yc_task"),
    )
    assert b"N01_register" in open_drawing(mine.id, "xx_hotline", me)
    assert b"N01_register" in whole_drawing(mine.id, "xx_hotline", me)
    assert flow_map("xx_hotline", me).diagrams
    with pytest.raises(NotFound):
        flow_map("yc_task", me)
    for drawing in (open_drawing, whole_drawing):
        with pytest.raises(NotFound):
            drawing(other.id, "yc_task", me)


def test_a_clause_leads_to_no_drawing_of_another_county(flows):
    for post, beginning in OWN.items():
        me = holder_of(post)
        rows = [row for each in documents_of(me) for row in clause_page(each, "", [], me).rows]
        drawn = [place for row in rows for place in row.places if place.process]
        found = {flow for place in drawn for flow in place.flows} - {"db_order"}  # 督办单 is of every county
        assert {flow.split("_")[0] for flow in found} == {beginning}
        assert [place for place in drawn if not place.flows] == []


def test_a_shared_drawing_names_the_clauses_of_one_s_own_document_only(flows):
    parts = flow_map("xx_hotline", holder_of("xx_hotline:call_agent")).parts
    named = {clause.split("-")[0] for part in parts for element in part.elements for clause in element.clauses}
    assert "XX" in named
    assert not named & {"XT", "TZ", "YL", "YC"}


def test_an_administrator_looks_at_the_flows_of_every_county(flows):
    assert own_flows(admin()) == definitions.newest_of_each()
    assert len(documents_of(admin())) == 6


def test_a_unit_asked_into_a_case_of_another_county_sees_its_drawing(flows):
    case = start_process("xt_cannot", {}, by=SYSTEM).instance.case
    session.add(CaseUnit(case_id=case.id, unit="tz_power", role="co"))
    session.commit()
    flow = definitions.newest("xt_cannot").id
    assert open_drawing(flow, "xt_cannot", holder_of("tz_power:liaison"))
    with pytest.raises(NotFound):
        open_drawing(flow, "xt_cannot", holder_of("tz_bio_park:butler"))


def test_a_flow_that_names_no_unit_of_any_county_is_anybody_s(county, clock):
    form = b'{"id": "F", "type": "default", "components": []}'
    for key, named in (("free", "receiver_post"), ("unknown", 'post("nowhere", "liaison")')):
        shapes = user("register", candidates="receiver_post", form="F"), user("work", candidates=named)
        deploy(
            key,
            {
                f"{key}.bpmn": diagram(key, start(), *shapes, end(), flows="start register work end"),
                "F.form.json": form,
            },
        )
    for clerk in ("service_hall:window_clerk", "service_center:window_clerk"):
        assert set(own(holder_of(clerk))) == {"free", "unknown"}
        assert {row.key for row in registrable_flows(holder_of(clerk))} == {"free", "unknown"}
