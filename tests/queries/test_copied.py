"""抄送我的: what colleagues have sent to look at, until somebody at the post has opened it."""

import pytest

from errors import NotFound
from models import CaseUnit, Notice, session
from operations.acts.copies import copy_case
from operations.acts.notices import read_notice
from queries.boxes.copied import copied_to
from queries.boxes.counts import counts
from tests.people import another_holder_of, holder_of
from tests.queries.test_pages import ODD_IDS, TAMPERED, all_pages

CLERK, COLLEAGUE = "natural_resources:handler", "civil_affairs:liaison"


def copy(case, note="请知悉", to=COLLEAGUE):
    copy_case(case.id, {"to": f"post:{to}", "note": note}, by=holder_of(CLERK))


def box(post=COLLEAGUE):
    return [(row.title, row.is_new) for row in copied_to(holder_of(post)).rows]


def unread(post=COLLEAGUE):
    return counts(holder_of(post))["copied"]


def test_the_box_says_what_was_sent_by_whom_and_why(begin):
    case = begin(title="低保待遇", case_no="XT20260001")
    copy(case, "涉及低保，请知悉")
    [row] = copied_to(holder_of(COLLEAGUE)).rows
    assert (row.case_no, row.title, row.status_name, row.is_new) == ("XT20260001", "低保待遇", "办理中", True)
    assert row.words.endswith("抄送：低保待遇。涉及低保，请知悉")
    assert box(CLERK) == box("civil_affairs:leader") == []


def test_other_notices_are_no_copies(begin):
    case = begin()
    copy(case)
    session.add(Notice(case_id=case.id, post=f"post:{COLLEAGUE}", text="黄志强抄送：不是抄送", at=case.created_at))
    session.commit()
    assert len(box()) == unread() == 1


def test_a_copy_is_unread_until_a_holder_of_the_post_opens_it(begin):
    case = begin(title="甲")
    copy(case)
    assert (box(), unread(), unread(CLERK)) == ([("甲", True)], 1, 0)
    [row] = copied_to(holder_of(COLLEAGUE)).rows
    assert read_notice(row.id, by=another_holder_of(COLLEAGUE)) == case.id
    assert (box(), unread()) == ([("甲", False)], 0)


def test_nobody_opens_what_was_sent_to_another_post(begin):
    copy(begin())
    [row] = copied_to(holder_of(COLLEAGUE)).rows
    with pytest.raises(NotFound):
        read_notice(row.id, by=holder_of(CLERK))
    assert unread() == 1


def test_a_case_that_one_may_no_longer_see_is_neither_shown_nor_counted(begin):
    case = begin()
    copy(case)
    session.delete(session.get_one(CaseUnit, (case.id, "civil_affairs")))
    session.commit()
    assert (box(), unread()) == ([], 0)


def test_a_title_leaves_the_reporter_out(begin):  # S-04
    copy(begin(title="王小明反映低保", reporter="王小明"), "请联系王小明")
    [row] = copied_to(holder_of(COLLEAGUE)).rows
    assert "王小明" not in row.title + row.words


def test_the_newest_comes_first_page_by_page_and_a_tampered_link_starts_at_the_top(begin):
    for title in "甲乙丙丁戊":
        copy(begin(title=title))
    by = holder_of(COLLEAGUE)
    rows, lengths = all_pages(lambda after: copied_to(by, after, limit=2))
    assert ([row.title for row in rows], lengths) == (list("戊丁丙乙甲"), [2, 2, 1])
    for after in (*TAMPERED, *ODD_IDS):
        assert copied_to(by, after).rows[0].title == "戊"
