"""Whether the same has been brought before, by the same reporter or another (SPEC N02: 查重). The clerk is told and
goes on.
"""

from collections.abc import Iterator
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
from queries.few import of_few
from queries.receiving.near_words import near_in_words
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
    line: str  # ends with why: 同一电话, 内容相近
    archived: bool  # only to be read (C-10)


def similar_cases(case: Case, by: Identity) -> list[str]:
    """A line for each of similar_to()."""
    return [each.line for each in similar_to(case, by)]


def similar_to(case: Case, by: Identity) -> list[Similar]:
    """The newest cases of this county from the same phone number and with a title like this one's, then the open ones
    of the same flow that say nearly the same, whoever brought them: at most SHOWN.

    Only of cases this person may see, and where either is confidential only if they may know who its reporter is: the
    same phone says just that, and no other could be linked (C-09).
    """
    if not may_know_reporter(case, by):
        return []
    found = [_similar(each, "同一电话") for each in islice(_of_same_phone(case, by), SHOWN)]
    if len(found) < SHOWN:
        known = {each.case_id for each in found}
        found += [_similar(each, "内容相近") for each in _in_same_words(case, by) if each.id not in known]
    return found[:SHOWN]


def _of_same_phone(case: Case, by: Identity) -> Iterator[Case]:
    if case.phone_hash is None:
        return
    same = _lately(case, by).where(Case.phone_hash == case.phone_hash)
    for each in session.scalars(same.order_by(Case.id.desc())):
        if alike(each.title, case.title) and may_know_reporter(each, by):
            yield each


def _in_same_words(case: Case, by: Identity) -> list[Case]:
    open_ones = _lately(case, by).where(Case.flow == case.flow, Case.closed_at.is_(None))
    return [each for each in near_in_words(case, of_few(open_ones, by)) if may_know_reporter(each, by)]


def _lately(case: Case, by: Identity) -> Select[Any]:
    days = int(parameters.in_force("intake.duplicate_days", DAYS))
    return select(Case).where(
        visible(by),
        Case.id != case.id,
        Case.created_at >= case.created_at - timedelta(days=days),
        exists().where(CaseUnit.case_id == Case.id, CaseUnit.unit.in_(_county(case))),
    )


def _county(case: Case) -> Select[Any]:
    return county_of(select(CaseUnit.unit).where(CaseUnit.case_id == case.id))


def _similar(case: Case, why: str) -> Similar:
    return Similar(case.id, case.case_no or "", _line(case, why), case.archived)


def _line(case: Case, why: str) -> str:
    day = f"{case.created_at.astimezone(ZONE):%Y-%m-%d}"
    title, status = listed(case.title, case), STATUS_NAMES.get(case.status, case.status)
    return f"{case.case_no or '未编号'}《{title}》，{day} 登记，{status}（{why}）"
