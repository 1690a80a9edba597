"""推荐承办单位: from closed cases that say nearly the same, with reasons, and of units that may be chosen."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from models import Case, DispatchModel, Submission, Task, db, now, session
from models.alone import DISPATCHES
from operations.acts.cases import register_case
from operations.house.deployments import deploy
from operations.ticking.dispatch_learning import learn_dispatches
from queries.case.tasks import task_page
from queries.receiving.suggesting import FEWEST, NEIGHBOURS, suggested
from reference.dispatches import learnt
from tests.databases import POSTGRES
from tests.engine.diagrams import diagram, end, start, user
from tests.people import holder_of
from tests.small_flow import FILES, form

WINDOW, OFFICE = "service_hall:window_clerk", "task_force:dispatcher"
TITLE = {"type": "textfield", "key": "title", "label": "标题", "validate": {"required": True}}
NAME = {"type": "textfield", "key": "reporter_name", "label": "姓名", "properties": {"personal": "name"}}
UNIT = {
    "type": "select",
    "key": "lead_org",
    "label": "主办单位",
    "valuesKey": "units",
    "properties": {"suggest": "yes"},
}
ACCUSED = {"type": "select", "key": "accused", "label": "被举报单位", "valuesKey": "units", "disabled": True}
REPORTED = {
    "type": "select",
    "key": "accused_org",
    "label": "被举报单位",
    "valuesKey": "units",
    "properties": {"field": "accused"},
}
FLOW = {
    "dispatching.bpmn": diagram(
        "dispatching",
        start(),
        user("register", name="登记", candidates="receiver_post", form="F.told"),
        user("assign", name="交办", candidates='post("task_force", "dispatcher")', form="F.assign"),
        end("done", status="archived"),
        flows="start register assign done",
    ),
    "d07_light.dmn": FILES["d07_light.dmn"],
    "F.told.form.json": form("F.told", TITLE, NAME, REPORTED),
    "F.assign.form.json": form("F.assign", ACCUSED, UNIT),
}


@pytest.fixture
def tell(county, clock):
    """One more case with this title; `unit` has handled it to the end."""
    deploy("dispatching", FLOW)
    clerk = holder_of(WINDOW)

    def told(title: str, unit: str = "", accused_org: str = "", **columns: object) -> Case:
        typed = {"title": title, "reporter_name": "张三丰", "accused_org": accused_org}
        case = register_case("dispatching", typed, by=clerk)
        if unit:
            case.lead_org, case.closed_at, case.result = unit, now(), "archived"
        for column, value in columns.items():
            setattr(case, column, value)
        session.commit()
        return case

    return told


def page_of(case):
    task = session.scalars(select(Task).where(Task.case_id == case.id, Task.name == "交办")).one()
    return task_page(task.id, holder_of(OFFICE))


def test_the_unit_that_handled_the_like_is_named_with_the_cases_and_the_words(tell, clock):
    for number in range(FEWEST - 2):
        tell(f"居住证办理难 {number}", "civil_affairs")
    near = tell("不动产登记反复补正", "natural_resources", case_no="XT20260901")
    tell("保密的不动产登记补正", "civil_affairs", confidential=True)
    tell("不动产登记补正，转走了", "civil_affairs", result="transferred_out")
    case = tell("张三丰不动产登记补正三次")
    assert page_of(case).suggested.learnt_at is None
    learn_dispatches()
    assert page_of(case).suggested.too_few

    tell("水表不走", "housing")
    learn_dispatches()
    assert page_of(case).suggested.too_few  # once a day
    clock.now += timedelta(days=1)
    learn_dispatches()
    page = page_of(case)
    [row] = page.suggested.rows
    assert (row.unit, row.count, row.cases) == ("natural_resources", 1, [(near.id, "XT20260901")])
    assert row.words.startswith("不动产登记")
    assert page.suggested.learnt_from == FEWEST
    assert page.values.get("lead_org") is None  # nobody chose it

    near.confidential = True
    session.commit()
    assert page_of(case).suggested.rows == []


def test_a_unit_that_the_form_shows_is_none_to_suggest(tell):  # C-09
    for number in range(FEWEST):
        tell(f"不动产登记反复补正 {number}", "natural_resources")
        tell(f"居住证办理难 {number}", "civil_affairs")
    learn_dispatches()
    form = page_of(tell("不动产登记补正")).form
    units, office = {"natural_resources": "县自然资源局"}, holder_of(OFFICE)

    def rows(accused):
        field = form.find("lead_org")
        return suggested(field, form, {"accused": accused}, units, "不动产登记补正", office).rows

    assert [row.count for row in rows("housing")] == [NEIGHBOURS]
    assert rows("natural_resources") == []


def test_nobody_s_words_are_kept_and_nobody_is_found_by_name_or_number(tell):  # S-04
    case = tell("张三丰 10012345678 反映水表不走", "housing")
    learn_dispatches()
    assert [examples for examples in session.scalars(select(DispatchModel.examples)) if examples] == [[case.id]]
    index = learnt("county").index
    assert index.near("水表不走", least=0.1, most=1)
    assert index.near("张三丰 10012345678", least=0, most=1) == []


def test_what_a_report_says_of_somebody_is_not_learnt(tell):  # C-09
    tell("王五局长收礼，李四作证", "civil_affairs", accused_org="housing")
    other = tell("水表不走", "housing")
    learn_dispatches()
    assert session.get_one(DispatchModel, "county").examples == [other.id]


def test_a_county_that_cannot_learn_keeps_no_other_back(tell):  # P7
    broken, sound = tell("水表不走", "housing"), tell("路灯不亮", "xx_urban")
    session.scalars(select(Submission).where(Submission.case_id == broken.id)).one().values = []
    session.commit()
    learn_dispatches()
    learnt_by = dict(session.execute(select(DispatchModel.county, DispatchModel.examples)).all())
    assert "county" not in learnt_by
    assert [sound.id] in learnt_by.values()


@pytest.mark.parametrize("template", ["postgresql"] if POSTGRES else [], indirect=True)
def test_of_two_clocks_one_learns(tell):
    with db.engine.begin() as other:
        other.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": DISPATCHES})
        assert learn_dispatches() == 0
    assert learn_dispatches() > 0
