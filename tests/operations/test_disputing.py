"""对时限有异议: whoever has to keep a deadline says why its day is wrong, and is answered in words."""

from datetime import date

import pytest
from sqlalchemy import select

from errors import InvalidForm, MessageNotAccepted, NotAllowed, NotFound
from models import Notice, broken_links, session
from operations.acts.disputing import answer_dispute, dispute_deadline
from operations.acts.recalling import why_not_recalled
from operations.house.calendar_edits import override_day
from operations.house.deployments import deploy
from queries.case.cases import case_file
from queries.lists.desk import desk
from tests.engine.diagrams import boundary, diagram, end, event, user
from tests.engine.diagrams import start as start_event
from tests.people import admin, another_holder_of, holder_of
from tests.small_flow import FILES, HANDLER, LATE, handle

LADDER = diagram(
    "small",
    '<bpmn:signal id="put_off" name="到期日顺延"/>',
    start_event(),
    handle(HANDLER),
    LATE,
    user("urged", name="等反馈", candidates=HANDLER, form="F.sign", clauses="XT-18"),
    boundary("off", "urged", event("signal", "put_off"), name="到期日顺延"),
    end("stood_down"),
    end("done"),
    flows="start handle done; late urged stood_down; off stood_down",
)
LIAISON, SUPERVISOR, HEAD = "natural_resources:liaison", "supervision_office:supervisor", "task_force:head"
WHY = "16日本县停电，不应算工作日"


def dispute(case, by=LIAISON, reason=WHY, key="sign", request=None):
    deadline = case.deadline(key).id
    return dispute_deadline(case.case.id, deadline, {"dispute": reason}, by=holder_of(by), request=request)


def answer(case, verdict="upheld", by=SUPERVISOR, words="当天未停电"):
    [*_, said] = file_of(case).disputes
    answer_dispute(case.case.id, said.id, {"verdict": verdict, "answer": words}, by=holder_of(by))


def file_of(case, by=SUPERVISOR):
    return case_file(case.case.id, holder_of(by))


def told(post):
    return list(session.scalars(select(Notice.text).where(Notice.post == f"post:{post}")))


def on_the_desk(by=SUPERVISOR):
    return [row.case_id for row in desk(holder_of(by), "disputed").rows]


def test_it_goes_to_the_post_that_watches_the_flow_and_the_clock_runs_on(start):
    case = start()
    due = case.deadline("sign").due_at
    assert dispute(case, request="r1") == dispute(case, request="r1") == "县政府督查室督查员"  # P3
    assert told(SUPERVISOR) == [
        f"{holder_of(LIAISON).name}对时限“签收”有异议，请在事项页答复：{case.case.title}。{WHY}"
    ]
    assert on_the_desk() == [case.case.id]
    newest = file_of(case, LIAISON).timeline[0]
    assert (newest.what, newest.details, newest.clauses) == (
        "对时限“签收”有异议",
        [f"异议的理由：{WHY}"],
        ("XT-10",),
    )
    assert case.deadline("sign").due_at == due
    assert broken_links(case.id) == []


def test_the_answer_reaches_whoever_asked_and_stands_in_the_file(start):
    case = start()
    dispute(case)
    answer(case)
    [said] = file_of(case, LIAISON).disputes
    assert (said.verdict, said.answer, said.is_open) == ("维持", "当天未停电", False)
    assert told(LIAISON) == [
        f"{holder_of(SUPERVISOR).name}答复了对时限“签收”的异议：{case.case.title}。维持：当天未停电"
    ]
    assert file_of(case).timeline[0].what == "答复对时限“签收”的异议"
    assert on_the_desk() == []
    with pytest.raises(MessageNotAccepted, match="已经答复"):
        answer(case)
    dispute(case)  # it was upheld: there may be another reason


def test_it_is_put_right_by_the_calendar_and_never_by_a_free_day(start, wait):  # C-03
    case = start()
    dispute(case)
    with pytest.raises(InvalidForm) as error:
        answer(case, "corrected")
    assert "先修订工作日历" in error.value.problems["verdict"]
    override_day(case.deadline("sign").due_at.date(), False, by=admin(), reason="停电")
    wait(minutes=1)
    answer(case, "corrected", words="已修订日历")
    assert file_of(case).disputes[0].verdict == "更正"


def test_what_was_over_stays_until_somebody_answers_that_its_day_was_wrong(start, wait):  # C-03: 重算未到期时限
    case = start()
    case.do("签收")
    wait(days=14)
    due = case.deadline("handle").due_at
    override_day(due.date(), False, by=admin(), reason="停电")
    wait(minutes=1)
    assert case.deadline("handle").due_at == due
    dispute(case, by="natural_resources:handler", key="handle")
    answer(case, "corrected", words="当日确实停电")
    assert case.deadline("handle").due_at > due
    story = [(each.what, each.details) for each in file_of(case).timeline[:2]]
    assert story == [
        ("答复对时限“办理”的异议", ["更正：当日确实停电"]),
        ("工作日历修订，时限重算", ["办理：到期顺延至 2026-03-20"]),
    ]
    assert broken_links(case.id) == []


def test_a_ladder_that_began_on_the_wrong_day_stands_down_and_begins_again_after_the_new_one(start, wait, clock):
    """As with a late extension: CA-03 sends the signal 到期日顺延 (XT-18)."""
    deploy("small", FILES | {"small.bpmn": LADDER})
    case = start()
    wait(days=14)
    assert case.open_tasks == ["办理", "等反馈"]
    for day in ("2026-03-18", "2026-03-19", "2026-03-20", "2026-03-23", "2026-03-24", "2026-03-25", "2026-03-26"):
        override_day(date.fromisoformat(day), False, by=admin(), reason="防汛停工")
    dispute(case, by="natural_resources:handler", key="handle")
    answer(case, "corrected", words="当日确实停工")
    assert case.deadline("handle").due_at > clock.now
    assert case.open_tasks == ["办理"]
    wait(days=7)
    assert case.open_tasks == ["办理", "等反馈"]


def test_nobody_answers_what_they_have_disputed_themselves(start):
    case = start()
    dispute(case, by=SUPERVISOR)
    with pytest.raises(NotAllowed, match="由别的督查人员答复"):
        answer(case)
    colleague = another_holder_of(SUPERVISOR)
    [said] = file_of(case).disputes
    answer_dispute(case.case.id, said.id, {"verdict": "upheld", "answer": "没有错"}, by=colleague)


def test_one_at_a_time_while_it_runs_by_who_takes_part(start):
    case = start()
    dispute(case)
    with pytest.raises(MessageNotAccepted, match="还没有答复"):
        dispute(case, by=HEAD)
    with pytest.raises(NotAllowed, match="只有督查岗位"):
        answer(case, by=LIAISON)
    with pytest.raises(NotFound):
        dispute(case, by="housing:liaison")
    with pytest.raises(NotAllowed, match="可以对时限提异议"):
        dispute_deadline(case.case.id, case.deadline("sign").id, {"dispute": WHY}, by=admin())
    answer(case)
    case.do("签收")
    with pytest.raises(MessageNotAccepted, match="已经结束"):
        dispute(case)


def test_nothing_was_put_right_of_a_limit_that_has_ended_as_it_was(start):  # C-03
    case = start()
    dispute(case)
    case.do("签收")
    with pytest.raises(InvalidForm) as error:
        answer(case, "corrected")
    assert "已经结束" in error.value.problems["verdict"]
    answer(case, "upheld", words="已按时签收，不再改")


def test_it_waits_for_an_answer_until_the_case_is_filed_and_ends_with_that(start):  # C-10
    case = start()
    dispute(case)
    case.case.closed_at = case.case.created_at
    session.commit()
    assert on_the_desk() == [case.case.id]
    case.case.result = "archived"
    session.commit()
    assert on_the_desk() == []
    [said] = file_of(case).disputes
    assert (said.is_open, said.may_answer, said.verdict) == (False, False, "归档时没有答复")
    for act in (answer, dispute):
        with pytest.raises(MessageNotAccepted, match="C-10"):
            act(case)


def test_a_step_is_not_taken_back_once_a_limit_that_came_of_it_is_disputed(start):
    case = start()
    task = case.do("签收")
    dispute(case, by=HEAD, key="handle")
    assert "有了动作" in why_not_recalled(task, holder_of(LIAISON))
