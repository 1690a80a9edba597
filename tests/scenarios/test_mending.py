"""A draft with one step more turns its scenarios red; they are mended together, and as they were again (C-11)."""

import pytest
from sqlalchemy import select

from commands.trials import register
from errors import AlreadyChanged, InvalidForm
from models import FlowDraft, Job, session
from operations.house.deployments import deploy
from operations.studio.drafts import begin_draft, save_file
from operations.studio.trials import try_scenarios
from operations.ticking.jobs import play_jobs
from reference.flow_drafts import draft_files
from scenarios.mending.applying import last_mend, mend, take_back
from scenarios.mending.asked import asked_for, written
from scenarios.mending.groups import groups_of
from scenarios.mending.plans import plan_of
from tests.people import person
from tests.scenarios.small import REGISTER
from tests.small_flow import FILES, form

#: The SQL is the same everywhere, and each process costs seconds.
pytestmark = pytest.mark.parametrize("template", ["sqlite"], indirect=True)

TOLD = f"""# language: zh-CN
功能: 试

  场景: 一
    {REGISTER}
    当 县自然资源局联络员完成“签收”

  场景: 二
    {REGISTER}
    当 2026-03-05 10:00 县自然资源局经办人完成“办理”：
      | 办理情况 | 好 |
    那么 没有待办

  场景: 三
    {REGISTER}
    当 县自然资源局经办人完成“核对”
"""
FILE = "scenarios/试.feature"
VISIT = """<bpmn:userTask id="visit" name="踏勘"><bpmn:extensionElements><spiffworkflow:properties>
<spiffworkflow:property name="candidates" value='post(lead_org, "handler")'/>
<spiffworkflow:property name="form" value="F.visit"/>
<spiffworkflow:property name="noDeadline" value="随办理时限"/></spiffworkflow:properties></bpmn:extensionElements>
</bpmn:userTask><bpmn:sequenceFlow id="on" sourceRef="visit" targetRef="handle"/><bpmn:scriptTask id="signed">"""
FORM = form(
    "F.visit",
    {"type": "textfield", "key": "found", "label": "踏勘情况", "validate": {"required": True}},
    {"type": "radio", "key": "so", "label": "属实", "values": [{"value": "yes", "label": "是"}]},
)


@pytest.fixture
def draft(county: None) -> FlowDraft:
    """签收 is called 接收, and between it and 办理 there is 踏勘 with a form."""
    register()
    deploy("small", FILES | {FILE: TOLD.encode()})
    drawn = FILES["small.bpmn"].decode().replace('<bpmn:scriptTask id="signed">', VISIT).replace("签收", "接收")
    drawn = drawn.replace('sourceRef="signed" targetRef="handle"', 'sourceRef="signed" targetRef="visit"')
    draft = begin_draft("small", "签收以后踏勘", by=person("sheji"))
    save_file(draft.id, "small.bpmn", drawn.encode(), seen=0, by=person("sheji"))
    save_file(draft.id, "F.visit.form.json", FORM, seen=0, by=person("sheji"))
    try_scenarios(draft.id, by=person("sheji"))
    play_jobs()
    return draft


def lines(draft: FlowDraft, cause: str, about: str) -> list[str]:
    """What would be put in and taken out."""
    [file] = plan_of(draft, cause, about).files
    return [f"{row.sign} {row.text.strip()}" for row in file.rows if row.sign != " "]


def test_what_failed_for_one_reason_is_mended_together_and_taken_back_as_a_whole(draft):
    by = person("sheji")
    found = {(group.cause, group.about): group for group in groups_of(draft)}
    assert found.keys() == {("renamed", "sign"), ("standing", "visit"), ("gone", "核对")}
    assert lines(draft, "gone", "核对") == ["- 当 县自然资源局经办人完成“核对”"]
    assert lines(draft, "renamed", "sign") == ["- 当 县自然资源局联络员完成“签收”", "+ 当 县自然资源局联络员完成“接收”"]
    assert lines(draft, "standing", "visit") == ["+ 而且 县自然资源局经办人完成“踏勘”"]

    group = found["standing", "visit"]
    asked = [(each.field.label, each.needed, each.offered) for each in asked_for(draft, group, by)]
    assert asked == [("踏勘情况", True, []), ("属实", False, ["是"])]
    with pytest.raises(InvalidForm) as refused:
        written(draft, group, {"found": " ", "so": "否"}, by)
    assert refused.value.problems.keys() == {"found", "so"}
    rows = written(draft, group, {"found": "已到现场", "so": "是"}, by)
    with pytest.raises(AlreadyChanged):
        mend(draft.id, group.cause, group.about, rows, seen=draft.revision - 1, by=by)
    mend(draft.id, group.cause, group.about, rows, seen=draft.revision, by=by)
    play_jobs()
    assert session.scalars(select(Job).order_by(Job.id.desc())).first().result == {"passed": 1, "failed": 2}

    assert "      | 踏勘情况 | 已到现场 |" in draft_files(draft)[FILE].decode().split("\n")
    assert last_mend(draft).words == "加上“踏勘”"
    take_back(draft.id, by=by)
    assert draft_files(draft)[FILE].decode() == TOLD
    assert FILE not in [file.name for file in draft.files]
