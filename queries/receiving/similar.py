"""Whether the same reporter has come with the same before (SPEC N02: 查重). The clerk is told and goes on."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Select, exists, select

from config import ZONE
from handlers.likeness import alike
from models import Case, CaseUnit, Identity, session
from operations.acts.privacy import may_know_reporter
from operations.gate.visibility import visible
from queries.statuses import STATUS_NAMES
from reference import parameters
from reference.counties import county_of
from reference.privacy import listed

DAYS = 30  # where no parameter says otherwise
SHOWN = 3


@dataclass(frozen=True)
class Similar:
    case_id: int
    case_no: str  # "" where it has none
    line: str
    archived: bool  # only to be read (C-10)


def similar_cases(case: Case, by: Identity) -> list[str]:
    """A line for each of similar_to()."""
    return [each.line for each in similar_to(case, by)]


def similar_to(case: Case, by: Identity) -> list[Similar]:
    """The newest cases of this county, of the same phone number and with a title like this one's.

    Only of cases this person may see, and where either is confidential only if they may know who its reporter is: the
    same phone says just that (C-09).
    """
    if case.phone_hash is None or not may_know_reporter(case, by):
        return []
    days = int(parameters.in_force("intake.duplicate_days", DAYS))
    same = select(Case).where(
        visible(by),
        Case.phone_hash == case.phone_hash,
        Case.id != case.id,
        Case.created_at >= case.created_at - timedelta(days=days),
        exists().where(CaseUnit.case_id == Case.id, CaseUnit.unit.in_(_county(case))),
    )
    found = session.scalars(same.order_by(Case.id.desc()))
    same_matter = (each for each in found if alike(each.title, case.title) and may_know_reporter(each, by))
    return [Similar(each.id, each.case_no or "", _line(each), each.archived) for each in islice(same_matter, SHOWN)]


def _county(case: Case) -> Select[Any]:
    return county_of(select(CaseUnit.unit).where(CaseUnit.case_id == case.id))


def _line(case: Case) -> str:
    day = f"{case.created_at.astimezone(ZONE):%Y-%m-%d}"
    title, status = listed(case.title, case), STATUS_NAMES.get(case.status, case.status)
    return f"{case.case_no or '未编号'}《{title}》，{day} 登记，{status}"
