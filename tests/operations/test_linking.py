"""关联、并案: two cases that belong together, or are one matter."""

import pytest

from errors import InvalidForm, MessageNotAccepted, NotAllowed, NotFound
from models import CaseUnit, broken_links, session
from models.case import COPIED
from operations.acts.linking import link_cases, unlink_cases
from operations.acts.recalling import why_not_recalled
from queries.case.cases import case_file
from queries.case.tasks import task_page
from queries.public.progress import progress
from queries.receiving.similar import similar_to
from tests.people import holder_of

OFFICE, LIAISON, BUREAU = "task_force:dispatcher", "natural_resources:liaison", "civil_affairs:liaison"


@pytest.fixture
def numbered(start):
    """One more case, by its number."""

    def make(number):
        case = start()
        case.case.case_no, case.case.query_code = number, f"CODE{number[-1]}"
        case.case.title, case.case.reporter = "王小明的不动产登记", "王小明"
        session.commit()
        return case

    return make


@pytest.fixture
def two(numbered):
    return numbered("XT20260001"), numbered("XT20260002")


def link(case, other, kind="merged", by=OFFICE, reason="同一件事", request=None):
    values = {"other": other.case.case_no, "kind": kind, "link_reason": reason}
    return link_cases(case.case.id, values, by=holder_of(by), request=request)


def file_of(case, by=OFFICE):
    return case_file(case.case.id, holder_of(by))


def links(case, by=OFFICE):
    return [(each.says, each.other.case_no) for each in file_of(case, by).links]


def refusal(case, other, **how):
    with pytest.raises(InvalidForm) as error:
        link(case, other, **how)
    return error.value.problems


def test_both_files_show_the_link_and_its_reason(two):
    leader, follower = two
    assert link(follower, leader, request="r1") == link(follower, leader, request="r1") == "XT20260001"  # P3
    assert links(follower) == [("主件", "XT20260001")]
    assert links(leader) == [("并入本件", "XT20260002")]
    newest = file_of(leader).timeline[0]
    assert (newest.what, newest.details) == ("XT20260002并入本件", ["理由：同一件事"])
    assert file_of(follower).timeline[0].what == "并入XT20260001"
    assert broken_links(leader.id) == broken_links(follower.id) == []


def test_who_may_not_see_the_other_case_learns_of_it_neither_there_nor_in_the_history(two):
    mine, other = two
    session.add(CaseUnit(case_id=mine.case.id, unit="civil_affairs", role="co"))
    session.commit()
    link(mine, other, kind="related")
    assert links(mine, BUREAU) == []
    assert "XT20260002" not in repr(file_of(mine, BUREAU).timeline)
    assert refusal(mine, other, by=BUREAU) == {"other": "没有这个编号的事项，或者您看不到它。"}


def test_the_reason_tells_of_nobody_whom_the_reader_may_not_know(two):  # S-04, C-09
    mine, other = two
    other.case.confidential, other.case.reporter = True, "李小红"
    session.commit()
    link(mine, other, kind="related", reason="王小明与李小红同住")
    [told] = file_of(mine).links
    assert told.reason == "王某某与反映人同住"
    assert file_of(mine).timeline[0].details == ["理由：王某某与反映人同住"]


@pytest.mark.parametrize("confidential", [0, 1])
def test_whoever_may_not_know_the_reporter_of_one_learns_of_no_link(two, confidential):  # C-09
    """It says that both have the same reporter, and the other names theirs."""
    for each in two:
        each.case.phone_hash = "the same phone"
    two[confidential].case.confidential = True
    session.commit()
    link(*two, reason="同一人的同一件事")
    [known] = file_of(two[0]).links
    for mine, other in (two, two[::-1]):
        seen = file_of(mine, LIAISON)
        assert seen.links == []
        assert other.case.case_no not in repr(seen.timeline)
        assert "同一人的同一件事" not in repr(seen.timeline)
        assert task_page(mine.task("签收").id, holder_of(LIAISON)).leader is None
        assert similar_to(mine.case, holder_of(LIAISON)) == []
        assert len(links(mine)) == len(similar_to(mine.case, holder_of(OFFICE))) == 1
    with pytest.raises(NotFound):
        unlink_cases(two[0].case.id, known.id, {"link_reason": "不是一件"}, by=holder_of(LIAISON))


def test_nor_links_such_cases(two):  # C-09
    mine, other = two
    mine.case.confidential = True
    session.commit()
    with pytest.raises(NotAllowed, match="C-09"):
        link(mine, other, kind="related", by=LIAISON)
    assert "C-09" in refusal(other, mine, kind="related", by=LIAISON)["other"]


def test_each_of_merged_cases_keeps_its_number_code_deadline_and_waiting_task(two):
    leader, follower = two
    before = progress("XT20260002", "CODE2"), follower.deadline("sign").due_at, follower.open_tasks
    link(follower, leader)
    after = progress("XT20260002", "CODE2"), follower.deadline("sign").due_at, follower.open_tasks
    assert [before[0].status, before[0].due_on, *before[1:]] == [after[0].status, after[0].due_on, *after[1:]]
    leader.do("签收")
    assert follower.open_tasks == ["签收"]


def test_a_follower_leads_no_other_and_follows_one_alone(two, numbered):
    leader, follower = two
    third = numbered("XT20260003")
    link(follower, leader)
    assert "主件" in refusal(third, follower)["other"]
    assert "本件已经并入" in refusal(follower, third)["kind"]
    assert "不能再并入" in refusal(leader, third)["kind"]
    assert "已经连起来" in refusal(leader, follower, kind="related")["other"]
    assert "就是本件" in refusal(leader, leader)["other"]
    link(third, leader)
    assert links(leader) == [("并入本件", "XT20260002"), ("并入本件", "XT20260003")]


def test_a_link_is_ended_for_a_reason_and_stays_in_the_history(two):
    leader, follower = two
    link(follower, leader)
    [held] = file_of(leader).links
    with pytest.raises(NotAllowed, match="可以解除并案"):
        unlink_cases(leader.case.id, held.id, {"link_reason": "不是一件"}, by=holder_of(LIAISON))
    for _ in range(2):  # P3
        unlink_cases(leader.case.id, held.id, {"link_reason": "不是一件"}, by=holder_of(OFFICE))
    assert links(leader) == links(follower) == []
    assert [each.what for each in file_of(leader).timeline[:2]] == [
        "解除并案，XT20260002不再并入本件",
        "XT20260002并入本件",
    ]
    link(leader, follower)


def test_who_handles_it_may_relate_but_not_merge_and_who_does_not_see_it_neither(two):
    mine, other = two
    assert "只有登记" in refusal(mine, other, by=LIAISON)["kind"]
    link(mine, other, kind="related", by=LIAISON)
    assert refusal(other, mine, by="housing:liaison") == {"other": "没有这个编号的事项，或者您看不到它。"}
    session.add(CaseUnit(case_id=mine.case.id, unit="civil_affairs", role="co"))
    session.commit()
    with pytest.raises(NotFound):
        link(other, mine, kind="related", by=BUREAU)


def test_who_only_looks_on_at_the_other_writes_nothing_into_it(two):
    mine, other = two
    session.add(CaseUnit(case_id=mine.case.id, unit="civil_affairs", role="co"))
    session.add(CaseUnit(case_id=other.case.id, unit="civil_affairs", role=COPIED))
    session.commit()
    assert "那一件" in refusal(mine, other, kind="related", by=BUREAU)["other"]
    link(mine, other, kind="related")
    [held] = file_of(mine).links
    with pytest.raises(NotAllowed, match="那一件"):
        unlink_cases(mine.case.id, held.id, {"link_reason": "没有关系"}, by=holder_of(BUREAU))


def test_a_refusal_does_not_tell_of_a_link_that_is_not_known_to_one(two, numbered):
    mine, leader = two
    third = numbered("XT20260003")
    for each in (mine, third):
        session.add(CaseUnit(case_id=each.case.id, unit="civil_affairs", role="registrar"))
    session.commit()
    link(mine, leader)
    assert refusal(mine, third, by=BUREAU) == {"kind": "这两件现在不能并案，请联系统管部门。"}
    assert refusal(third, mine, by=BUREAU) == {"other": "这两件现在不能并案，请联系统管部门。"}


def test_a_closed_case_follows_none_and_a_filed_one_is_only_read(two):  # C-10
    mine, other = two
    mine.case.closed_at = mine.case.created_at
    session.commit()
    assert "已经办结" in refusal(mine, other)["kind"]
    mine.case.result = "archived"
    session.commit()
    with pytest.raises(MessageNotAccepted, match="C-10"):
        link(mine, other, kind="related")
    assert "C-10" in refusal(other, mine, kind="related")["other"]


def test_a_link_with_a_filed_case_is_ended_by_its_follower_alone(two):  # C-10
    leader, follower = two
    link(follower, leader)
    [held] = file_of(leader).links
    leader.case.result = "archived"
    session.commit()
    ended = {"link_reason": "不是一件"}
    with pytest.raises(MessageNotAccepted, match="C-10"):
        unlink_cases(leader.case.id, held.id, ended, by=holder_of(OFFICE))
    assert "C-10" in file_of(leader).links[0].why_kept  # no button that is refused
    assert file_of(follower, LIAISON).links[0].why_kept == ""
    unlink_cases(follower.case.id, held.id, ended, by=holder_of(LIAISON))
    assert file_of(follower).timeline[0].what == "解除并案，不再并入XT20260001"
    assert file_of(leader).timeline[0].what == "XT20260002并入本件"  # a filed case is only read


def test_a_link_does_not_stand_in_the_way_of_taking_a_step_back(two):
    mine, other = two
    task = mine.do("签收")
    link(mine, other)
    assert why_not_recalled(task, holder_of(LIAISON)) == ""
