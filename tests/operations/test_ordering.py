"""A 督办单 by hand from 督查台: a case of its own beside what it is about (scenarios: bpmn/db_order)."""

import pytest
from sqlalchemy import delete, func, select

from errors import InvalidForm, MessageNotAccepted, NotAllowed, NotFound
from models import (
    SYSTEM,
    Case,
    CaseLink,
    Deadline,
    DispatchModel,
    Document,
    Notice,
    PostHolder,
    ProcessDefinition,
    ProcessInstance,
    Task,
    session,
)
from operations.acts.copies import posts_to_copy
from operations.acts.linking import unlink_cases
from operations.acts.ordering import order_supervision
from operations.gate.complained_of import complained_of, reports_among
from operations.gate.instances import start_process
from operations.gate.supervised_units import units_to_order
from operations.house.deployments import deploy, write_version
from operations.house.folders import BPMN, read_folder
from operations.ticking.dispatch_learning import learn_dispatches
from queries.case.cases import case_file
from queries.case.order_pages import order_page
from queries.lists.desk import desk
from queries.receiving.intake import registrable_flows
from tests.operations.conftest import Story
from tests.people import holder_of
from tests.queries import watched
from tests.small_flow import FILES, form

SUPERVISOR, OFFICE, LIAISON = "supervision_office:supervisor", "task_force:dispatcher", "natural_resources:liaison"
SAID = {"ordered_unit": "natural_resources", "order_text": "请尽快办结", "order_days": 5}
#: What is asked of the rows in Python, or by statements that are asked in other tests on every database.
ON_SQLITE = pytest.mark.parametrize("template", ["sqlite"], indirect=True)
ACCUSED = {"type": "textfield", "key": "accused_org", "label": "被举报单位", "properties": {"field": "accused"}}


@pytest.fixture
def drawn(start):
    """A case that waits for the natural resources bureau, in a county that has the flow of 督办单."""
    [(key, files)] = read_folder(BPMN / "db_order").items()
    write_version(key, files, by=SYSTEM)
    case = start()
    case.case.case_no, case.case.title, case.case.reporter = "XT20260001", "王小明办不成证", "王小明"
    session.commit()
    return case


def order(case, by=SUPERVISOR, request=None, **said):
    return order_supervision(case.case.id, SAID | said, by=holder_of(by), request=request)


def story_of(made):
    return Story(session.scalars(select(ProcessInstance).where(ProcessInstance.case_id == made.id)).one())


def links(case_id, by=SUPERVISOR):
    return [(each.says, each.title, each.why_kept) for each in case_file(case_id, holder_of(by)).links]


def refused(case, why=InvalidForm, **said):
    with pytest.raises(why) as error:
        order(case, **said)
    return error.value.problems if why is InvalidForm else str(error.value)


def test_the_case_that_is_supervised_does_not_move(drawn):  # C-08
    state, due, revision = drawn.instance.state, drawn.deadline("sign").due_at, drawn.instance.revision
    made = order(drawn)
    assert (drawn.instance.state, drawn.deadline("sign").due_at) == (state, due)
    assert drawn.instance.revision == revision + 1
    assert drawn.events[-1] == "ordered 督办单〔2026〕1号，督办县自然资源局"
    assert session.scalars(select(Document.case_id)).all() == [made.id]


@ON_SQLITE
def test_both_files_show_each_other_and_cannot_be_parted(drawn):
    made = order(drawn)
    kept = "督办单与它督办的事项一直连着，不能解除。"
    assert links(drawn.case.id) == [("督办单", "督办：王某某办不成证", kept)]
    assert links(made.id) == [("督办的事项", "王某某办不成证", kept)]
    with pytest.raises(NotAllowed, match="一直连着"):
        unlink_cases(made.id, session.scalars(select(CaseLink.id)).one(), {"link_reason": "x"}, by=holder_of(OFFICE))


@ON_SQLITE
@pytest.mark.parametrize(
    ("key", "unit", "said"),
    [
        ("handle", "natural_resources", ("2026-03-19（办理）", "1个工作日")),
        ("handle", "housing", (None, None)),  # it had a task and has handed it in: others are late
        ("handle:housing", "housing", ("2026-03-19（办理）", "1个工作日")),
    ],
)
def test_the_paper_names_only_a_limit_that_runs_for_the_unit_itself(drawn, wait, key, unit, said):  # F-C-3
    drawn.do("签收").post = "post:housing:handler"
    session.commit()
    wait(days=8)
    drawn.deadline("handle").key = key
    session.commit()
    made = order(drawn, ordered_unit=unit)
    body = session.scalars(select(Document.body).where(Document.case_id == made.id, Document.kind == "督办单")).one()
    assert (body.get("原时限"), body.get("逾期")) == said


@ON_SQLITE
def test_the_same_request_twice_makes_one_order(drawn):  # P3
    assert order(drawn, request="r1").id == order(drawn, request="r1").id
    assert session.scalar(select(func.count()).select_from(Case).where(Case.flow == "db_order")) == 1


def test_a_second_order_names_the_one_that_waits(drawn):
    order(drawn)
    assert refused(drawn) == {"ordered_unit": "督办单〔2026〕1号（03-12出）还没有解除，不能再给这家单位出督办单。"}


def test_an_order_of_the_diagram_that_waits_leaves_no_room_for_another(drawn, wait):
    deploy("watched", watched.FILES)
    about = Story(start_process("watched", {}, by=SYSTEM).instance)
    wait(days=11)
    assert refused(about) == {"ordered_unit": "督办单〔2026〕1号（03-23出）还没有解除，不能再给这家单位出督办单。"}


@ON_SQLITE
def test_only_who_has_a_part_in_the_case_can_be_ordered(drawn):
    assert list(refused(drawn, ordered_unit="civil_affairs")) == ["ordered_unit"]
    assert units_to_order(drawn.case, holder_of(SUPERVISOR)) == [("natural_resources", "县自然资源局")]


@ON_SQLITE
def test_a_secret_task_makes_nobody_a_part_of_the_case(drawn):  # XT-20
    session.scalars(select(Task)).one().confidential = True
    session.commit()
    assert list(refused(drawn)) == ["ordered_unit"]


@ON_SQLITE
def test_nobody_is_ordered_about_a_report_of_themselves(drawn):  # C-09
    deploy("small", FILES | {"F.sign.form.json": form("F.sign", ACCUSED)})
    report = Story(drawn.instance)
    report.instance.definition_id = session.scalars(
        select(ProcessDefinition.id).where(ProcessDefinition.key == "small").order_by(ProcessDefinition.id.desc())
    ).first()
    session.commit()
    report.do("签收", accused_org="natural_resources")
    assert list(refused(report)) == ["ordered_unit"]


@ON_SQLITE
def test_an_order_about_a_report_is_shown_to_nobody_it_is_about(drawn):  # C-09
    deploy("small", FILES | {"F.sign.form.json": form("F.sign", ACCUSED)})
    case = Story(start_process("small", {}, by=SYSTEM).instance)
    case.do("签收", accused_org="housing")
    made = story_of(order(case))
    assert "housing" in complained_of(made.instance)
    assert reports_among([made.case.id]) == {made.case.id}
    offered = {post.unit for post in posts_to_copy(made.instance, holder_of(SUPERVISOR))}
    assert "civil_affairs" in offered
    assert "housing" not in offered


@ON_SQLITE
def test_a_unit_whose_liaison_is_vacant_answers_at_the_post_that_worked_on_the_case(drawn):
    drawn.do("签收")
    session.execute(delete(PostHolder).where(PostHolder.post_key == f"post:{LIAISON}"))
    session.commit()
    made = story_of(order(drawn))
    assert made.task("反馈").post == "post:natural_resources:handler"
    told = session.scalars(select(Notice.post).where(Notice.case_id == made.case.id)).all()
    assert "post:natural_resources:handler" in told


@ON_SQLITE
def test_an_order_about_a_confidential_case_tells_nobody_who_reported(drawn):  # C-09
    drawn.case.confidential = True
    session.commit()
    made = order(drawn, order_text="请与王小明当面核实")
    [paper] = case_file(made.id, holder_of(LIAISON)).documents
    assert "王" not in made.title + paper.body["要求"] + paper.body["原事项"] + paper.title
    assert links(made.id, LIAISON) == [("督办的事项", "反映人办不成证", "督办单与它督办的事项一直连着，不能解除。")]


@ON_SQLITE
def test_only_the_supervisors_of_its_county_order(drawn):
    for post, why in ((OFFICE, NotAllowed), (LIAISON, NotAllowed), ("tz_efficiency:supervisor", NotFound)):
        refused(drawn, why, by=post)
    assert session.scalars(select(Case).where(Case.flow == "db_order")).all() == []


@ON_SQLITE
def test_neither_a_filed_case_nor_an_order_is_ordered(drawn):
    made = order(drawn)
    assert "这本身就是督办单" in refused(story_of(made), MessageNotAccepted)
    drawn.case.result = "已办结"
    session.commit()
    assert "已经归档" in refused(drawn, MessageNotAccepted)


@ON_SQLITE
def test_nobody_registers_one_from_the_page_of_registering(drawn):
    posts = [SUPERVISOR, "task_force:head", "service_hall:window_clerk"]
    assert [flow.key for post in posts for flow in registrable_flows(holder_of(post)) if flow.key == "db_order"] == []


def test_the_desk_shows_it_by_the_case_it_is_about_until_it_is_released(drawn, clock):
    made = order(drawn)
    story = story_of(made)

    def steps():
        rows = desk(holder_of(SUPERVISOR), "ordered").rows
        return [(row.title, step.name, f"{step.due_at:%m-%d}", step.over) for row in rows for step in row.ladder]

    assert steps() == [("王某某办不成证", "督办单〔2026〕1号", "03-19", "")]
    story.do("反馈", feedback="已办", feedback_sign="分管领导")
    assert steps() == [("王某某办不成证", "督办单〔2026〕1号", "03-19", "03-12 反馈，等待核查")]
    story.do("核查反馈", verify_result="release", verify_words="属实")
    assert steps() == []
    learn_dispatches()
    assert made.id not in session.scalars(select(DispatchModel.examples).where(DispatchModel.county == "county")).one()
    assert [limit.on_time for limit in session.scalars(select(Deadline).where(Deadline.case_id == made.id))] == [True]


@ON_SQLITE
def test_the_desk_says_that_feedback_is_late_and_names_the_reminder_that_came_of_it(drawn, wait):
    story = story_of(order(drawn))

    def steps():
        [row] = desk(holder_of(SUPERVISOR), "ordered").rows
        return [(step.name, step.over, step.answered) for step in row.ladder]

    wait(days=8)
    reminder = ("催办单〔2026〕1号", None)
    assert steps() == [("督办单〔2026〕1号", "03-19 到期未反馈", False), (*reminder, False)]
    story.do("反馈", feedback="已办", feedback_sign="分管领导")
    assert steps() == [("督办单〔2026〕1号", "03-20 逾期反馈，等待核查", True), (*reminder, True)]


@ON_SQLITE
def test_the_desk_offers_an_order_to_whom_it_waits_for_unless_the_diagram_supervises(drawn, wait):
    requires = {"type": "textfield", "key": "require", "label": "督办要求"}
    deploy("watched", watched.FILES | {"F.handle.form.json": form("F.handle", requires)})
    start_process("watched", {}, by=SYSTEM).instance.case.title = "图上督办"
    session.commit()
    drawn.do("签收").post = "post:housing:handler"
    session.commit()
    wait(days=11)
    rows = {row.title: (row.may_order, row.order_unit) for row in desk(holder_of(SUPERVISOR)).rows}
    assert rows == {"图上督办": (False, "natural_resources"), "王某某办不成证": (True, "natural_resources")}
    page = [order_page(drawn.case.id, holder_of(SUPERVISOR), unit) for unit in ("", "natural_resources", "x")]
    assert [each.values["ordered_unit"] for each in page] == ["housing", "natural_resources", None]
