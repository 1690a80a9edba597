"""催办 by hand: a notice to whoever the case waits for; nothing else moves."""

import pytest
from sqlalchemy import select

from errors import InvalidForm, MessageNotAccepted, NotAllowed, NotFound
from models import Document, Notice, session
from operations.acts.urging import urge_case
from queries.case.cases import case_file
from tests.people import another_holder_of, holder_of

OFFICE = "task_force:dispatcher"


def urge(case, by=OFFICE, words="", request=None):
    return urge_case(case.case.id, {"words": words}, by=holder_of(by), request=request)


def told():
    return session.execute(select(Notice.post, Notice.text).order_by(Notice.id)).all()


def test_the_post_that_holds_the_open_task_is_told(start):
    case = start()
    case.case.title = "办不成证"
    session.commit()
    assert urge(case, words="群众又来电") == "县自然资源局联络员"
    assert told() == [("post:natural_resources:liaison", "李建国催办“签收”：办不成证。群众又来电")]


def test_the_words_may_be_left_out(start):
    urge(start())
    [(_, text)] = told()
    assert text.startswith("李建国催办“签收”：")


def test_the_history_says_who_urged_whom(start):  # C-02
    case = start()
    urge(case, words="群众又来电")
    newest = case_file(case.case.id, holder_of(OFFICE)).timeline[0]
    assert newest.what == "催办县自然资源局联络员"
    assert newest.who == "李建国（工作专班（县行政审批局））"
    assert newest.details == ["催办的话：群众又来电"]
    assert newest.clauses == ("C-08",)


def test_no_deadline_no_paper_and_no_step_of_the_ladder_comes_of_it(start):  # C-08
    case = start()
    state, due, timers = case.instance.state, case.deadline("sign").due_at, [row.due_at for row in case.timers]
    urge(case)
    assert case.instance.state == state
    assert case.deadline("sign").due_at == due
    assert [row.due_at for row in case.timers] == timers
    assert session.scalars(select(Document)).all() == []


def test_once_a_day_a_case_and_person(start, clock):
    case = start()
    urge(case)
    with pytest.raises(MessageNotAccepted, match="今天已经催办过"):
        urge(case)
    urge(case, by="task_force:verifier")
    urge(start())
    clock.now = clock.now.replace(day=13, hour=0, minute=0)  # midnight in the county
    urge(case)
    assert [event for event in case.events if event.startswith("urged")] == ["urged 县自然资源局联络员"] * 3


def test_the_same_request_twice_answers_the_same(start):  # P3
    case = start()
    assert urge(case, request="r1") == urge(case, request="r1")
    assert len(told()) == 1


def test_of_a_confidential_task_nobody_hears(start):  # XT-20
    case = start()
    case.task("签收").confidential = True
    session.commit()
    with pytest.raises(MessageNotAccepted, match="不用催办"):
        urge(case)
    assert told() == []


def test_who_would_have_to_urge_themselves_is_told_so(start):
    case = start()
    task = case.task("签收")
    task.post = task.inbox_key = f"post:{OFFICE}"
    session.commit()
    with pytest.raises(MessageNotAccepted, match="不用催办"):
        urge(case)


def test_a_unit_that_only_handles_it_urges_nobody(start):
    with pytest.raises(NotAllowed, match="只有登记这个事项的单位和统管部门"):
        urge(start(), by="natural_resources:leader")


def test_whoever_does_not_see_the_case_cannot_urge(start):
    with pytest.raises(NotFound):
        urge(start(), by="housing:liaison")


def test_too_many_words_are_refused_and_count_for_nothing(start):
    case = start()
    with pytest.raises(InvalidForm) as error:
        urge(case, words="催" * 201)
    assert "最多 200 字" in error.value.problems["words"]
    urge(case)


def test_a_colleague_in_the_same_post_may_urge_too(start):
    case, colleague = start(), another_holder_of(OFFICE)
    urge(case)
    urge_case(case.case.id, {}, by=colleague)
    assert len(told()) == 2
