"""郾城: who names somebody that the campaign bars reads why, with the clause, on the form that answers (YC-07)."""

import pytest

from operations.acts.cases import register_case
from operations.house.folders import deploy_folder
from queries.case.tasks import task_page
from tests.people import holder_of
from tests.queries.conftest import open_task

LIAISON = "yc_water:unit_liaison"
STAFF = {"title": "选派窗口人员", "lead_org": "yc_water", "staff_name": "某甲", "reason": "进驻窗口需要"}


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ({"identity": "welfare"}, "公益性岗位、临时聘用人员不得顶岗（YC-07）"),
        ({"skilled": "no"}, "不得选派不熟业务、不负责任的人员（YC-07）"),
    ],
)
def test_the_form_that_answers_says_why_somebody_else_must_be_named(county, clock, bpmn, named, why):
    deploy_folder(bpmn / "yc_campaign")
    asked = STAFF | {"staff_matter": "select", "identity": "core", "skilled": "yes"} | named
    case = register_case("yc_window_staff", asked, by=holder_of(LIAISON))
    page = task_page(open_task(case, "另行选派").id, holder_of(LIAISON))
    assert page.values["staff_words"] == why
