"""并单: a repeated call of 萧县 ends as part of the main order and is answered with it (XX-05)."""

import pytest

from errors import MessageNotAccepted
from handlers import call
from models import SYSTEM, session
from operations.acts.linking import unlink_cases
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
