"""Which units a person may choose from (XT-23)."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from errors import InvalidForm
from models import Case, CaseUnit, Identity, session
from operations.acts.cases import register_case
from operations.gate.submissions import choice_lists
from operations.house.deployments import deploy
from operations.house.folders import deploy_folder
from reference.counties import handling_units, own_units, unit_kind
from tests.engine.diagrams import diagram, end, start, user
from tests.people import holder_of
from tests.small_flow import form


def test_one_chooses_among_bureaus_and_public_utilities_and_no_offices(county):
    mine = [choice.label for choice in choice_lists(holder_of("task_force:dispatcher"), ["units"])["units"]]
    assert "县自然资源局" in mine
    assert "县供电公司" in mine
    assert "县政府督查室" not in mine


def test_a_unit_that_the_form_does_not_offer_is_not_taken(county, clock):
    matter_org = {"type": "select", "key": "matter_org", "label": "事项所属单位", "valuesKey": "units"}
    first = user("register", name="登记", candidates="receiver_post", form="F.register")
    flow = diagram("asked", start(), first, end("done"), flows="start register done")
    deploy("asked", {"asked.bpmn": flow, "F.register.form.json": form("F.register", matter_org)})
    clerk = holder_of("service_hall:window_clerk")
    for unit in ("yl_housing", "supervision_office"):  # of another county; one that handles no cases
        with pytest.raises(InvalidForm) as refused:
            register_case("asked", {"matter_org": unit}, by=clerk)
        assert refused.value.problems == {"matter_org": "“事项所属单位”所选的不在可选范围内，请重新选择。"}
    assert session.query(Case).count() == 0
    assert register_case("asked", {"matter_org": "housing"}, by=clerk).status


def test_one_acts_in_the_name_of_the_units_of_ones_posts(county):
    assert own_units(holder_of("yl_yunxi:initiator")) == [("yl_yunxi", "云溪乡人民政府")]
    assert own_units(holder_of("yl_gov_office:handler")) == []  # handles no cases, registers for nobody
    office = holder_of("yl_whistle_office:whistle_officer")  # 领导交办由吹哨办录入
    assert own_units(office) == handling_units(office)


def test_whoever_registers_for_others_does_so_whatever_other_post_they_hold(county):
    office, township = holder_of("yl_whistle_office:whistle_officer"), holder_of("yl_yunxi:initiator")
    assert own_units(both(township, office)) == handling_units(office)
    assert own_units(both(township, holder_of("yl_kuangshan:handler"))) == [
        ("yl_yunxi", "云溪乡人民政府"),
        ("yl_kuangshan", "匡山街道办事处"),
    ]


def test_whoever_sees_several_counties_reads_of_which_a_unit_is(county):
    clerk = holder_of("service_hall:window_clerk")
    administrator = replace(clerk, permissions=clerk.permissions | {"administer"})
    everywhere, here = dict(handling_units(administrator)), dict(handling_units(clerk))
    assert everywhere["natural_resources"] == "县自然资源局 · 湘潭县人民政府"
    assert everywhere["yl_yunxi"] == "云溪乡人民政府 · 宜良县人民政府"
    assert here["natural_resources"] == "县自然资源局"


def both(one: Identity, other: Identity) -> Identity:
    return replace(one, posts=one.posts + other.posts, permissions=one.permissions | other.permissions)


WHISTLE = {"title": "联合审批", "description": "互为前置", "filler": "经办", "situation": "none"}
WHISTLE |= {"source": "unit_report", "key_work": "no", "special_urgent": "no"}


def test_nobody_whistles_in_the_name_of_another_unit(county, clock, bpmn):  # YL-02 YL-13
    deploy_folder(bpmn / "yl_whistle")
    clerk = holder_of("yl_yunxi:initiator")
    with pytest.raises(InvalidForm) as refused:
        register_case("yl_whistle", WHISTLE | {"initiator_org": "yl_kuangshan"}, by=clerk)
    assert refused.value.problems == {"initiator_org": "“吹哨单位”所选的不在可选范围内，请重新选择。"}
    assert session.query(Case).count() == 0
    assert register_case("yl_whistle", WHISTLE | {"initiator_org": "yl_yunxi"}, by=clerk).status == "accepted"


def test_what_sort_of_unit_it_is_the_organisation_says(county):  # YL-A2
    kinds = {code: unit_kind(code) for code in ("yl_park", "yl_liuhe", "yl_fire", "nowhere")}
    assert kinds == {"yl_park": "park", "yl_liuhe": "township", "yl_fire": "department", "nowhere": ""}


def test_a_case_is_registered_from_the_post_of_the_unit_it_is_in_the_name_of(county, clock, bpmn):  # YL-02
    deploy_folder(bpmn / "yl_whistle")
    clerk = both(holder_of("yl_kuangshan:initiator"), holder_of("yl_yunxi:initiator"))
    for unit in ("yl_yunxi", "yl_kuangshan"):
        case = register_case("yl_whistle", WHISTLE | {"initiator_org": unit}, by=clerk)
        registrar = (CaseUnit.case_id == case.id) & (CaseUnit.role == "registrar")
        assert session.scalars(select(CaseUnit.unit).where(registrar)).all() == [unit]
