"""Several tasks alike in one inbox: each row, each page and each form handed in says which it is about."""

import pytest

from models import SYSTEM, session
from operations.acts.tasks import complete_task
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from queries.boxes.inbox import inbox, names_of
from queries.case.cases import case_file
from queries.case.tasks import task_page
from tests.engine.diagrams import diagram, each, end, script, start, sub, user
from tests.people import holder_of
from tests.small_flow import FILES as SMALL
from tests.small_flow import HANDLER, form

HOLDER = "natural_resources:handler"
RESULT = {"type": "textfield", "key": "result", "label": "办理情况"}


def flow(label: str = '"任务" + text(row.no) + "：" + row.task') -> dict[str, bytes]:
    inside = (
        start("in"),
        user("handle", name="办理任务", candidates=HANDLER, form="F.handle", noDeadline="文件未规定时限"),
        end("out"),
    )
    rows = each(sub("each_row", *inside, flows="in handle out", itemLabel=label), "rows", "row")
    made = 'rows = [{"no": 1, "task": "约见王小明"}, {"no": 2, "task": "清运渣土"}]'
    drawn = diagram(
        "rows",
        start(noReply="办公室下达的任务，没有企业群众提出"),
        script("made", made),
        rows,
        end(),
        flows="start made each_row end",
    )
    return {"rows.bpmn": drawn, "d07_light.dmn": SMALL["d07_light.dmn"], "F.handle.form.json": form("F.handle", RESULT)}


@pytest.fixture
def begin(county, clock):
    def make(**made):
        deploy("rows", flow(**made))
        case = start_process("rows", {}, by=SYSTEM).instance.case
        case.reporter = "王小明"
        session.commit()
        return case

    return make


def test_the_inbox_tells_them_apart_and_leaves_the_reporter_out(begin):  # S-04
    begin()
    me = holder_of(HOLDER)
    rows = inbox(me).rows
    assert sorted(row.item for row in rows) == ["任务1：约见王某某", "任务2：清运渣土"]
    assert {row.task_name for row in rows} == {"办理任务"}
    assert sorted(names_of([row.task_id for row in rows], me).values())[1].startswith("办理任务（任务2：清运渣土）")


def test_the_page_of_the_task_and_of_the_case_say_it_too(begin):
    case, me = begin(), holder_of(HOLDER)
    pages = {task_page(row.task_id, me).item for row in inbox(me).rows}
    assert pages == {row.item for row in case_file(case.id, me).tasks} == {"任务1：约见王某某", "任务2：清运渣土"}


def test_a_form_says_which_it_was_about_and_whose_task_it_was(begin):  # YL-08
    case, me = begin(), holder_of(HOLDER)
    second = next(row for row in inbox(me).rows if row.item.startswith("任务2"))
    complete_task(second.task_id, {"result": "已清运"}, by=me)
    [sheet] = case_file(case.id, me).sheets
    assert (sheet.name, sheet.who) == ("办理任务（任务2：清运渣土）", f"{me.name}（县自然资源局）")


def test_a_label_that_goes_wrong_keeps_the_task_from_nobody(begin):
    begin(label="row.nothing")
    assert [row.item for row in inbox(holder_of(HOLDER)).rows] == ["", ""]
