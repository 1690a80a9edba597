"""退回: a task goes back to a step of its own unit, with the form as a draft; the case's other branches never know."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from errors import InvalidForm, MessageNotAccepted, NotAllowed, TaskNotOpen
from models import SYSTEM, Deadline, Draft, Notice, Post, Submission, Task, TaskSign, User, broken_links, session
from models.task import OPEN
from operations.acts.drafts import save_task_draft
from operations.acts.recalling import why_not_recalled
from operations.acts.sending_back import send_back
from operations.acts.tasks import claim_task, complete_task
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from operations.house.operating import suspend_case
from queries.case.cases import case_file
from queries.case.tasks import task_page
from tests.engine.diagrams import both, boundary, diagram, each, end, script, service, start, sub, timer, user
from tests.operations.conftest import Story
from tests.operations.signs import ask
from tests.people import admin, another_holder_of, holder_of
from tests.small_flow import FILES

#: A limit of another unit's own, and one over all that is done until then.
LIMITED = {"deadline": "other", "limit": "workdays(2)"}
WHOLE = {"deadline": "whole", "limit": "workdays(9)", "until": "other"}
LEADER, HANDLER = "natural_resources:leader", "natural_resources:handler"
WHY = "附件不全"


def post(role, unit="unit"):
    return f'post({unit}, "{role}")'


#: Of each unit 拟稿 → 审签, with a reminder and limits of its own, beside a branch of another unit.
OFFICES = diagram(
    "small",
    start("start"),
    both("S"),
    each(
        sub(
            "office",
            start("begin"),
            user(
                "write", name="拟稿", candidates=post("handler"), form="F.handle", deadline="write", limit="workdays(4)"
            ),
            boundary("nudge", "write", timer("workdays(1)"), interrupting=False, name="提醒"),
            end("nudged"),
            script("reckon", "pages = 1"),
            user("sign", name="审签", candidates=post("leader"), form="F.sign", deadline="sign", limit="workdays(2)"),
            end("signed"),
            flows="begin write reckon sign signed; nudge nudged",
            deadlineFor="unit",
        ),
        "units",
        "unit",
    ),
    user("beside", name="汇总", candidates=post("handler", '"tax"'), form="F.sign"),
    both("J"),
    end(),
    flows="start S office J end; S beside J",
)


@pytest.fixture
def case(county, clock):
    """审签 waits in the first unit, 拟稿 in the second and the third."""
    story = begun(OFFICES, units=["natural_resources", "housing", "civil_affairs"])
    task = open_of(story, "拟稿", HANDLER)
    claim_task(task.id, by=holder_of(HANDLER))
    complete_task(task.id, {"result": "初稿"}, by=holder_of(HANDLER))
    return story


def begun(drawn, **data):
    deploy("small", FILES | {"small.bpmn": drawn})
    return Story(start_process("small", data, by=SYSTEM).instance)


def open_of(story, name, of):
    mine = (Task.instance_id == story.id) & (Task.state == OPEN) & (Task.name == name) & (Task.post == f"post:{of}")
    return session.scalars(select(Task).where(mine).execution_options(populate_existing=True)).one()


def back(story, name="审签", of=LEADER, to="拟稿", request=None):
    task = open_of(story, name, of)
    chosen = [each.value for each in task_page(task.id, holder_of(of)).steps_back if each.label.startswith(to)]
    return send_back(task.id, {"to": "".join(chosen), "reason": WHY}, by=holder_of(of), request=request)


def choices(story, name, of):
    return [each.label for each in task_page(open_of(story, name, of).id, holder_of(of)).steps_back]


def limits(story):
    rows = select(Deadline).where(Deadline.case_id == story.case.id).order_by(Deadline.id)
    return [(row.key.removesuffix(":natural_resources"), row.state, row.due_at) for row in session.scalars(rows)]


def told(of):
    return session.scalars(select(Notice.text).where(Notice.post == f"post:{of}").order_by(Notice.id)).all()


def test_inside_one_instance_it_goes_back_and_all_else_stands_where_it_stood(case, clock):  # C-03, C-08
    others, write = [each for each in limits(case) if ":" in each[0]], limits(case)[0]
    clock.now += timedelta(hours=2)
    sign = ask(case, "parallel", "housing:liaison", LEADER, "审签")
    save_task_draft(open_of(case, "审签", LEADER).id, {"note": "看过"}, by=another_holder_of(LEADER))
    assert choices(case, "审签", LEADER) == ["拟稿（黄志强，县自然资源局经办人）"]
    withdrawn = back(case, request="r1")
    back_again = send_back(withdrawn.id, {"to": "", "reason": WHY}, by=holder_of(LEADER), request="r1")  # P3
    assert (back_again.state, case.open_tasks) == ("cancelled", ["拟稿", "拟稿", "拟稿", "汇总"])
    assert [each for each in limits(case) if ":" in each[0]] == others
    mine = [each for each in limits(case) if ":" not in each[0]]
    assert [(key, state) for key, state, _ in mine] == [("write", "running"), ("sign", "void")]
    assert mine[0][2] == write[2]  # as if never met (XT-16)
    assert len(case.timers) == 3  # each has its reminder again
    new = open_of(case, "拟稿", HANDLER)
    assert (new.claimed_by, new.created_at) == (holder_of(HANDLER).id, clock.now)
    assert [each.values for each in session.scalars(select(Draft))] == [{"result": "初稿", "next_org": None}]
    page = task_page(new.id, holder_of(HANDLER))
    assert page.drafts[""].values["result"] == "初稿"
    assert page.sent_back.endswith(f"从“审签”退回到“拟稿”，理由：{WHY}")
    assert session.get_one(TaskSign, sign.id).state == "void"
    assert told(HANDLER)[-1] == f"{holder_of(LEADER).name}把“审签”退回到“拟稿”：small。理由：附件不全"
    assert told(LEADER)[-1].endswith("这一步存的草稿作废：small")
    assert told("housing:liaison")[-1] == "“审签”已经撤销，不用再答复：small。"
    newest = case_file(case.case.id, holder_of(LEADER)).timeline[0]
    assert newest.what == "退回“审签”"
    assert {"从“审签”退回到“拟稿”，理由：附件不全", "拟稿（县自然资源局）：接着计，到期日 2026-03-18"} <= {
        *newest.details
    }
    assert broken_links(case.id) == []
    assert "有了动作，不能撤回" in why_not_recalled(done(case, "拟稿"), holder_of(HANDLER))
    complete_task(new.id, {"result": "二稿"}, by=holder_of(HANDLER))
    assert [row.values["result"] for row in session.scalars(select(Submission).order_by(Submission.id))] == [
        "初稿",
        "二稿",
    ]
    with pytest.raises(TaskNotOpen):  # an old tab
        send_back(withdrawn.id, {"to": "", "reason": WHY}, by=holder_of(LEADER), request="r2")


def done(story, name):
    return session.scalars(select(Task).filter_by(instance_id=story.id, name=name, state="completed")).one()


def test_whoever_has_left_the_post_gets_no_draft_and_its_other_holder_does(case):
    colleague = another_holder_of(HANDLER)
    session.get_one(Post, f"post:{HANDLER}").holders = [session.get_one(User, colleague.id)]
    session.commit()
    back(case)
    new = open_of(case, "拟稿", HANDLER)
    assert (new.claimed_by, [each.user_id for each in session.scalars(select(Draft))]) == (None, [colleague.id])


def refused(story, name, of):
    with pytest.raises((MessageNotAccepted, NotAllowed, InvalidForm)) as error:
        back(story, name, of)
    return str(error.value)


def test_while_a_form_waits_or_the_case_stands_still_it_stays(case):
    suspend_case(case.case.id, {"reason": "等批复"}, revision=case.instance.revision, by=admin())
    assert "本件已暂停" in refused(case, "审签", LEADER)


def test_a_form_that_was_handed_in_is_taken_back_first(case):
    ask(case, "parallel", "housing:liaison", LEADER, "审签")
    case.do("审签", note="同意")
    assert refused(case, "审签", LEADER) == "任务已经提交、正在等答复，不能退回；请先取回。"


@pytest.mark.parametrize("rule", [{}, {"sendBack": "any"}])
def test_only_among_the_posts_of_one_unit_unless_the_diagram_says_more(county, clock, rule):  # XT-10
    steps = (
        user("register", name="登记", candidates=post("liaison", '"natural_resources"'), form="F.sign"),
        user("write", name="拟稿", candidates=post("handler", '"natural_resources"'), form="F.sign", **WHOLE),
        user("other", name="会办", candidates=post("handler", '"housing"'), form="F.sign", **LIMITED),
        user("final", name="定稿", candidates=post("leader", '"natural_resources"'), form="F.sign", **rule),
        service("tell", "notify.reporter", parameters={"text": '"已定稿"', "phone": '"10000000000"'}),
        user("file", name="归卷", candidates=post("handler", '"natural_resources"'), form="F.sign"),
    )
    story = begun(diagram("small", start(), *steps, end(), flows="start register write other final tell file end"))
    for step in ("登记", "拟稿"):
        story.do(step)
    assert refused(story, "会办", "housing:handler").startswith("前面没有可以退回的环节")
    story.do("会办")
    both_units = ["会办（胡伟，县住房和城乡建设局经办人）", "拟稿（黄志强，县自然资源局经办人）"]
    assert choices(story, "定稿", LEADER) == (both_units if rule else [])
    if rule:
        back(story, "定稿", LEADER, to="会办")
        assert [each[:2] for each in limits(story)] == [("whole", "running"), ("other", "met"), ("other", "running")]
        story.do("会办")
        back(story, "定稿", LEADER)
        assert story.open_tasks == ["拟稿"]
        assert limits(story)[0][:2] == ("whole", "running")
        for step in ("拟稿", "会办"):
            story.do(step)
    story.do("定稿")
    assert choices(story, "归卷", HANDLER) == []  # the citizen has been told
