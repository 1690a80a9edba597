"""A form starts with what the house knows, and never with the words of a reporter who asked for secrecy (C-09)."""

import pytest

from operations.acts.cases import register_case
from operations.acts.tasks import complete_task, send_message
from operations.house.folders import deploy_folder
from queries.boxes.inbox import inbox
from queries.case.prefill import prefilled
from queries.case.tasks import task_page
from tests.engine.forms.schemas import component, form
from tests.people import holder_of
from tests.queries.conftest import open_task

DISPATCHER, LIAISON = "task_force:dispatcher", "natural_resources:liaison"
WORDS = "我叫王小明，住青山村，请受理"
REGISTRATION = {
    "title": "不动产登记资料多次补正仍不受理",
    "channel": "window",
    "matter_kind": "gov_service",
    "difficulty": "complex",
    "reporter_name": "王小明",
    "reporter_phone": "10012345678",
    "matter": "不动产登记",
    "matter_org": "natural_resources",
    "request_text": WORDS,
    "submitted_before": "三次",
    "blocked_reason": "每次要求不同",
}


@pytest.fixture
def register(county, clock, bpmn):
    deploy_folder(bpmn / "xt_cannot")
    clerk = holder_of("service_hall:window_clerk")
    return lambda **more: register_case("xt_cannot", REGISTRATION | more, by=clerk)


def page_of(case, name, post):
    return task_page(open_task(case, name).id, holder_of(post))


@pytest.mark.parametrize(("secrecy", "requirement"), [("", WORDS), ("true", "")])
def test_the_dispatcher_is_offered_the_citizen_s_words_unless_the_case_is_confidential(register, secrecy, requirement):
    case = register(confidential=secrecy)
    assert page_of(case, "分类交办", DISPATCHER).values["requirement"] == requirement


def test_the_title_of_a_confidential_registration_is_listed_without_the_name_on_its_form(register):
    register(confidential="true", title="王小明的不动产登记不受理")
    assert [row.title for row in inbox(holder_of(DISPATCHER)).rows] == ["反映人的不动产登记不受理"]


WHISTLE = {"title": "联合审批", "description": "互为前置", "filler": "经办", "situation": "none"}
WHISTLE |= {"source": "unit_report", "key_work": "no", "special_urgent": "no", "initiator_org": "yl_yunxi"}
STUDY = {
    "objective": "并联审查，一次办结",
    "participants": [{"unit": "yl_housing", "duty": "审批", "standard": "容缺受理"}],
    "report_time": "2026-03-20T09:00:00+08:00",
    "report_place": "乡政府",
    "need_city": "no",
}
RETURNED = {"clear": "no", "goal": "yes", "fit": "yes", "review_result": "return", "review_reason": "职责不清"}


def test_the_whistle_is_put_right_and_not_typed_again_however_often_it_comes_back(county, clock, bpmn):  # YL-09
    deploy_folder(bpmn / "yl_whistle")
    clerk = holder_of("yl_yunxi:initiator")
    case = register_case("yl_whistle", WHISTLE, by=clerk)

    def do(name, post, **values):
        complete_task(open_task(case, name).id, values, by=holder_of(post))

    do("研判：部门、职责、标准", "yl_yunxi:initiator", category="routine", **STUDY)
    do("对哨件提出意见", "yl_housing:liaison", opinion="agree")
    do("分管领导发出吹哨申请", "yl_yunxi:leader", initiator_sign="同意")
    do("审核哨件", "yl_whistle_office:whistle_officer", **RETURNED)
    assert page_of(case, "补正", "yl_yunxi:initiator").values.items() >= STUDY.items()
    better = STUDY | {"objective": "先行增容"}
    do("补正", "yl_yunxi:initiator", category="routine", again="no", **better)
    do("分管领导发出吹哨申请", "yl_yunxi:leader", initiator_sign="同意")
    do("审核哨件", "yl_whistle_office:whistle_officer", **RETURNED)
    again = page_of(case, "补正", "yl_yunxi:initiator").values
    assert again.items() >= better.items()
    assert "again" not in again


def test_whoever_signs_need_not_type_their_own_name(register):
    case = register()
    values = {"lead_org": "natural_resources", "complexity": "general", "requirement": "请受理"}
    complete_task(open_task(case, "分类交办").id, values, by=holder_of(DISPATCHER))
    assert page_of(case, "签收", LIAISON).values["signer"] == holder_of(LIAISON).name


def test_the_day_is_today_on_the_county_s_clock(county, clock):
    day = form(component("datetime", "held_on", "会议日期", subtype="date", properties={"prefill": "today"}))
    assert prefilled(day, holder_of(LIAISON), clock.now) == {"held_on": "2026-03-12"}


@pytest.mark.parametrize(
    ("post", "value"),
    [
        ("yl_yunxi:initiator", {"initiator_org": "yl_yunxi"}),
        ("yl_whistle_office:whistle_officer", {}),  # it registers for any unit and has to say for which
    ],
)
def test_the_unit_is_ones_own(county, clock, post, value):
    unit = component("select", "initiator_org", "吹哨单位", valuesKey="own_units", properties={"prefill": "unit"})
    assert prefilled(form(unit), holder_of(post), clock.now) == value


def test_what_is_personal_is_never_filled_in_from_another_form(county, clock):  # S-04, C-09
    said = {"goal": "通路灯", "reporter_name": "李四"}
    asks = {"prefill": "case"}
    whole = form(
        component("textfield", "goal", "工作目标", properties=asks),
        component("textfield", "reporter_name", "反映人", properties={**asks, "personal": "name"}),
    )
    assert prefilled(whole, holder_of(LIAISON), clock.now, said) == {"goal": "通路灯"}


def test_a_unit_that_was_put_right_is_none_of_those_that_gave_the_case_back(register):  # XT-11
    case, handler = register(), "natural_resources:handler"
    assigned = {"lead_org": "natural_resources", "complexity": "general", "requirement": "请受理"}

    def given_back():
        complete_task(open_task(case, "签收").id, {"signer": "联络员"}, by=holder_of(LIAISON))
        send_message(
            open_task(case, "办理").id, "N08_return", {"reason": "误派", "basis": "三定"}, by=holder_of(handler)
        )
        review = {"return_decision": "approve", "duty_note": "不属其职责"}
        complete_task(open_task(case, "审核退回职责界定").id, review, by=holder_of(DISPATCHER))
        return page_of(case, "分类交办", DISPATCHER).values["returned_orgs"]

    complete_task(open_task(case, "分类交办").id, assigned, by=holder_of(DISPATCHER))
    assert given_back() == ["natural_resources"]
    mended = assigned | {"return_mistaken": "true", "return_mistaken_reason": "核对三定方案，属其职责"}
    complete_task(open_task(case, "分类交办").id, mended, by=holder_of(DISPATCHER))
    assert given_back() == ["natural_resources"]
