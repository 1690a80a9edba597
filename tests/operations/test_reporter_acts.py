"""反映人凭查询码办流程让他办的事：评价一次、改一次，申诉；流程接着走，像岗位办的一样。"""

from datetime import timedelta

import pytest
from sqlalchemy import select

from errors import InvalidForm, MessageNotAccepted, NotFound, TaskNotOpen
from models import Case, Notice, ProcessInstance, Submission, Task, TaskSign, session
from operations.acts.cases import register_case
from operations.acts.signing import ask_for_sign
from operations.acts.tasks import claim_task, complete_task
from operations.house.deployments import deploy
from operations.house.operating import suspend_case
from operations.public.reporter_acts import act
from operations.public.reporters import TOO_OLD, pass_for
from operations.public.supplements import supplement
from operations.public.visitors import TooMany, Visitor, ask
from operations.ticking.clock import tick
from queries.case.cases import case_file
from queries.public.progress import progress
from tests.faults.together import at_once
from tests.people import admin, holder_of
from tests.rated_flow import FILES
from tests.small_flow import FILES as SMALL

WINDOW, HANDLER, REVIEWER = "service_hall:window_clerk", "natural_resources:handler", "task_force:verifier"


@pytest.fixture
def case(county, clock):
    """One that is being handled."""
    deploy("small", SMALL)
    deploy("xt_rated", FILES)
    return register_case("xt_rated", {"title": "跑了四次", "reporter_name": "欧阳锋"}, by=holder_of(WINDOW))


@pytest.fixture
def handled(case):
    """One that waits for its rating."""
    complete_task(task("办理").id, {"public_reply": "已经办好"}, by=holder_of(HANDLER))
    return case


def task(name):
    found = select(Task).where(Task.state == "open", Task.name == name)
    return session.scalars(found.execution_options(populate_existing=True)).one()


def do(case, element, *, address="203.0.113.7", token="", request=None, given=None, **values):
    visitor = Visitor(address, token or ask().seal)
    act(pass_for(case) if given is None else given, element, values, visitor, request=request)


def buttons(case):
    return [button for _, button in progress(case.case_no, case.query_code).acts]


def ratings():
    return [
        each["satisfaction"] for each in session.scalars(select(Submission.values).where(Submission.form == "F.rate"))
    ]


def test_the_rating_completes_the_same_task_and_the_flow_goes_on(handled):  # C-06
    waits = task("反映人评价")
    assert buttons(handled) == ["评价"]
    do(handled, "rate", satisfaction="不满意")
    session.refresh(waits)
    assert (waits.state, waits.done_by) == ("completed", None)
    assert handled.satisfaction == "不满意"
    file = case_file(handled.id, holder_of(HANDLER))
    assert (file.sheets[-1].name, file.sheets[-1].who) == ("反映人评价", "反映人")
    newest = file.timeline[0]
    assert (newest.who, newest.what) == ("反映人", "完成反映人评价")


def test_it_may_be_changed_once_and_then_the_case_is_filed(handled):  # C-06, C-10
    do(handled, "rate", satisfaction="不满意")
    assert buttons(handled) == ["修改评价"]
    do(handled, "changed", satisfaction="基本满意")
    assert (handled.satisfaction, handled.status) == ("基本满意", "archived")
    assert ratings() == ["不满意", "基本满意"]
    assert buttons(handled) == []
    for element in ("changed", "rate"):
        with pytest.raises(MessageNotAccepted, match="已经办过，或者期限已过"):
            do(handled, element, satisfaction="满意")
    assert ratings() == ["不满意", "基本满意"]


def test_who_does_not_change_it_has_it_filed_after_fifteen_days(handled, clock):
    do(handled, "rate", satisfaction="满意")
    clock.now += timedelta(days=16)
    tick()
    session.refresh(handled)
    assert (handled.satisfaction, handled.status) == ("满意", "archived")


def test_what_was_rated_by_telephone_may_be_changed_too(handled):
    complete_task(task("反映人评价").id, {"satisfaction": "满意"}, by=holder_of(HANDLER))
    do(handled, "changed", satisfaction="不满意")
    assert handled.satisfaction == "不满意"


def test_a_colleague_who_has_claimed_the_rating_or_was_asked_about_it_holds_nothing_up(handled):
    claim_task(task("反映人评价").id, by=holder_of(HANDLER))
    values = {"kind": "before", "to": "post:housing:handler", "question": "怎么看"}
    ask_for_sign(task("反映人评价").id, values, by=holder_of(HANDLER))
    mine = task("反映人评价").id
    do(handled, "rate", satisfaction="满意")
    assert session.scalars(select(TaskSign.state)).all() == ["void"]
    assert "不用再答复" in session.scalars(select(Notice.text).order_by(Notice.id.desc())).first()
    with pytest.raises(TaskNotOpen):
        complete_task(mine, {"satisfaction": "不满意"}, by=holder_of(HANDLER))
    assert ratings() == ["满意"]


def test_an_objection_comes_by_the_event_on_the_task_as_often_as_the_diagram_lets_it(case):
    assert buttons(case) == ["对办理不服，申诉"]
    do(case, "object", objection="材料齐全")
    assert task("复核申诉").post == f"post:{REVIEWER}"
    assert task("办理")
    assert buttons(case) == []
    with pytest.raises(MessageNotAccepted):
        do(case, "object", objection="再申诉一次")


def test_what_is_wrong_is_said_and_nothing_moves(handled):
    before = session.scalars(select(ProcessInstance.revision)).one()
    with pytest.raises(InvalidForm) as error:
        do(handled, "rate", satisfaction="五颗星")
    assert "satisfaction" in error.value.problems
    assert session.scalars(select(ProcessInstance.revision)).one() == before
    assert task("反映人评价")


@pytest.mark.parametrize("element", ["work", "may_change", "file", "none", ""])
def test_only_what_the_diagram_marks_is_the_reporter_s(case, element):
    with pytest.raises(MessageNotAccepted):
        do(case, element, public_reply="我自己办好了", satisfaction="满意")
    assert task("办理")


def test_the_same_request_twice_counts_once_and_an_answer_serves_once(handled):  # P3
    for _ in range(2):
        do(handled, "rate", satisfaction="满意", request="r1", token="t1")
    assert ratings() == ["满意"]
    with pytest.raises(InvalidForm) as error:
        do(handled, "changed", satisfaction="不满意", token="t1")
    assert error.value.problems == {"answer": "这道题已经用过了，请回答新的一道。"}
    assert ratings() == ["满意"]


def test_of_two_at_once_one_counts(handled):  # P2
    number = handled.id

    def rate(words):  # each thread has a clock of its own
        return lambda: do(session.get_one(Case, number), "rate", satisfaction=words)

    results = at_once(rate("满意"), rate("不满意"))
    assert sum(isinstance(each, Exception) for each in results) == 1
    assert len(ratings()) == 1


def test_only_with_a_pass_and_so_many_an_hour_supplements_included(case):
    for number in range(10):
        supplement(pass_for(case), {"words": "补充"}, [], Visitor("203.0.113.7", f"t{number}"))
    complete_task(task("办理").id, {"public_reply": "已经办好"}, by=holder_of(HANDLER))
    with pytest.raises(NotFound, match=TOO_OLD):
        do(case, "rate", given="1.1.x", satisfaction="满意")
    with pytest.raises(TooMany):
        do(case, "rate", satisfaction="满意")
    do(case, "rate", address="203.0.113.8", satisfaction="满意")
    assert ratings() == ["满意"]


def test_what_is_answered_and_waits_for_its_rating_takes_no_supplement(handled):
    with pytest.raises(MessageNotAccepted, match="已经办结"):
        supplement(pass_for(handled), {"words": "补充"}, [], Visitor("203.0.113.7", "t"))


def test_of_a_suspended_case_the_reporter_reads_that_it_waits_and_not_why(handled):
    instance = session.scalars(select(ProcessInstance).where(ProcessInstance.case_id == handled.id)).one()
    suspend_case(handled.id, {"reason": "领导要求"}, revision=instance.revision, by=admin())
    seen = progress(handled.case_no, handled.query_code)
    assert (seen.stopped[:7], seen.acts) == ("这件事暂停办理", [])
    with pytest.raises(MessageNotAccepted, match="这件事暂停办理"):
        do(handled, "rate", satisfaction="不满意")
    assert ratings() == []
