"""转办: a task goes to another post of the same unit, and its deadline runs on."""

import pytest
from sqlalchemy import select

from errors import AlreadyChanged, InvalidForm, NotAllowed, NotFound, TaskNotOpen
from models import Notice, User, broken_links, session
from operations.acts.passing_on import pass_on_task
from operations.acts.tasks import claim_task, complete_task
from operations.gate.passing_posts import posts_for
from operations.people.accounts import disable_user
from queries.boxes.inbox import inbox
from queries.boxes.notices import notices
from queries.case.cases import case_file
from tests.faults.together import at_once
from tests.people import another_holder_of, holder_of, keeper

LIAISON, HANDLER, LEADER = (f"natural_resources:{role}" for role in ("liaison", "handler", "leader"))
WHY = "这类业务由经办人办"


@pytest.fixture
def case(start):
    """签收 waits for the liaison."""
    return start()


def pass_on(task, to=HANDLER, by=LIAISON, reason=WHY, request=None):
    return pass_on_task(task.id, {"to": f"post:{to}", "reason": reason}, by=holder_of(by), request=request)


def refusal(task, to, by=LIAISON):
    """What the field 转给 says."""
    with pytest.raises(InvalidForm) as error:
        pass_on(task, to, by)
    assert task.post == f"post:{by}"
    return error.value.problems["to"]


def names(post):
    return [row.task_name for row in inbox(holder_of(post)).rows]


def test_the_task_leaves_the_inbox_of_one_post_and_waits_in_that_of_the_other(case):
    pass_on(case.task("签收"))
    assert names(LIAISON) == []
    assert names(HANDLER) == ["签收"]
    case.do("签收", note="收到")
    assert case.open_tasks == ["办理"]


def test_the_deadline_stays_and_the_engine_has_not_moved(case):
    task, due, state = case.task("签收"), case.deadline("sign").due_at, case.instance.state
    pass_on(task)
    assert case.task("签收").due_at == task.due_at == due
    assert case.deadline("sign").due_at == due
    assert case.instance.state == state


def test_the_history_says_who_passed_it_on_to_whom_and_why(case):  # C-02
    pass_on(case.task("签收"))
    newest = case_file(case.instance.case_id, holder_of("task_force:verifier")).timeline[0]
    assert (newest.what, newest.who) == ("转办“签收”", "黄志强（县自然资源局）")
    assert newest.details == [f"由县自然资源局联络员转给县自然资源局经办人，理由：{WHY}"]


def test_the_new_post_is_notified(case):
    case.case.title = "办不成证"
    session.commit()
    pass_on(case.task("签收"))
    [notice] = notices(holder_of(HANDLER))
    assert notice.text == f"黄志强转办“签收”：办不成证。理由：{WHY}"
    assert session.scalars(select(Notice.post)).all() == [f"post:{HANDLER}"]


def test_what_somebody_had_claimed_is_unclaimed_before_the_new_post(case):
    claim_task(case.task("签收").id, by=holder_of(LIAISON))
    pass_on(case.task("签收"))
    task = case.task("签收")
    assert (task.is_claimed, task.claimed_by, task.inbox_key) == (False, None, f"post:{HANDLER}")


def test_the_post_that_passed_it_on_cannot_do_it_any_more(case):
    task = case.task("签收")
    pass_on(task)
    with pytest.raises(NotFound):
        complete_task(task.id, {}, by=holder_of(LIAISON))


def test_it_may_be_passed_back(case):
    pass_on(case.task("签收"))
    pass_on(case.task("签收"), LIAISON, by=HANDLER)
    assert names(LIAISON) == ["签收"]


def test_the_same_request_twice_passes_on_once(case):  # P3
    task = case.task("签收")
    pass_on(task, request="r1")
    pass_on(task, request="r1")
    assert case.events == ["started small", "passed_on 签收"]
    assert len(session.scalars(select(Notice)).all()) == 1


def test_another_unit_gets_no_task_this_way(case):
    assert "不是本单位的岗位，转办只在本单位之内" in refusal(case.task("签收"), "housing:liaison")


def test_a_leader_signs_themselves_and_does_not_handle_what_they_sign(case):
    words = "领导岗位和经办岗位之间不能互相转办：经办和审签由两个岗位分别把关。"
    task = case.task("签收")
    assert refusal(task, LEADER) == words
    task.post = task.inbox_key = f"post:{LEADER}"
    session.commit()
    assert refusal(case.task("签收"), HANDLER, by=LEADER) == words


def test_a_confidential_task_stays_with_those_who_may_see_clues(case):  # XT-20
    task = case.task("签收")
    task.confidential = True
    session.commit()
    assert "没有查看线索的权限" in refusal(case.task("签收"), HANDLER)
    assert posts_for(case.task("签收")) == []


def test_a_post_that_nobody_holds_gets_no_task(case):
    for user in session.scalars(select(User).where(User.posts.any(key=f"post:{HANDLER}"))).all():
        disable_user(user.username, by=keeper())
    assert "现在没有人任职" in refusal(case.task("签收"), HANDLER)


def test_the_post_that_has_it_is_no_choice(case):
    assert refusal(case.task("签收"), LIAISON) == "任务已经在县自然资源局联络员。"


def test_a_post_that_does_not_exist_is_refused(case):
    assert "不在可选范围内" in refusal(case.task("签收"), "natural_resources:nobody")


def test_a_reason_is_required(case):
    with pytest.raises(InvalidForm) as error:
        pass_on(case.task("签收"), reason=" ")
    assert error.value.problems == {"reason": "“转办理由”必填。"}


def test_only_who_may_work_on_it_passes_it_on(case):
    task = case.task("签收")
    with pytest.raises(NotFound):
        pass_on(task, by="housing:liaison")
    with pytest.raises(NotAllowed):
        pass_on(task, by="task_force:dispatcher")
    claim_task(task.id, by=another_holder_of(LIAISON))
    with pytest.raises(NotAllowed, match="同事已经认领"):
        pass_on(task)


def test_a_task_that_is_done_is_not_passed_on(case):
    task = case.do("签收")
    with pytest.raises(TaskNotOpen):
        pass_on(task)


def test_of_two_at_the_same_moment_one_has_done_it_and_the_other_is_told(case):  # P2
    task, by = case.task("签收").id, holder_of(LIAISON)
    values = {"to": f"post:{HANDLER}", "reason": WHY}
    answers = at_once(lambda: pass_on_task(task, values, by=by), lambda: complete_task(task, {}, by=by))
    assert len([each for each in answers if not isinstance(each, Exception)]) == 1
    [told] = [each for each in answers if isinstance(each, Exception)]
    assert isinstance(told, NotFound | TaskNotOpen | AlreadyChanged)
    assert case.events in (["started small", "passed_on 签收"], ["started small", "completed 签收"])
    assert broken_links(case.id) == []
