"""撤回: the step that one has just completed is taken back whole, while nobody has acted on what came of it."""

import io
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import select

from errors import InvalidForm, MessageNotAccepted, NotFound
from models import SYSTEM, CaseUnit, Draft, Notice, RecalledForm, Submission, Task, Timer, broken_links, session
from operations.acts.copies import copy_case
from operations.acts.drafts import save_task_draft
from operations.acts.privacy import reveal_reporter
from operations.acts.recalling import recall_step
from operations.acts.signing import answer_sign, ask_for_sign
from operations.acts.tasks import claim_task, complete_task
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from queries.case.cases import case_file
from queries.case.dossier import COVER, dossier
from queries.case.tasks import task_page
from tests.engine.diagrams import both, boundary, diagram, each, end, service, start, sub, timer, user
from tests.faults.together import at_once
from tests.operations.conftest import Story
from tests.papers.words import lines_of
from tests.people import another_holder_of, holder_of
from tests.small_flow import FILES

LIAISON, HANDLER, HOUSING = "natural_resources:liaison", "natural_resources:handler", "housing:handler"
WHY = "填错了"


@pytest.fixture
def case(start):
    """签收 is done; 办理 waits."""
    case = start()
    case.do("签收", note="收到")
    return case


def done(case, name="签收"):
    mine = (Task.instance_id == case.id) & (Task.name == name)
    return session.scalars(select(Task).where(mine).execution_options(populate_existing=True)).one()


def recall(case, name="签收", by=LIAISON, reason=WHY, request=None):
    return recall_step(done(case, name).id, {"reason": reason}, by=holder_of(by), request=request)


def refusal(case, name="签收", by=LIAISON):
    with pytest.raises(MessageNotAccepted) as error:
        recall(case, name, by)
    return str(error.value)


def deadlines(case):
    """Each deadline that the case has had, as it stands."""
    file = case_file(case.instance.case_id, holder_of("task_force:verifier"))
    return {each.key: (each.state, each.due_at) for each in reversed(file.deadlines)}


def test_the_task_waits_again_before_whoever_did_it_with_the_form_as_a_draft(case):
    recall(case)
    assert case.open_tasks == ["签收"]
    page = task_page(case.task("签收").id, holder_of(LIAISON))
    assert page.may_work
    assert page.drafts[""].values["note"] == "收到"
    case.do("签收", note="再签")
    assert case.open_tasks == ["办理"]


def test_what_was_taken_back_is_read_in_the_file_as_every_form_is_and_counts_no_more(case):  # S-04
    recall(case)
    file = case_file(case.instance.case_id, holder_of(HANDLER))
    [sheet] = file.recalled
    assert (sheet.name, sheet.facts, sheet.recalled_at is not None) == ("签收", [("备注", "收到")], True)
    assert file.sheets == []
    _, packed = dossier(case.instance.case_id, holder_of(HANDLER))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        told = lines_of(archive.read(COVER))
    assert "收到" in told
    assert any("撤回于" in line for line in told)


def test_the_drawing_replays_the_way_and_that_the_step_was_taken_back(case):
    recall(case)
    [drawing] = case_file(case.instance.case_id, holder_of(HANDLER)).diagrams
    began, signed, back = drawing.frames
    assert (began.what, began.waits) == ("启动流程“small”", ["sign"])
    assert (signed.what, signed.passed, signed.waits) == ("完成签收", ["sign", "signed"], ["handle"])
    assert (back.what, back.back, back.waits) == ("撤回“签收”", signed.passed, ["sign"])
    assert "handle" in back.ended


def test_what_began_is_void_and_what_ended_runs_as_if_it_had_never_been_met(start):
    case = start()
    before = deadlines(case)
    timers = sorted((each.element, each.due_at) for each in case.timers)
    case.do("签收")
    assert {key: state for key, (state, _) in deadlines(case).items()} == {"sign": "met", "handle": "running"}
    recall(case)
    after = deadlines(case)
    assert after["sign"] == before["sign"]
    assert after["handle"][0] == "void"
    assert sorted((each.element, each.due_at) for each in case.timers) == timers
    assert case.task("签收").due_at == case.deadline("sign").due_at
    assert done(case, "办理").state == "cancelled"


def test_the_history_has_both_and_says_why(case):  # C-02
    recall(case)
    newest, before = case_file(case.instance.case_id, holder_of("task_force:verifier")).timeline[:2]
    assert (newest.what, newest.who) == ("撤回“签收”", "黄志强（县自然资源局）")
    assert newest.details == ["撤回理由：填错了", "撤销：办理"]
    assert before.what == "完成签收"
    assert broken_links(case.id) == []


def test_the_form_counts_no_more_and_is_kept(case):
    recall(case)
    assert session.scalars(select(Submission)).all() == []
    [kept] = session.scalars(select(RecalledForm))
    assert (kept.form, kept.values["note"], kept.by) == ("F.sign", "收到", "黄志强")


def test_the_post_whose_task_ends_is_told(case):
    recall(case)
    told = select(Notice.text).where(Notice.post == f"post:{HANDLER}")
    assert session.scalars(told).all() == ["黄志强撤回了上一步，“办理”不用办了：small。理由：填错了"]


def test_the_counts_of_a_case_are_as_before(case):
    recall(case)
    assert case.instance.passed.get("sign", 0) == 0
    case.do("签收")
    assert case.instance.passed["sign"] == 1


def test_an_overdue_limit_that_runs_again_goes_off_again(start, wait, clock):  # XT-A1
    case = start()
    clock.now = case.deadline("sign").due_at - timedelta(minutes=1)
    case.do("签收")
    recall(case)
    wait(hours=1)
    assert case.open_tasks == ["办理"]
    assert case.events[-1] == "timer 逾期视为签收"


# when it cannot be done


def test_only_who_did_it_takes_it_back(case):
    colleague = another_holder_of(LIAISON)
    with pytest.raises(MessageNotAccepted, match="只有办结这一步的本人可以撤回"):
        recall_step(done(case).id, {"reason": WHY}, by=colleague)
    with pytest.raises(NotFound):
        recall(case, by=HOUSING)


def test_not_once_somebody_has_claimed_what_came_of_it(case):
    claim_task(case.task("办理").id, by=holder_of(HANDLER))
    assert refusal(case) == "黄志强（县自然资源局）已经就“办理”有了动作，不能撤回；要改请联系对方。"
    assert case.open_tasks == ["办理"]


def test_not_once_a_colleague_has_begun_to_write(case):
    save_task_draft(case.task("办理").id, {"result": "查了"}, by=another_holder_of(HANDLER))
    assert refusal(case) == "已经有同事动笔填下一步的表，不能撤回；要改请联系对方。"


def test_not_once_the_case_has_moved_on(case):
    case.do("办理", result="办好了", next_org="housing")
    assert refusal(case) == "这一步之后事项已经往下走了，不能撤回；要改请联系现在办理的岗位。"


def test_not_once_a_timer_has_gone_off(case, wait):
    wait(days=10)
    assert "有了动作，不能撤回" in refusal(case)


def test_not_once_another_unit_has_learnt_of_it(case):
    copy_case(case.case.id, {"to": "post:housing:liaison", "note": "请知悉"}, by=holder_of(HANDLER))
    assert "有了动作，不能撤回" in refusal(case)


def test_whoever_only_looks_hinders_nobody(case):
    reveal_reporter(case.id, {"reason": "联系"}, by=holder_of(HANDLER))
    recall(case)
    assert case.open_tasks == ["签收"]


def test_not_what_has_been_told_to_a_citizen(start):
    """编号 may be taken back, the message to the reporter not: small ends there, so here is one that goes on."""
    deploy("told", FILES | {"small.bpmn": TOLD})
    case = Story(start_process("told", {}, by=SYSTEM).instance)
    case.do("签收")
    assert refusal(case) == "这一步已经“告知反映人”，送出去、定下来的收不回，不能撤回。"


def test_what_happens_in_secret_is_not_told_by_refusing(start):  # XT-20
    deploy("secret", FILES | {"small.bpmn": SECRET})
    case = Story(start_process("secret", {}, by=SYSTEM).instance)
    case.do("签收")
    claim_task(case.task("研究线索").id, by=holder_of("supervision_office:supervisor"))
    assert refusal(case) == "这一步之后事项已经往下走了，不能撤回；要改请联系现在办理的岗位。"
    case.do("办理", result="办好了")
    assert refusal(case, "办理", HOUSING) == "这一步之后事项已经往下走了，不能撤回；要改请联系现在办理的岗位。"


def test_not_the_step_that_closes_a_case(case):  # C-10
    case.do("办理", result="办好了")
    assert refusal(case, "办理", HANDLER) == "这一步之后事项已经往下走了，不能撤回；要改请联系现在办理的岗位。"
    assert case.instance.before is None


def test_a_task_that_waits_is_not_taken_back(start):
    case = start()
    assert refusal(case) == "这个任务没有办结，不用撤回。"


def test_a_reason_is_required_and_the_same_click_counts_once(case):  # P3
    with pytest.raises(InvalidForm):
        recall(case, reason=" ")
    recall(case, request="r1")
    recall(case, request="r1")
    assert case.events == ["started small", "completed 签收", "recalled 签收"]


def test_of_recalling_and_claiming_at_the_same_moment_one_is_told(case):  # P2
    task, next_, by, handler = done(case).id, case.task("办理").id, holder_of(LIAISON), holder_of(HANDLER)
    answers = at_once(lambda: recall_step(task, {"reason": WHY}, by=by), lambda: claim_task(next_, by=handler))
    assert len([each for each in answers if isinstance(each, Exception)]) == 1
    assert broken_links(case.id) == []


# what else a step does


def test_a_dispatch_is_taken_back_and_the_unit_sees_the_case_no_more(start):
    deploy("dispatched", FILES | {"small.bpmn": DISPATCHED})
    case = Story(start_process("dispatched", {}, by=SYSTEM).instance)
    session.add(CaseUnit(case_id=case.case.id, unit="civil_affairs", role="copied"))
    session.commit()
    case.do("签收")
    assert case.case.lead_org == "housing"
    recall(case)
    assert (case.case.lead_org, case.case.status) == (None, "dispatched")
    units = select(CaseUnit.unit, CaseUnit.role).where(CaseUnit.case_id == case.case.id)
    assert dict(session.execute(units).all()) == {"natural_resources": "office", "civil_affairs": "copied"}
    with pytest.raises(NotFound):
        case_file(case.case.id, holder_of(HOUSING))


def test_in_one_branch_the_others_stay_as_they_are(start):
    deploy("branches", FILES | {"small.bpmn": BRANCHES})
    case = Story(start_process("branches", {"units": ["housing", "civil_affairs"]}, by=SYSTEM).instance)
    before = sorted((each.element, each.due_at) for each in case.timers)
    case.do("办理", result="办好了")
    assert case.open_tasks == ["会签", "会签", "汇总"]
    recall(case, "办理", HANDLER)
    assert case.open_tasks == ["会签", "会签", "办理"]
    assert sorted((each.element, each.due_at) for each in case.timers) == before


def test_what_the_step_withdrew_waits_again(start):  # 或签: the first answer is enough
    deploy("either", FILES | {"small.bpmn": EITHER})
    case = Story(start_process("either", {"units": ["housing", "civil_affairs"]}, by=SYSTEM).instance)
    mine = (Task.instance_id == case.id) & (Task.post == f"post:{HOUSING}")
    task = session.scalars(select(Task).where(mine)).one()
    complete_task(task.id, {"note": "同意"}, by=holder_of(HOUSING))
    assert case.open_tasks == ["汇总"]
    recall_step(task.id, {"reason": WHY}, by=holder_of(HOUSING))
    assert case.open_tasks == ["会签", "会签"]
    complete_task(task.id, {"note": "不同意"}, by=holder_of(HOUSING))
    assert case.open_tasks == ["汇总"]


def test_in_a_multi_instance_one_instance_goes_back_and_the_others_stay(start, wait):
    deploy("branches", FILES | {"small.bpmn": BRANCHES})
    case = Story(start_process("branches", {"units": ["housing", "civil_affairs"]}, by=SYSTEM).instance)
    mine = (Task.instance_id == case.id) & (Task.post == f"post:{HOUSING}")
    task = session.scalars(select(Task).where(mine)).one()
    complete_task(task.id, {"note": "同意"}, by=holder_of(HOUSING))
    timers = len(session.scalars(select(Timer)).all())
    assert case.open_tasks == ["会签", "办理"]
    recall_step(task.id, {"reason": WHY}, by=holder_of(HOUSING))
    assert case.open_tasks == ["会签", "会签", "办理"]
    assert len(session.scalars(select(Timer)).all()) == timers + 1
    assert deadlines(case)["opinion:housing"][0] == "running"
    wait(days=5)
    assert case.open_tasks == ["办理"]
    assert broken_links(case.id) == []


def test_what_an_interrupting_event_had_withdrawn_is_not_part_of_a_completion(case):
    case.ask("办理", "申请延期", days=2)
    assert "有了动作，不能撤回" in refusal(case)


def test_what_was_completed_with_an_answer_goes_back_to_its_writer(start):  # 并行加签
    case = start()
    values = {"kind": "parallel", "to": f"post:{HOUSING}", "question": "对吗"}
    sign = ask_for_sign(case.task("签收").id, values, by=holder_of(LIAISON))
    case.do("签收", note="收到")
    answer_sign(sign.id, {"answer": "对"}, by=holder_of(HOUSING))
    assert case.open_tasks == ["办理"]
    recall(case)
    assert case.open_tasks == ["签收"]
    assert [each.values["note"] for each in session.scalars(select(Draft))] == ["收到"]
    case.do("签收", note="再签")
    assert case.open_tasks == ["办理"]


SIGN = user("sign", name="签收", candidates='post("natural_resources", "liaison")', form="F.sign", status="dispatched")
NEXT = user("handle", name="办理", candidates='post("housing", "handler")', form="F.handle", status="in_progress")
NEXT_ONE = user("sum", name="汇总", candidates='post("housing", "handler")', form="F.sign")
TOLD = diagram(
    "told",
    start(),
    SIGN,
    service("number", "case.number", parameters={"scheme": '"XT"'}, name="编号"),
    service("tell", "notify.reporter", parameters={"text": '"已受理"', "phone": '"10000000000"'}, name="告知反映人"),
    NEXT,
    end(),
    flows="start sign number tell handle end",
)
SECRET = diagram(
    "secret",
    start(),
    SIGN,
    both("apart"),
    NEXT,
    service(
        "clue",
        "clue.raise",
        name="登记线索",
        parameters={"org": '"natural_resources"', "reason": '"逾期"', "summary": '"办理拖沓"'},
    ),
    user(
        "weigh",
        name="研究线索",
        candidates='post("supervision_office", "supervisor")',
        form="F.sign",
        confidential="yes",
    ),
    both("together"),
    NEXT_ONE,
    end(),
    flows="start sign apart handle clue together sum end; apart weigh together",
)
DISPATCHED = diagram(
    "dispatched",
    start(),
    SIGN,
    service(
        "give",
        "case.dispatch",
        parameters={"lead_org": '"housing"', "co_orgs": '["civil_affairs"]', "requirement": '""'},
        name="交办",
    ),
    NEXT,
    end(),
    flows="start sign give handle end",
)
RATED = user("rate", name="评价", candidates='post("housing", "handler")', form="F.sign", status="completed")
ANSWERED_AT_ONCE = diagram("answered", start(), SIGN, RATED, end(), flows="start sign rate end")
EITHER = diagram(
    "either",
    start(),
    each(
        user("opinion", name="会签", candidates='post(unit, "handler")', form="F.sign"), "units", "unit", until="True"
    ),
    user("sum", name="汇总", candidates='post("natural_resources", "handler")', form="F.sign"),
    end(),
    flows="start opinion sum end",
)
BRANCHES = diagram(
    "branches",
    start(),
    both("apart"),
    user("handle", name="办理", candidates='post("natural_resources", "handler")', form="F.handle"),
    user("sum", name="汇总", candidates='post("natural_resources", "handler")', form="F.sign"),
    each(
        sub(
            "opinions",
            start("s"),
            user(
                "opinion",
                name="会签",
                candidates='post(unit, "handler")',
                form="F.sign",
                deadline="opinion",
                limit="workdays(2)",
            ),
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
    end(),
    flows="start apart handle sum together end; apart opinions together",
)


def test_a_case_that_was_answered_is_open_again(start):  # 当场回复 is 办结, though it waits to be rated (C-06)
    deploy("answered", FILES | {"small.bpmn": ANSWERED_AT_ONCE})
    case = Story(start_process("answered", {}, by=SYSTEM).instance)
    case.do("签收")
    assert case.case.closed_at is not None
    recall(case)
    assert (case.case.status, case.case.closed_at) == ("dispatched", None)
