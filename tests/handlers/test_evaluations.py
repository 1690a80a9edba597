"""泰州: what counts of 一哨一评 when a department's part of a case is set aside afterwards (TZ-25)."""

from datetime import datetime

import pytest

from config import ZONE
from errors import NotFound
from handlers.tz.evaluations import evaluated, exclude, rate
from handlers.tz.watch import watched
from handlers.tz.weights import rules_at
from models import CaseUnit, Document, session

MARCH, APRIL, JULY = (datetime(2026, month, 1, tzinfo=ZONE) for month in (3, 4, 7))
LEAD, CO = "tz_power", "tz_gas_ganghua"


@pytest.fixture
def rated(case):
    """In March, by the park: the lead department, and one that assisted and is marked low."""
    case.case.flow, case.case.case_no, case.case.lead_org = "tz_whistle", "TZ20260001", LEAD
    session.add_all(CaseUnit(case_id=case.case.id, unit=unit, role=role) for unit, role in ((LEAD, "lead"), (CO, "co")))
    rate(case, LEAD, "tz_bio_park", "90")
    rate(case, CO, "tz_bio_park", "40", "50")
    return case


def marks(start, end):
    return {each.unit: (each.rated.park, each.rated.excluded) for each in evaluated(start, end)}


def named(start, end):
    return {row.unit for row in watched(start, end, rules_at(end)) if row.dissatisfied}


def test_a_department_s_own_part_is_set_aside_and_the_other_s_counts(rated):
    exclude(rated, "管道迁改", "批示1号", CO)
    assert marks(MARCH, APRIL) == {LEAD: ("90", ""), CO: ("40", "批示1号：管道迁改")}
    assert rated.case.excluded is None


def test_its_paper_is_issued_once_more_and_says_why(rated):
    exclude(rated, "管道迁改", "批示1号", CO)
    *_, before, after = [each.body for each in session.query(Document).order_by(Document.id)]
    assert (after["被评单位"], after["单件得分"]) == (before["被评单位"], before["单件得分"])
    assert after["不纳入考核"] == "批示1号：管道迁改"
    assert "不纳入考核：批示1号：管道迁改" in str(after["_workings"])


def test_what_is_set_aside_in_the_next_quarter_leaves_the_quarter_of_its_marks(rated):  # TZ-A7
    rated.now = APRIL.replace(day=8)
    exclude(rated, "管道迁改", "批示1号", CO)
    assert marks(MARCH, APRIL)[CO] == ("40", "批示1号：管道迁改")
    assert marks(APRIL, JULY) == {}


def test_who_is_set_aside_is_no_longer_listed_in_the_month(rated):  # TZ-19
    assert named(MARCH, APRIL) == {CO}
    exclude(rated, "管道迁改", "批示1号", CO)
    assert named(MARCH, APRIL) == set()


def test_a_case_that_is_set_aside_counts_for_nobody(rated):
    exclude(rated, "政策调整", "批示2号")
    assert {excluded for _, excluded in marks(MARCH, APRIL).values()} == {"批示2号：政策调整"}


def test_a_department_that_was_not_rated_has_nothing_to_set_aside(rated):
    with pytest.raises(NotFound, match="没有得分"):
        exclude(rated, "管道迁改", "批示1号", "tz_finance")
    with pytest.raises(NotFound, match="没有批示"):
        exclude(rated, "管道迁改", " ", CO)
