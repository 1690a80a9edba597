"""备注: what colleagues write down for each other about a case."""

import pytest

from errors import InvalidForm, MessageNotAccepted, NotAllowed, NotFound
from models import broken_links, session
from operations.acts.copies import copy_case
from operations.acts.noting import note_on_case
from operations.acts.recalling import why_not_recalled
from queries.case.cases import case_file
from queries.public.progress import progress
from tests.people import holder_of

LIAISON, OFFICE, SUPERVISOR = "natural_resources:liaison", "task_force:dispatcher", "supervision_office:supervisor"


def note(case, words="已电话核对，材料齐全", by=LIAISON, request=None, **values):
    note_on_case(case.case.id, {"remark": words, **values}, by=holder_of(by), request=request)


def read(case, by):
    return [each.words for each in case_file(case.case.id, holder_of(by)).notes]


def told(case, by):
    return [(each.what, each.details) for each in case_file(case.case.id, holder_of(by)).timeline[:1]]


def test_a_note_stands_in_the_file_and_in_the_sealed_history(start):  # C-02
    case = start()
    state = case.instance.state
    note(case, request="r1")
    note(case, request="r1")  # P3
    assert read(case, OFFICE) == ["已电话核对，材料齐全"]
    assert told(case, OFFICE) == [("写备注", ["已电话核对，材料齐全"])]
    assert case.instance.state == state
    assert broken_links(case.id) == []


def test_names_and_numbers_in_it_are_masked_and_a_confidential_reporter_is_not_told_of(start):  # S-04, C-09
    case = start()
    case.case.reporter = "王小明"
    session.commit()
    note(case, "王小明，电话13812340000，已约")
    assert read(case, LIAISON) == ["王某某，电话138****0000，已约"]
    case.case.confidential = True
    session.commit()
    assert read(case, LIAISON) == ["反映人，电话****，已约"]


def test_whoever_brought_the_case_does_not_read_it(start):
    case = start()
    case.case.case_no, case.case.query_code = "XT202600001", "123456"
    session.commit()
    note(case)
    assert "材料齐全" not in repr(progress("XT202600001", "123456"))


def test_a_note_about_a_clue_is_for_the_holders_of_clues_alone(start):  # XT-20
    case = start()
    before = told(case, LIAISON)
    note(case, "涉嫌推诿，另案研究", by=SUPERVISOR, secret="true")
    with pytest.raises(NotAllowed, match="XT-20"):
        note(case, "不该让别人看到的", secret="true")
    assert read(case, LIAISON) == []
    assert told(case, LIAISON) == before
    assert told(case, SUPERVISOR) == [("写备注（保密）", ["涉嫌推诿，另案研究"])]
    assert read(case, SUPERVISOR) == ["涉嫌推诿，另案研究"]


def test_a_note_does_not_stand_in_the_way_of_taking_a_step_back(start):
    case = start()
    task = case.do("签收")
    note(case, by="natural_resources:leader")
    assert why_not_recalled(task, holder_of(LIAISON)) == ""


def test_who_only_looks_on_and_who_does_not_see_it_write_none(start):
    case = start()
    copy_case(case.case.id, {"to": "post:civil_affairs:liaison", "note": "请知悉"}, by=holder_of(LIAISON))
    with pytest.raises(NotAllowed, match="可以写备注"):
        note(case, by="civil_affairs:liaison")
    with pytest.raises(NotFound):
        note(case, by="housing:liaison")
    with pytest.raises(InvalidForm) as error:
        note(case, words=" ")
    assert "remark" in error.value.problems


def test_what_is_filed_is_only_read(start):  # C-10
    case = start()
    case.case.result = "archived"
    session.commit()
    with pytest.raises(MessageNotAccepted, match="C-10"):
        note(case)
