"""Who sees which case, and what of it stays secret (XT-20)."""

import pytest
from sqlalchemy import select

from errors import NotFound
from models import Deadline, Notice, Post, Unit, User, session
from operations.acts.disputing import dispute_deadline
from operations.acts.tasks import claim_task
from queries.boxes.inbox import inbox
from queries.case.cases import case_file
from queries.case.tasks import task_page
from queries.lists.case_list import case_list
from queries.lists.desk import desk
from reference.people import identity_of
from tests.people import admin, holder_of
from tests.queries.conftest import do, open_task

SEE_ALL = ["task_force:dispatcher", "task_force:verifier", "task_force:visitor", "task_force:head"]
OF_THE_CASE = ["natural_resources:liaison", "natural_resources:handler", "natural_resources:leader"]
STRANGERS = ["housing:liaison", "hotline:agent", "market_bureau:chief_rep", "joint_meeting:secretary"]


def numbers(by):
    return [row.case_no for row in case_list(by).rows]


@pytest.mark.parametrize("post", [*SEE_ALL, *OF_THE_CASE, "supervision_office:supervisor"])
def test_those_who_take_part_and_those_who_see_all_find_a_case(begin, post):
    case = begin(case_no="XT20260001")
    assert numbers(holder_of(post)) == ["XT20260001"]
    assert case_file(case.id, holder_of(post)).case.id == case.id


@pytest.mark.parametrize("post", STRANGERS)
def test_for_other_units_a_case_does_not_exist(begin, post):
    case, stranger = begin(), holder_of(post)
    assert numbers(stranger) == []
    with pytest.raises(NotFound):
        case_file(case.id, stranger)
    with pytest.raises(NotFound):
        task_page(open_task(case, "办理").id, stranger)


def test_the_unit_that_registered_a_case_sees_it_and_no_other(begin):
    begin(registrar="service_hall", case_no="XT20260001")
    begin(registrar="hotline", case_no="XT20260002")
    assert numbers(holder_of("service_hall:window_clerk")) == ["XT20260001"]
    assert numbers(holder_of("hotline:agent")) == ["XT20260002"]


def test_a_bureau_that_names_a_post_supervisor_sees_nothing_by_it(begin):
    case = begin()
    home = session.query(Unit).filter_by(code="natural_resources").one()
    post = Post(key="post:natural_resources:supervisor", unit_id=home.id, role="supervisor", role_name="督查员")
    user = User(username="neidu", name="内督", password_hash="", posts=[post])
    session.add_all([post, user])
    session.commit()
    me = identity_of(user)
    assert [task.name for task in case_file(case.id, me).tasks] == ["办理"]
    with pytest.raises(NotFound):
        task_page(open_task(case, "研究线索").id, me)


def everything_said(file):
    """All the words on the page of a case."""
    return repr((file.facts, file.tasks, file.deadlines, file.timeline, file.documents))


def walk_the_secret_path(begin):
    case = begin()
    claim_task(open_task(case, "研究线索").id, by=holder_of("supervision_office:supervisor"))
    do(case, "研究线索", opinion="建议约谈")
    do(case, "办理", result="已办")
    return case


@pytest.mark.parametrize("post", [*SEE_ALL, *OF_THE_CASE, "admin"])
def test_what_is_confidential_shows_nowhere_on_the_page_of_a_case(begin, post):
    case = walk_the_secret_path(begin)
    file = case_file(case.id, admin() if post == "admin" else holder_of(post))
    for secret in ("研究线索", "说明情况", "处理意见", "建议约谈", "曾庆林", "weigh", "explain"):
        assert secret not in everything_said(file), secret
    [diagram] = file.diagrams
    assert not {"weigh", "explain"} & {*diagram.tokens, *diagram.done, *diagram.late}
    assert "handle" in diagram.done
    assert [each.key for each in file.deadlines] == ["handle"]
    assert ("办理情况", "已办") in file.facts


def test_the_holders_of_clues_see_all_of_it(begin):
    case = walk_the_secret_path(begin)
    file = case_file(case.id, holder_of("supervision_office:supervisor"))
    assert [task.name for task in file.tasks] == ["说明情况"]
    assert {each.key for each in file.deadlines} == {"handle", "weigh"}
    assert ("处理意见", "建议约谈") in file.facts
    assert {"认领“研究线索”", "完成研究线索"} <= {each.what for each in file.timeline}
    [diagram] = file.diagrams
    assert diagram.tokens["explain"] == 1
    assert "weigh" in diagram.done


def test_a_confidential_task_opens_for_its_own_post_only(begin):
    case = walk_the_secret_path(begin)
    task = open_task(case, "说明情况").id
    assert task_page(task, holder_of("natural_resources:leader")).may_work
    for post in [*SEE_ALL, "natural_resources:handler"]:
        with pytest.raises(NotFound):
            task_page(task, holder_of(post))
    with pytest.raises(NotFound):
        task_page(task, admin())
    assert not task_page(task, holder_of("supervision_office:supervisor")).may_work


def test_whoever_receives_a_confidential_task_is_offered_to_dispute_only_what_they_may(begin):  # CA-12, XT-20
    task = open_task(begin(), "研究线索")
    task.post = "post:natural_resources:leader"
    session.commit()
    page = task_page(task.id, holder_of("natural_resources:leader"))
    assert [each.key for each in page.dues] == ["weigh", "handle"]
    assert [each.key for each in page.dues if each.id in page.file.disputable] == ["handle"]


def test_a_confidential_task_is_in_no_colleague_s_inbox(begin):
    walk_the_secret_path(begin)
    boxes = {box: inbox(holder_of("natural_resources:handler"), box).rows for box in ("mine", "unit")}
    assert boxes == {"mine": [], "unit": []}
    assert [row.task_name for row in inbox(holder_of("natural_resources:leader"), "mine").rows] == ["说明情况"]


def test_a_limit_that_only_the_holders_of_clues_know_of_is_disputed_among_them(begin):  # XT-20
    case = begin()
    weigh = session.scalars(select(Deadline).where(Deadline.key == "weigh")).one()
    with pytest.raises(NotFound):
        dispute_deadline(case.id, weigh.id, {"dispute": "算错了"}, by=holder_of("task_force:head"))
    dispute_deadline(case.id, weigh.id, {"dispute": "算错了"}, by=holder_of("supervision_office:supervisor"))
    assert case_file(case.id, holder_of("task_force:head")).disputes == []
    assert "算错了" not in repr(case_file(case.id, holder_of("task_force:head")).timeline)
    assert desk(holder_of("task_force:head"), "disputed").rows == []
    assert [row.post for row in session.scalars(select(Notice))] == ["post:supervision_office:supervisor"]
