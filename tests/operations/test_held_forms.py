"""A form that waits for answers (加签): whose it is when it comes back, and what was said of it."""

import pytest
from sqlalchemy import select

from errors import MessageNotAccepted, NotAllowed
from models import SYSTEM, Clue, Draft, Notice, Post, Submission, Task, TaskSign, User, now, session
from models.sign import VOID
from models.task import ASKED, HELD, LATER, UNASKED
from operations.acts.drafts import save_task_draft
from operations.acts.passing_on import pass_on_task
from operations.acts.signing import posts_to_ask, take_back_form, withdraw_sign
from operations.acts.tasks import claim_task, complete_task
from operations.gate.instances import start_process
from operations.gate.quarantine import MAX_ATTEMPTS, quarantine
from operations.house.deployments import deploy
from operations.people.accounts import disable_user
from queries.boxes.inbox import inbox
from queries.case.signs import sign_page
from queries.case.tasks import asking_of, passing_on_of, task_page
from tests.engine.diagrams import diagram, end, start, user
from tests.operations.conftest import Story
from tests.operations.signs import CIVIL, HOUSING, LIAISON, ME, answer, ask, complete, owed, refusal, story, withdraw
from tests.people import another_holder_of, holder_of, keeper
from tests.small_flow import ASK, EXTENDED, FILES, HANDLER
from tests.statements import statements


@pytest.fixture
def case(start):
    """办理 waits for the handler of 自然资源局."""
    case = start()
    case.do("签收")
    return case


def take_back(case, by=None, request=None):
    return take_back_form(case.task("办理").id, by=by or holder_of(ME), request=request)


def drafts():
    return [(draft.user_id, draft.values["result"]) for draft in session.scalars(select(Draft))]


# what was said of one form is not said of the next


def test_who_has_agreed_to_one_form_is_asked_about_the_next_when_it_was_taken_back(case):
    agreed, other = ask(case, "after"), ask(case, "after", CIVIL)
    complete(case)
    answer(agreed, agrees="yes")
    take_back(case)
    complete(case, result="完全不同的内容")
    assert owed(HOUSING) == owed(CIVIL) == [("后加签", "办理")]
    answer(other, CIVIL, agrees="yes")
    assert case.open_tasks == ["办理"]
    answer(agreed, agrees="yes")
    assert case.open_tasks == []


def test_who_has_agreed_is_asked_again_when_somebody_else_has_not(case):
    agreed, other = ask(case, "after"), ask(case, "after", CIVIL)
    complete(case)
    answer(agreed, agrees="yes", words="面积对")
    answer(other, CIVIL, agrees="no", words="缺一份")
    complete(case, result="补齐了")
    answer(other, CIVIL, agrees="yes")
    assert case.open_tasks == ["办理"]
    page = sign_page(agreed.id, holder_of(HOUSING))
    assert (page.sign.verdict, page.sign.answer, page.held.facts) == ("", "", [("办理情况", "补齐了")])
    said = [detail for row in story(case) for detail in row.details]
    assert "县住房和城乡建设局经办人：同意。面积对" in said
    answer(agreed, agrees="yes")
    assert case.open_tasks == []


def test_an_opinion_that_is_no_confirmation_stays(case):
    answer(ask(case, "parallel"), words="房屋没有问题")
    ask(case, "after", CIVIL)
    complete(case)
    take_back(case)
    [opinion, later] = task_page(case.task("办理").id, holder_of(ME)).signs
    assert (opinion.state_name, opinion.answer, later.state_name) == ("已答复", "房屋没有问题", "提交以后再请")


# a form that is no longer right when the answer comes

OPENING = diagram(
    "opening",
    '<bpmn:message id="extend" name="申请延期"/>',
    start(),
    user(
        "handle",
        name="办理",
        candidates=HANDLER,
        form="F.handle",
        deadline="handle",
        limit="workdays(5)",
        opens='due("handle") if count("extended") > 0 else now()',
    ),
    ASK,
    EXTENDED,
    end("asked"),
    end("done"),
    flows="start handle done; ask extended asked",
)


@pytest.fixture
def opening(county):
    """办理, which opens later once its time was extended."""
    deploy("opening", {name: content for name, content in FILES.items() if name != "small.bpmn"} | {"o.bpmn": OPENING})
    return Story(start_process("opening", {}, by=SYSTEM).instance)


def test_a_form_that_may_not_be_handed_in_yet_when_the_answer_comes_is_a_draft_and_nothing_is_written(opening):
    sign, confirm = ask(opening, "parallel"), ask(opening, "after", CIVIL)
    complete(opening)
    answer(confirm, CIVIL, agrees="yes")
    opening.ask("办理", "申请延期", days=3)
    answer(sign)
    assert opening.open_tasks == ["办理"]
    assert opening.task("办理").asked == LATER
    assert drafts() == [(holder_of(ME).id, "办好了")]
    forms = session.scalars(select(Submission.element).where(Submission.task_id == opening.task("办理").id))
    assert forms.all() == ["ask"]
    told = session.scalars(select(Notice.text).where(Notice.post == f"post:{ME}").order_by(Notice.id.desc())).first()
    assert told.startswith("“办理”没有办结，已退为黄志强的草稿：opening。“办理”要到")


# whose draft it is


def test_a_form_that_a_colleague_takes_back_is_the_colleagues_draft_and_the_history_says_whose_it_was(case):
    ask(case, "parallel")
    complete(case)
    other = another_holder_of(ME)
    take_back(case, by=other)
    assert task_page(case.task("办理").id, other).drafts[""].values["result"] == "办好了"
    assert drafts() == [(other.id, "办好了")]
    row = story(case)[0]
    assert (row.what, row.details) == ("取回“办理”的提交", ["由黄志强提交"])


def test_a_form_that_is_not_agreed_to_comes_back_to_whoever_has_claimed_the_task(case):
    sign = ask(case, "after")
    complete(case)
    other = another_holder_of(ME)
    claim_task(case.task("办理").id, by=other)
    answer(sign, agrees="no")
    assert drafts() == [(other.id, "办好了")]


def test_a_form_whose_writer_has_left_comes_back_to_another_of_the_post(case):
    sign = ask(case, "after")
    complete(case)
    other = another_holder_of(ME)
    disable_user(session.get_one(User, holder_of(ME).id).username, by=keeper())
    answer(sign, agrees="no")
    assert drafts() == [(other.id, "办好了")]


def test_no_draft_is_kept_beside_a_held_form_and_none_is_lost(case):
    ask(case, "parallel")
    complete(case)
    with pytest.raises(MessageNotAccepted, match="要改请先取回"):
        save_task_draft(case.task("办理").id, {"result": "新写的"}, by=holder_of(ME))
    take_back(case)
    save_task_draft(case.task("办理").id, {"result": "新写的"}, by=holder_of(ME))
    assert drafts() == [(holder_of(ME).id, "新写的")]


def test_a_task_whose_form_is_held_is_not_passed_on(case):
    ask(case, "parallel")
    complete(case)
    words = "任务已经提交、正在等答复，不能转办；请先取回。"
    action, _ = passing_on_of(task_page(case.task("办理").id, holder_of(ME)))
    assert (action.available, action.why) == (False, words)
    with pytest.raises(MessageNotAccepted, match=words):
        pass_on_task(case.task("办理").id, {"to": f"post:{LIAISON}", "reason": "由联络员办"}, by=holder_of(ME))
    take_back(case)
    pass_on_task(case.task("办理").id, {"to": f"post:{LIAISON}", "reason": "由联络员办"}, by=holder_of(ME))
    assert case.task("办理").post == f"post:{LIAISON}"


# what the row of the task says


def test_the_row_of_the_task_says_whether_colleagues_are_asked_and_the_inbox_shows_it(case):
    def row():
        [shown] = [each for each in inbox(holder_of(ME)).rows if each.task_name == "办理"]
        return case.task("办理").asked, shown.asked

    assert row() == (UNASKED, "")
    later = ask(case, "after", CIVIL)
    assert row() == (LATER, "")
    first = ask(case)
    assert row() == (ASKED, "等同事答复")
    answer(first)
    assert row() == (LATER, "")
    complete(case)
    assert row() == (HELD, "已提交，等答复")
    take_back(case)
    assert row() == (LATER, "")
    withdraw(later)
    assert row() == (UNASKED, "")


def test_a_task_that_is_over_asks_nobody(case, start, wait):
    sign = ask(case, "parallel")
    complete(case)
    answer(sign)
    second = start()
    ask(second, "parallel", by=LIAISON, name="签收")
    second.do("签收")
    wait(days=5)
    assert second.open_tasks == ["办理"]
    assert set(session.scalars(select(Task.asked))) == {UNASKED}
    assert {each.state for each in session.scalars(select(TaskSign))} == {"answered", "void"}


def test_tasks_that_end_together_are_asked_about_their_signs_together(start, wait):
    for _ in range(3):
        start()
    with statements() as asked:
        wait(days=5)
    assert len([each for each in asked if "task_sign" in each]) == 1
    assert not [each for each in asked if "held_form" in each]


def test_a_quarantined_case_refuses_the_form_at_once_and_not_when_the_answer_comes(case):  # P7
    ask(case, "parallel")
    instance = case.instance
    instance.attempts = MAX_ATTEMPTS
    quarantine(case.id, "出错")
    session.commit()
    with pytest.raises(NotAllowed, match="已被隔离"):
        complete(case)
    assert case.task("办理").asked == ASKED


@pytest.mark.parametrize("act", ["withdrawn", "taken back"])
def test_the_same_request_twice_ends_a_sign_or_takes_a_form_back_once(case, act):  # P3
    sign = ask(case, "parallel")
    complete(case)

    def click():
        if act == "withdrawn":
            return withdraw_sign(sign.id, {"reason": "不用了"}, by=holder_of(ME), request="r1")
        return take_back(case, request="r1")

    if act == "withdrawn":
        ask(case, "parallel", CIVIL)
    click()
    before = case.instance.revision
    click()
    assert case.instance.revision == before


@pytest.mark.parametrize(("about", "offered"), [("housing", {"supervision_office"}), ("supervision_office", set())])
def test_nobody_is_asked_about_a_clue_about_their_own_unit(case, about, offered):  # XT-20
    task = case.task("办理")
    clue = Clue(case_id=task.case_id, org=about, reason="超期", summary="超期", raised_at=now())
    session.add(clue)
    session.flush()
    task.confidential, task.clue_id = True, clue.id
    session.commit()
    found = posts_to_ask(case.task("办理"), holder_of(ME), delegate=False)
    assert {post.unit for post in found} == offered


def test_an_empty_list_of_posts_says_why_it_is_empty(case):
    def why(*, delegate=False):
        action, _ = asking_of(task_page(case.task("办理").id, holder_of(ME)), delegate=delegate)
        return action.why

    assert why(delegate=True) == ""
    ask(case, "delegated", LIAISON)
    others = User.posts.any(Post.key.in_([f"post:natural_resources:{role}" for role in ("leader", "deputy")]))
    for person in session.scalars(select(User).where(others)).all():
        disable_user(person.username, by=keeper())
    assert why(delegate=True).startswith("没有可以委派的岗位：本单位有人任职的其他岗位没有了，或者都已经请了")
    assert why() == ""
    case.case.confidential = True
    session.commit()
    assert why().endswith("保密事项只在已经参与的单位之内（C-09）。")
    task = case.task("办理")
    clue = Clue(case_id=task.case_id, org="supervision_office", reason="超期", summary="超期", raised_at=now())
    session.add(clue)
    session.flush()
    task.confidential, task.clue_id = True, clue.id
    session.commit()
    assert "保密任务只能请有查看线索权限" in why()


# what was handed in in time counts, whatever a colleague still owes


def test_a_form_that_waits_when_its_limit_would_end_the_task_goes_in_as_it_is(start, wait):
    case = start()
    sign = ask(case, "parallel", by=LIAISON, name="签收")
    complete_task(case.task("签收").id, {"note": "先勘验再研究"}, by=holder_of(LIAISON))
    assert case.open_tasks == ["签收"]
    wait(days=7)
    assert case.open_tasks == ["办理"]
    handed_in = session.scalars(select(Submission).where(Submission.element == "sign")).one()
    assert (handed_in.values["note"], handed_in.by) == ("先勘验再研究", holder_of(LIAISON).name)
    told = [detail for row in story(case) for detail in row.details]
    assert any("没有答复，按提交的内容办" in detail for detail in told)
    assert session.get(TaskSign, sign.id, populate_existing=True).state == VOID
    assert owed(HOUSING) == []


def test_consent_to_a_form_that_was_changed_meanwhile_counts_for_nothing(case):
    sign = ask(case, "after")
    complete(case)
    seen = dict(sign_page(sign.id, holder_of(HOUSING)).kept)
    take_back(case)
    complete(case, result="完全不同的内容")
    assert "改过" in refusal(lambda: answer(sign, agrees="yes", **seen))
    assert case.open_tasks == ["办理"]
    answer(sign, agrees="yes")
    assert case.open_tasks == []
