"""查重: the clerk is told of earlier cases of the same phone, but of none that they may not know of."""

import pytest

from models import session
from queries.receiving.similar import SHOWN, similar_cases
from tests.people import holder_of

TITLE, HASH = "不动产登记跑了四次没办成", "the same phone"
WINDOW, BUREAU, OFFICE = "service_hall:window_clerk", "natural_resources:liaison", "task_force:head"


@pytest.fixture
def report(begin):
    """One more case of the same phone and title, registered by this unit."""
    return lambda unit="service_hall", **columns: begin(unit, phone_hash=HASH, title=TITLE, **columns)


def test_a_unit_is_not_told_of_cases_it_may_not_see(report):
    report("mailbox_office", case_no="XT20260001")
    mine = report()
    assert similar_cases(mine, holder_of(WINDOW)) == []
    [line] = similar_cases(mine, holder_of(OFFICE))
    assert "XT20260001" in line


def test_that_somebody_reported_in_confidence_is_told_only_to_whom_it_is_known(report):  # C-09
    report(case_no="XT20260001", confidential=True)
    again = report(case_no="XT20260002")
    assert similar_cases(again, holder_of(BUREAU)) == []
    assert len(similar_cases(again, holder_of(OFFICE))) == len(similar_cases(again, holder_of(WINDOW))) == 1


def test_another_caller_with_nearly_the_same_words_is_told_of_while_the_case_is_open(begin, clock):  # N02
    water = {"title": "城东幸福路自来水管爆裂，三个小区停水", "case_no": "XT20260001"}
    first = begin("service_hall", phone_hash="somebody else", **water)
    begin("service_hall", phone_hash="a third", title="城东幸福路路灯不亮", case_no="XT20260002")
    again = begin("service_hall", phone_hash=HASH, title="幸福路自来水管爆裂停水，三个小区都没有水")
    [line] = similar_cases(again, holder_of(WINDOW))
    assert "XT20260001" in line
    assert line.endswith("（内容相近）")
    first.closed_at = clock.now
    session.commit()
    assert similar_cases(again, holder_of(WINDOW)) == []


def test_the_newest_few_are_enough(report):
    for number in range(1, 6):
        report(case_no=f"XT2026000{number}")
    lines = similar_cases(report(), holder_of(WINDOW))
    assert [line[:10] for line in lines] == ["XT20260005", "XT20260004", "XT20260003"][:SHOWN]
