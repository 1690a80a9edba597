"""Which units a person may choose from (XT-23)."""

import pytest

from errors import InvalidForm
from models import SYSTEM, Case, Unit, session
from operations.cases import register_case
from operations.deployments import deploy
from operations.submissions import choice_lists
from reference.counties import handling_units
from tests.engine.diagrams import diagram, end, start, user
from tests.people import holder_of
from tests.small_flow import form


def test_one_chooses_among_the_units_of_ones_own_county(county):
    session.add(Unit(code="elsewhere", name="邻县水利局", handles_cases=True))
    session.commit()
    mine = [choice.label for choice in choice_lists(holder_of("task_force:dispatcher"))["units"]]
    assert "县自然资源局" in mine
    assert "县供电公司" in mine  # public utilities too
    assert "邻县水利局" not in mine
    assert "县政府督查室" not in mine
    assert ("elsewhere", "邻县水利局") in handling_units(SYSTEM)


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
