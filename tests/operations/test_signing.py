"""加签、减签、委派: colleagues are asked about a task; only completing it waits, and the engine does not move."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from errors import NotAllowed, NotFound, TaskNotOpen
from models import SYSTEM, Draft, HeldForm, Notice, TaskSign, User, broken_links, session
from operations.acts.passing_on import pass_on_task
from operations.acts.signing import ask_for_sign, posts_to_ask, take_back_form
from operations.acts.tasks import claim_task, complete_task
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from operations.people.abolition import abolish_unit
from operations.people.accounts import disable_user
from queries.boxes.counts import counts
from queries.case.cases import case_file
from queries.case.signs import asked_of, sign_page
from queries.case.tasks import task_page
from tests.engine.diagrams import both, boundary, diagram, each, end, start, sub, timer, user
from tests.operations.conftest import Story
from tests.operations.signs import CIVIL, HOUSING, LIAISON, ME, answer, ask, complete, owed, refusal, story, withdraw
from tests.people import admin, another_holder_of, holder_of, keeper
from tests.small_flow import FILES, HANDLER


@pytest.fixture
def case(start):
    """办理 waits for the handler of 自然资源局."""
    case = start()
    case.do("签收")
    return case


# 前加签, 委派: their answer comes first


@pytest.mark.parametrize(("kind", "to"), [("before", HOUSING), ("delegated", LIAISON)])
def test_a_task_is_not_completed_before_the_answer_is_there_and_says_whose(case, kind, to):
    sign = ask(case, kind, to)
    name = {"before": "县住房和城乡建设局经办人", "delegated": "县自然资源局联络员"}[kind]
    assert refusal(lambda: complete(case)) == f"还在等{name}的意见，答复以后才能提交；可以先存草稿，或者减签。"
    assert case.open_tasks == ["办理"]
    answer(sign, to)
    complete(case)
    assert case.open_tasks == []


def test_the_deadline_runs_on_and_the_engine_has_not_moved(case):
    due, state = case.deadline("handle").due_at, case.instance.state
    answer(ask(case))
    assert (case.deadline("handle").due_at, case.instance.state) == (due, state)


def test_who_is_asked_sees_the_case_has_it_in_the_inbox_and_is_told(case):
    case.case.title = "办不成证"
    session.commit()
    with pytest.raises(NotFound):
        case_file(case.id, holder_of(HOUSING))
    sign = ask(case)
    assert owed(HOUSING) == [("前加签", "办理")]
    assert counts(holder_of(HOUSING))["signs"] == 1
    [row] = asked_of(holder_of(HOUSING)).rows
    assert row.due_at == case.task("办理").due_at
    assert sign_page(sign.id, holder_of(HOUSING)).file.title == "办不成证"
    told = select(Notice.text).where(Notice.post == f"post:{HOUSING}")
    assert session.scalars(told).all() == ["黄志强请您就“办理”提出意见：办不成证。房屋测绘对不对"]


def test_the_answer_comes_back_to_whoever_asked_and_both_stand_in_the_history(case):  # C-02
    answer(ask(case))
    asked, answered = story(case)[1], story(case)[0]
    assert (asked.what, asked.details) == ("前加签“办理”", ["请县住房和城乡建设局经办人：房屋测绘对不对"])
    assert (answered.what, answered.details) == ("答复前加签“办理”", ["县住房和城乡建设局经办人：没有问题"])
    [view] = task_page(case.task("办理").id, holder_of(ME)).signs
    assert (view.state_name, view.answer) == ("已答复", "没有问题")
    assert owed(HOUSING) == []
    assert broken_links(case.id) == []


def test_it_is_answered_once(case):
    sign = ask(case)
    answer(sign)
    with pytest.raises(TaskNotOpen, match="已经答复"):
        answer(sign)


def test_the_same_request_twice_asks_once(case):  # P3
    ask(case, request="r1")
    ask(case, request="r1")
    assert len(session.scalars(select(TaskSign)).all()) == 1


# 减签


def test_an_unanswered_sign_is_taken_back_for_a_reason_and_nobody_waits_any_more(case):
    sign = ask(case)
    withdraw(sign, reason="已经电话问过")
    assert owed(HOUSING) == []
    assert story(case)[0].details == ["不再请县住房和城乡建设局经办人，理由：已经电话问过"]
    with pytest.raises(TaskNotOpen):
        answer(sign)
    complete(case)
    assert case.open_tasks == []


def test_an_answer_that_is_there_stays(case):
    sign = ask(case)
    answer(sign)
    with pytest.raises(TaskNotOpen, match="不能再减"):
        withdraw(sign)


def test_only_who_may_work_on_the_task_asks_and_takes_back(case):
    with pytest.raises(NotFound):
        ask(case, by=LIAISON)
    sign = ask(case)
    with pytest.raises(NotFound):
        withdraw(sign, by=HOUSING)
    claim_task(case.task("办理").id, by=another_holder_of(ME))
    with pytest.raises(NotAllowed, match="同事已经认领"):
        withdraw(sign)
    with pytest.raises(NotFound):
        answer(sign, by=CIVIL)


# 并行加签: both at the same time


def test_what_is_handed_in_beside_a_parallel_sign_is_held_and_completes_with_the_answer(case):
    sign = ask(case, "parallel")
    complete(case)
    assert case.open_tasks == ["办理"]
    assert task_page(case.task("办理").id, holder_of(ME)).held.facts == [("办理情况", "办好了")]
    answer(sign)
    assert case.open_tasks == []
    assert session.scalars(select(HeldForm)).all() == []
    row = story(case)[0]
    assert (row.what, row.who) == ("完成办理", "黄志强（县自然资源局）")
    assert broken_links(case.id) == []


def test_a_parallel_answer_may_come_first(case):
    answer(ask(case, "parallel"))
    complete(case)
    assert case.open_tasks == []


def test_the_last_of_several_answers_completes(case):
    first, second = ask(case, "parallel"), ask(case, "parallel", CIVIL)
    complete(case)
    answer(first)
    assert case.open_tasks == ["办理"]
    answer(second, CIVIL)
    assert case.open_tasks == []


def test_taking_the_last_sign_back_completes_what_is_held(case):
    sign = ask(case, "parallel")
    complete(case)
    withdraw(sign)
    assert case.open_tasks == []


def test_a_wrong_form_is_refused_at_once_and_not_when_the_answer_comes(case):
    ask(case, "parallel")
    assert refusal(lambda: complete(case, result=" ")) == "“办理情况”必填。"
    assert session.scalars(select(HeldForm)).all() == []


def test_what_is_held_is_handed_in_once_and_can_be_taken_back_to_be_changed(case):
    sign = ask(case, "parallel")
    complete(case, request="r1")
    complete(case, request="r1")  # the same click
    assert "已经提交过，正在等县住房和城乡建设局经办人答复；要改请先取回" in refusal(
        lambda: complete(case, request="r2")
    )
    take_back_form(case.task("办理").id, by=holder_of(ME))
    [draft] = session.scalars(select(Draft))
    assert draft.values["result"] == "办好了"
    answer(sign)
    assert case.open_tasks == ["办理"]
    complete(case)
    assert case.open_tasks == []


def test_who_handed_it_in_did_it_even_when_they_have_left_since(case):
    sign = ask(case, "parallel")
    complete(case)
    for person in session.scalars(select(User).where(User.posts.any(key=f"post:{ME}"))).all():
        disable_user(person.username, by=keeper())
    answer(sign)
    assert case.open_tasks == []
    assert story(case)[0].who == "黄志强"


# 后加签: handed in first, confirmed then


def test_who_is_to_confirm_is_asked_only_when_the_form_is_handed_in(case):
    sign = ask(case, "after")
    assert owed(HOUSING) == []
    with pytest.raises(NotFound):
        sign_page(sign.id, holder_of(HOUSING))
    complete(case)
    assert owed(HOUSING) == [("后加签", "办理")]
    assert sign_page(sign.id, holder_of(HOUSING)).held.facts == [("办理情况", "办好了")]
    assert case.open_tasks == ["办理"]
    answer(sign, agrees="yes")
    assert case.open_tasks == []


def test_who_does_not_agree_gives_it_back_and_is_asked_again_with_the_next_form(case):
    sign = ask(case, "after")
    complete(case)
    answer(sign, agrees="no", words="面积写错了")
    assert case.open_tasks == ["办理"]
    assert story(case)[0].details == ["县住房和城乡建设局经办人：不同意。面积写错了"]
    assert task_page(case.task("办理").id, holder_of(ME)).drafts[""].values["result"] == "办好了"
    assert owed(HOUSING) == []
    complete(case, result="面积改好了")
    answer(sign, agrees="yes")
    assert case.open_tasks == []


def test_while_the_form_is_held_nobody_can_be_asked_first(case):
    ask(case, "after")
    complete(case)
    assert "现在只能并行加签或者后加签" in refusal(lambda: ask(case, "before", CIVIL))
    ask(case, "parallel", CIVIL)
    assert owed(CIVIL) == [("并行加签", "办理")]


# who may be asked


def test_a_post_is_asked_once_at_a_time_and_never_oneself(case):
    ask(case)
    assert "已经请了县住房和城乡建设局经办人，还没有答复。" in refusal(lambda: ask(case))
    assert "不在可选范围内" in refusal(lambda: ask(case, to=ME))


def test_delegating_stays_within_the_unit(case):
    assert "不在可选范围内" in refusal(lambda: ask(case, "delegated", HOUSING))


def test_of_a_confidential_case_nobody_learns_this_way(case):  # C-09
    case.case.confidential = True
    session.commit()
    task = case.task("办理")
    assert {post.unit for post in posts_to_ask(task, holder_of(ME), delegate=False)} == {"natural_resources"}
    assert "不在可选范围内" in refusal(lambda: ask(case))


def test_of_a_confidential_task_only_the_holders_of_clues_are_asked(case):  # XT-20
    task = case.task("办理")
    task.confidential = True
    session.commit()
    found = posts_to_ask(case.task("办理"), holder_of(ME), delegate=False)
    assert "supervision_office:supervisor" in {f"{post.unit}:{post.role}" for post in found}
    assert {"natural_resources", "housing"} & {post.unit for post in found} == set()


def test_an_abolished_unit_leaves_its_answers_to_its_successor(case):
    sign = ask(case)
    abolish_unit("housing", "civil_affairs", by=admin())
    assert owed("civil_affairs:handler") == [("前加签", "办理")]
    answer(sign, "civil_affairs:handler")
    complete(case)
    assert case.open_tasks == []


def test_a_task_that_is_passed_on_takes_its_signs_along(case):
    sign = ask(case)
    values = {"to": f"post:{LIAISON}", "reason": "由联络员办"}
    pass_on_task(case.task("办理").id, values, by=holder_of(ME))
    assert "还在等县住房和城乡建设局经办人" in refusal(lambda: complete(case, by=LIAISON))
    withdraw(sign, by=LIAISON)
    complete(case, by=LIAISON)
    assert case.open_tasks == []


# whatever else moves the case


def test_a_task_that_its_time_withdraws_takes_the_signs_along(start, wait):  # XT-A1
    case = start()
    sign = ask(case, "parallel", by=LIAISON, name="签收")
    case.do("签收")
    assert case.open_tasks == ["签收"]
    wait(days=5)
    assert case.open_tasks == ["办理"]
    assert (session.get_one(TaskSign, sign.id, populate_existing=True).state, owed(HOUSING)) == ("void", [])
    assert session.scalars(select(HeldForm)).all() == []
    told = select(Notice.text).where(Notice.post == f"post:{HOUSING}").order_by(Notice.id.desc())
    assert session.scalars(told).first() == "“签收”到期了，不用再答复：small。"
    with pytest.raises(TaskNotOpen):
        answer(sign)


def test_what_is_drawn_on_the_task_goes_on_while_the_form_is_held(case):  # XT-13
    sign, due = ask(case, "parallel"), case.deadline("handle").due_at
    complete(case)
    case.ask("办理", "申请延期", days=3)
    assert case.deadline("handle").due_at > due
    answer(sign)
    assert case.open_tasks == []


UNITS = 'post(unit, "handler")'
BRANCHES = FILES | {
    "small.bpmn": diagram(
        "branches",
        start(),
        both("apart"),
        user("handle", name="办理", candidates=HANDLER, form="F.handle"),
        each(
            sub(
                "opinions",
                start("s"),
                user("opinion", name="会签", candidates=UNITS, form="F.sign", deadline="opinion", limit="workdays(2)"),
                boundary("silent", "opinion", timer('due("opinion")'), name="视为无意见"),
                end("e1"),
                end("e2"),
                flows="s opinion e1; silent e2",
                deadlineFor="unit",
            ),
            "units",
            "unit",
        ),
        both("together"),
        user("sum", name="汇总", candidates=HANDLER, form="F.sign"),
        end(),
        flows="start apart handle together sum end; apart opinions together",
    )
}


@pytest.fixture
def branches(start):
    """办理 beside 会签 of two units, each of which is taken to have none after two working days."""
    deploy("branches", BRANCHES)
    return Story(start_process("branches", {"units": ["housing", "civil_affairs"]}, by=SYSTEM).instance)


def opinion_of(branches, unit):
    from models import Task

    mine = (Task.instance_id == branches.id) & (Task.post == f"post:{unit}:handler")
    return session.scalars(select(Task).where(mine).execution_options(populate_existing=True)).one()


def test_a_sign_in_one_branch_holds_up_that_branch_alone(branches, wait):
    sign = ask(branches, "parallel", CIVIL)
    complete(branches)
    housing = opinion_of(branches, "housing")
    complete_task(housing.id, {"note": "同意"}, by=holder_of(HOUSING))
    wait(days=5)
    assert branches.open_tasks == ["办理"]  # 会签 is over, one by answer and one by time
    answer(sign, CIVIL)
    assert branches.open_tasks == ["汇总"]


def test_a_sign_in_one_instance_ends_with_its_timer_and_leaves_the_others(branches, wait, clock):
    held, other = opinion_of(branches, "housing"), opinion_of(branches, "civil_affairs")
    values = {"kind": "after", "to": f"post:{CIVIL}", "question": "确认一下"}
    sign = ask_for_sign(held.id, values, by=holder_of(HOUSING))
    complete_task(held.id, {"note": "同意"}, by=holder_of(HOUSING))
    complete_task(other.id, {"note": "同意"}, by=holder_of("civil_affairs:handler"))
    assert branches.open_tasks == ["会签", "办理"]
    clock.now += timedelta(days=1)
    wait(days=4)
    assert branches.open_tasks == ["办理"]
    assert session.get_one(TaskSign, sign.id, populate_existing=True).state == "void"
    complete(branches)
    assert branches.open_tasks == ["汇总"]
