"""并单: a repeated call of 萧县 ends as part of the main order and is answered with it (XX-05)."""

import pytest
from sqlalchemy import select

from errors import InvalidForm, MessageNotAccepted
from handlers import call
from handlers.hotline import COMPARING, FLOW, REGISTER, SAME_PLACE
from handlers.merging import FOLLOWS, LEADER_FOLLOWS, LEADS, why_not_merged
from models import SYSTEM, Submission, Task, session
from models.link import MERGED
from models.task import IS_OPEN
from operations.acts.linking import link_cases, unlink_cases
from operations.gate.instances import start_process
from queries.case.cases import case_file
from tests.people import holder_of

OFFICE = "task_force:head"


@pytest.fixture
def main(case):
    return start_process("small", {}, by=SYSTEM).host.context.case


@pytest.fixture
def merged(case, main):
    case.case.case_no, main.case_no = "XX20260002", "XX20260001"
    call("hotline.merge", {"main": main.id}, case)
    session.commit()
    return case.case


def links(case):
    return [(each.says, each.other.case_no) for each in case_file(case.id, holder_of(OFFICE)).links]


def test_the_files_of_both_lead_to_each_other(merged, main):
    assert links(merged) == [("主件", "XX20260001")]
    assert links(main) == [("并入本件", "XX20260002")]


def test_what_was_answered_together_is_not_unlinked(merged, main):  # C-10
    [link] = case_file(main.id, holder_of(OFFICE)).links
    with pytest.raises(MessageNotAccepted, match="已经归档"):
        unlink_cases(main.id, link.id, {"link_reason": "看错了"}, by=holder_of(OFFICE))


def merge_by_hand(follower, leader):
    follower.case_no, leader.case_no = f"XX{follower.id}", f"XX{leader.id}"
    session.commit()
    values = {"other": f" xx{leader.id} ", "kind": MERGED, "link_reason": "同一件事"}  # as people type a number
    link_cases(follower.id, values, by=holder_of(OFFICE))


def test_the_history_of_the_main_case_tells_of_it(case, main):
    case.case.case_no = "XX20260002"
    call("hotline.merge", {"main": main.id}, case)
    [told] = case.elsewhere
    assert (told.instance.case_id, told.kind, told.name) == (main.id, "merged_in", "XX20260002")
    with pytest.raises(MessageNotAccepted):
        call("hotline.merge", {"main": main.id}, case)
    assert case.elsewhere == [told]  # what failed told nobody


@pytest.mark.parametrize(
    ("merged_before", "said"),
    [("main into case", LEADS), ("case into main", FOLLOWS), ("main into third", LEADER_FOLLOWS)],
)
def test_no_circle_arises_with_cases_merged_by_hand(case, main, merged_before, said):
    third = start_process("small", {}, by=SYSTEM).host.context.case
    named = {"case": case.case, "main": main, "third": third}
    merge_by_hand(*(named[name] for name in merged_before.split(" into ")))
    assert why_not_merged(case.case.id, main.id) == said
    with pytest.raises(MessageNotAccepted, match=said):
        call("hotline.merge", {"main": main.id}, case)


def test_of_cases_alike_one_that_follows_another_is_not_named_as_the_main_one(case, main):  # XX-05, CA-01
    leader = start_process("small", {}, by=SYSTEM).host.context.case
    said = {"form": REGISTER, "element": "register", "values": {"title": "路灯不亮"}, "by": "坐席", "at": case.now}
    for each in (case.case, main, leader):
        each.phone_hash, each.flow = "the same phone", FLOW
        session.add(Submission(case_id=each.id, **said))
    asked = {"asked": dict.fromkeys(SAME_PLACE), "words": {"title": "路灯不亮"}, "days": 7, "hours": 24}
    assert call("hotline.similar", asked, case)["main"] == main.id  # the oldest
    merge_by_hand(main, leader)
    assert call("hotline.similar", asked, case)["main"] == leader.id


def test_a_case_that_is_being_compared_leads_nobody_yet(case, main):
    session.scalars(select(Task).where(Task.case_id == main.id, IS_OPEN)).first().element = COMPARING
    session.commit()
    with pytest.raises(InvalidForm) as error:
        merge_by_hand(case.case, main)
    assert error.value.problems == {"other": "那一件正在核对是否重复，核对以后再并案。"}
