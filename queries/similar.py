"""Whether the same reporter has come with the same before (SPEC N02: 查重). The clerk is told and goes on."""

from datetime import timedelta
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy import Select, exists, select

from config import ZONE
from models import Case, CaseUnit, session
from queries.cases import STATUS_NAMES
from reference import parameters
from reference.counties import county_of

ALIKE = 0.5  # of two titles: twice what they share over what both have
DAYS = 30  # where no parameter says otherwise


def similar_cases(case: Case) -> list[str]:
    """A line for each case of this county, of the same phone number and with a title like this one's, newest first."""
    if case.phone_hash is None:
        return []
    days = int(parameters.values_at(parameters.newest_revision()).get("intake.duplicate_days", DAYS))
    same = select(Case).where(
        Case.phone_hash == case.phone_hash,
        Case.id != case.id,
        Case.created_at >= case.created_at - timedelta(days=days),
        exists().where(CaseUnit.case_id == Case.id, CaseUnit.unit.in_(_county(case))),
    )
    return [_line(each) for each in session.scalars(same.order_by(Case.id.desc())) if _alike(each.title, case.title)]


def _county(case: Case) -> Select[Any]:
    return county_of(select(CaseUnit.unit).where(CaseUnit.case_id == case.id))


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def _line(case: Case) -> str:
    day = f"{case.created_at.astimezone(ZONE):%Y-%m-%d}"
    return f"{case.case_no or '未编号'}《{case.title}》，{day} 登记，{STATUS_NAMES.get(case.status, case.status)}"
