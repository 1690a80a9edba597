"""A form that two steps share: each says which fields it hides, and which it shows without asking for them."""

import pytest
from sqlalchemy import select

from engine import Surroundings, check
from errors import InvalidForm
from models import SYSTEM, Submission, session
from operations.acts.drafts import save_task_draft
from operations.acts.tasks import complete_task
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from queries.case.tasks import task_page
from tests.engine.diagrams import diagram, end, start, user
from tests.operations.conftest import Story
from tests.people import holder_of
from tests.small_flow import FILES, HANDLER, form

ASKS, DECIDES = "natural_resources:handler", "task_force:verifier"
YES_NO = [{"label": "同意", "value": "yes"}, {"label": "不同意", "value": "no"}]
PLOT = {"type": "textfield", "key": "plot", "label": "地块"}
SHEET = (
    {"type": "textarea", "key": "reason", "label": "理由", "validate": {"required": True}},
    {"type": "dynamiclist", "path": "plots", "label": "地块清单", "components": [PLOT]},
    {"type": "radio", "key": "agree", "label": "是否同意", "values": YES_NO, "validate": {"required": True}},
    {"type": "textfield", "key": "who", "label": "联系人", "properties": {"personal": "name", "prefill": "me"}},
)


def flow(ask: dict[str, str], decide: dict[str, str]) -> dict[str, bytes]:
    drawn = diagram(
        "shared",
        start(),
        user("ask", name="报请", candidates=HANDLER, form="F.sheet", **ask),
        user("decide", name="批示", candidates='post("task_force", "verifier")', form="F.sheet", **decide),
        end("done", status="archived"),
        flows="start ask decide done",
    )
    return {"shared.bpmn": drawn, "F.sheet.form.json": form("F.sheet", *SHEET)}


def told(ask: dict[str, str], decide: dict[str, str]) -> list[str]:
    around = Surroundings(handlers={}, parameters=(), given=(), lists=())
    waits = {"noDeadline": "没有规定"}
    found = check("shared", flow(ask | waits, decide | waits), around)
    return [f"{each.element}{' (warning)' if each.warning else ''}: {each}" for each in found]


@pytest.fixture
def story(county):
    tables = {name: content for name, content in FILES.items() if name.endswith(".dmn")}
    deploy("shared", tables | flow({"formHidden": "agree"}, {"formReadonly": "reason plots", "formHidden": "who"}))
    return Story(start_process("shared", {}, by=SYSTEM).instance)


def test_a_step_asks_for_what_it_does_not_hide_and_shows_what_the_step_before_was_told(story):
    asking = story.task("报请")
    page = task_page(asking.id, holder_of(ASKS))
    assert [field.key for field in page.form.inputs] == ["reason", "plots", "who"]
    given = {"reason": "急用，电话13800001234", "plots": [{"plot": "A-1"}], "who": "王小明"}
    story.do("报请", **given, agree="no")
    deciding, by = story.task("批示"), holder_of(DECIDES)
    page = task_page(deciding.id, by)
    fields = {field.key: (field.readonly, field.required) for field in page.form.inputs}
    assert fields == {"reason": (True, False), "plots": (True, False), "agree": (False, True)}
    assert page.values == {
        "reason": "急用，电话138****1234",
        "plots": [{"plot": "A-1"}],
    }  # S-04
    typed = {"reason": "改掉", "plots": [], "who": "别人"}
    save_task_draft(deciding.id, typed | {"agree": "yes"}, by=by)
    assert task_page(deciding.id, by).drafts[""].values == {"agree": "yes"}
    with pytest.raises(InvalidForm) as refused:
        complete_task(deciding.id, typed, by=by)
    assert refused.value.problems == {"agree": "请选择“是否同意”。"}
    complete_task(deciding.id, typed | {"agree": "yes"}, by=by)
    assert list(session.scalars(select(Submission.values).order_by(Submission.id))) == [given, {"agree": "yes"}]


def test_the_check_names_what_a_step_cannot_hide_or_show():
    decide = {"formHidden": "resaon plot agree", "formReadonly": "agree who"}
    assert told({}, decide) == [
        "decide: 「批示」（decide）写成隐藏的字段“resaon”，表单“F.sheet”里没有，是不是“reason”。",
        "decide: 「批示」（decide）写成隐藏的“plot”是明细表里的一列，只能整张表隐藏。",
        "decide: 「批示」（decide）把字段“agree”既写成隐藏又写成只读，只能选一样。",
        "decide: 「批示」（decide）不能把“联系人”（who）写成只读：个人信息、涉密的回答按权限遮盖，这里请隐藏。",
    ]


def test_a_required_field_that_no_step_asks_for_is_a_warning_where_it_is_left_out():
    assert told({"formReadonly": "reason"}, {"formHidden": "agree"}) == []  # each is asked for by the other step
    assert told({"formReadonly": "reason"}, {"formHidden": "reason"}) == [
        "ask (warning): 「报请」（ask）把必填的“理由”（reason）写成只读，又没有什么给它值。",
        "decide (warning): 「批示」（decide）把必填的“理由”（reason）写成隐藏，又没有什么给它值。",
    ]
