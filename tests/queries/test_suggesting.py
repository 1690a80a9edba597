"""推荐承办单位: from closed cases that say nearly the same, with reasons, and of units that may be chosen."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import Case, DispatchModel, Task, now, session
from operations.acts.cases import register_case
from operations.house.deployments import deploy
from operations.ticking.dispatch_learning import learn_dispatches
from queries.case.tasks import task_page
from queries.receiving.suggesting import FEWEST, NEIGHBOURS, suggested
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
    "F.told.form.json": form("F.told", TITLE, NAME),
    "F.assign.form.json": form("F.assign", ACCUSED, UNIT),
}


@pytest.fixture
def tell(county, clock):
    """One more case with this title; `unit` has handled it to the end."""
    deploy("dispatching", FLOW)
    clerk = holder_of(WINDOW)

    def told(title: str, unit: str = "", **columns: object) -> Case:
        case = register_case("dispatching", {"title": title, "reporter_name": "张三丰"}, by=clerk)
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


def learn_everything():
    """As the ticker does, county by county."""
    while learn_dispatches():
        session.rollback()


def test_the_unit_that_handled_the_like_is_named_with_the_cases_and_the_words(tell, clock):
    for number in range(FEWEST - 2):
        tell(f"居住证办理难 {number}", "civil_affairs")
    near = tell("不动产登记反复补正", "natural_resources", case_no="XT20260901")
    tell("保密的不动产登记补正", "civil_affairs", confidential=True)
    tell("不动产登记补正，转走了", "civil_affairs", result="transferred_out")
    case = tell("张三丰不动产登记补正三次")
    assert page_of(case).suggested.learnt_at is None
    learn_everything()
    assert page_of(case).suggested.too_few

    tell("水表不走", "housing")
    learn_everything()
    assert page_of(case).suggested.too_few  # once a day
    clock.now += timedelta(days=1)
    learn_everything()
    page = page_of(case)
    [row] = page.suggested.rows
    assert (row.unit, row.count, row.cases) == ("natural_resources", 1, [(near.id, "XT20260901")])
    assert row.words.startswith("不动产登记")
    assert page.suggested.learnt_from == FEWEST
    assert page.values.get("lead_org") is None  # nobody chose it

    near.confidential = True
    session.commit()
    assert page_of(case).suggested.rows[0].cases == []


def test_a_unit_that_the_form_shows_is_none_to_suggest(tell):  # C-09
    for number in range(FEWEST):
        tell(f"不动产登记反复补正 {number}", "natural_resources")
        tell(f"居住证办理难 {number}", "civil_affairs")
    learn_everything()
    form = page_of(tell("不动产登记补正")).form
    units, office = {"natural_resources": "县自然资源局"}, holder_of(OFFICE)

    def rows(accused):
        field = form.find("lead_org")
        return suggested(field, form, {"accused": accused}, units, "不动产登记补正", office).rows

    assert [row.count for row in rows("housing")] == [NEIGHBOURS]
    assert rows("natural_resources") == []


def test_names_and_numbers_are_not_learnt(tell):  # S-04
    tell("张三丰 10012345678 反映水表不走", "housing")
    learn_everything()
    told = session.scalars(select(DispatchModel.examples)).all()
    [[_, unit, matter]] = [example for examples in told for example in examples]
    assert unit == "housing"
    assert "水表不走" in matter
    assert "张三丰" not in matter
    assert "10012345678" not in matter
