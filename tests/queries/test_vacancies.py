"""Work that comes to a post nobody holds is told to whoever sent it, and to the operators until somebody holds it."""

import pytest

from engine.forms import choices
from models import SYSTEM, PostHolder, User, session
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from queries.case.outcomes import outcome
from queries.case.tasks import task_page
from queries.house.vacancies import vacancies
from tests.engine.diagrams import diagram, end, start, user
from tests.people import holder_of
from tests.queries.conftest import do, open_task
from tests.small_flow import FILES, form


@pytest.fixture
def leave():
    """Nobody who holds this post may sign in any more."""

    def left(post: str) -> None:
        held = session.query(PostHolder.user_id).filter_by(post_key=f"post:{post}")
        session.query(User).filter(User.id.in_(held)).update({"disabled": True}, synchronize_session=False)
        session.commit()

    return left


def test_a_post_that_somebody_holds_is_none(begin):
    begin()
    assert vacancies() == []


def test_the_operators_read_whose_work_waits_and_since_when(begin, leave):
    case = begin(case_no="XT20260001")
    task = open_task(case, "办理")
    leave(task.post.removeprefix("post:"))
    [vacancy] = vacancies()
    assert (f"post:{vacancy.post}", vacancy.tasks, vacancy.case_no) == (task.post, 1, "XT20260001")


LEADER, SUPERVISOR = "natural_resources:leader", "supervision_office:supervisor"


def test_whoever_sends_work_to_a_post_without_anybody_is_told_at_once(begin, leave):
    case = begin()
    leave(LEADER)
    task = do(case, "研究线索", opinion="请说明")
    [line] = [line for line in outcome(task.id, "weigh", holder_of(SUPERVISOR)).lines if "说明情况" in line]
    assert "这个岗位暂时没有人，请联系系统管理员" in line


ASSIGN = form(
    "F.assign",
    {"type": "select", "key": "lead_org", "label": "主办单位", "valuesKey": "units"},
    {"type": "select", "key": "place_org", "label": "属地", "valuesKey": "units"},
)
ASSIGNING = {
    "assigning.bpmn": diagram(
        "assigning",
        start(),
        user("assign", name="交办", candidates='post("task_force", "dispatcher")', form="F.assign"),
        user("sign", name="签收", candidates='post(lead_org, "liaison")', form="F.sign"),
        user("agree", name="同意", candidates='post(lead_org, "leader")', form="F.sign"),
        end("done", status="archived"),
        flows="start assign sign agree done",
    ),
    "d07_light.dmn": FILES["d07_light.dmn"],
    "F.assign.form.json": ASSIGN,
    "F.sign.form.json": form("F.sign"),
}


def test_who_dispatches_reads_before_sending_that_a_unit_has_nobody_for_it(county, clock, leave):
    deploy("assigning", ASSIGNING)
    case = start_process("assigning", {}, by=SYSTEM).instance.case
    for post in ("natural_resources:liaison", "civil_affairs:liaison", "civil_affairs:leader"):
        leave(post)
    page = task_page(open_task(case, "交办").id, holder_of("task_force:dispatcher"))
    lead, place = ({each.value: each.label for each in choices(field, page.lists)} for field in page.form.inputs)
    assert lead["natural_resources"] == "县自然资源局（联络员没有人）"
    assert lead["civil_affairs"] == "县民政局（岗位上都没有人）"
    assert (lead["tax"], place["natural_resources"]) == ("县税务局", "县自然资源局")
    do(case, "交办", lead_org="natural_resources")


def test_of_a_confidential_task_the_operators_read_no_case(begin, leave):  # XT-20
    case = begin(case_no="XT20260001")
    leave(LEADER)
    do(case, "研究线索", opinion="请说明")
    [vacancy] = vacancies()
    assert (vacancy.post, vacancy.tasks, vacancy.case_id, vacancy.case_no) == (LEADER, 1, None, "")
