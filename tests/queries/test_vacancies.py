"""Work that comes to a post nobody holds is told to whoever sent it, and to the operators until somebody holds it."""

import pytest

from models import PostHolder, User, session
from queries.case.outcomes import outcome
from queries.house.vacancies import vacancies
from tests.people import holder_of
from tests.queries.conftest import do, open_task


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


def test_of_a_confidential_task_the_operators_read_no_case(begin, leave):  # XT-20
    case = begin(case_no="XT20260001")
    leave(LEADER)
    do(case, "研究线索", opinion="请说明")
    [vacancy] = vacancies()
    assert (vacancy.post, vacancy.tasks, vacancy.case_id, vacancy.case_no) == (LEADER, 1, None, "")
