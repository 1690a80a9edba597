"""郾城's 专报 is compiled from the papers and limits of its own county (YC-17)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.bulletins import compile_bulletin
from handlers.ledger import overdue_at
from models import Case, CaseUnit, Deadline, Document, session

HERE, THERE = "district_gov", "tz_government"


@pytest.fixture
def bulletin(case):
    """As it is compiled at the beginning of April."""

    def compiled():
        return compile_bulletin(replace(case, county=lambda: HERE, now=case.now + timedelta(days=25)), "monthly")

    return compiled


def issue(case, county, **columns):
    facts = {"kind": "通报批评", "number": f"{county}1号", "to": "区水利局", "body": {"内容": "推进不力"}}
    session.add(Document(case_id=case.case.id, county=county, raised_at=case.now, **(facts | columns)))
    session.flush()


def owe(unit, at):
    """A task that this unit has not reported."""
    row = Case(flow="yc_task", flow_name="任务", title="清运渣土", lead_org=unit, created_at=at)
    session.add(row)
    session.flush()
    session.add(CaseUnit(case_id=row.id, unit=unit, role="lead"))
    limit = {"key": "report", "name": "填报", "element": "x", "clauses": "YC-17", "terms": {}, "calendar_revision": 1}
    session.add(Deadline(case_id=row.id, opened_at=at, due_at=at, **limit))
    session.flush()


def test_papers_of_another_county_or_kind_are_not_in_it(case, bulletin):
    issue(case, HERE)
    issue(case, THERE, to="市水利局", body={"文种": "另一个县的写法"})
    issue(case, HERE, kind="督查通报", number="2号", to="区住建局", body={"另一种": "文书"})
    assert bulletin()["laggards"] == "区水利局：推进不力"


def test_limits_of_another_county_are_not_in_it(case, bulletin):
    for unit in ("yc_water", "tz_power"):
        owe(unit, case.now)
    [line] = overdue_at(case.now + timedelta(days=1), HERE)
    assert "清运渣土" in line
    assert bulletin()["laggards"] == line
