"""Who did not sign a task of 郾城's ledger, or report a month, by its limit: that too counts as 滞后 (YC-17, YC-20)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from config import ZONE
from handlers.cases import unit_name
from models import Case, CaseUnit, Deadline, Unit, beneath, session
from models.deadline import MET, MISSED, RUNNING

TASKS = "yc_task"
OWED = {"sign": "没有签收", "report": "没有填报本月进度"}  # by the key of the limit: what was not done
UNREPORTED = ("未签收", "未填报")  # what the ledger says of a month without figures


def missed_between(start: datetime, end: datetime, county: str) -> list[tuple[int, str]]:
    """The case and a line for each limit of this county that ran out in (start, end], and for each that ran out before
    and is still not met.
    """
    late = (Deadline.state == MISSED) | and_(Deadline.state == MET, Deadline.closed_at > Deadline.due_at)
    found = _owed(county, Deadline.due_at <= end, or_(Deadline.state == RUNNING, and_(Deadline.due_at > start, late)))
    return [(case.id, _line(case, limit)) for case, limit in found]


def overdue_at(moment: datetime, county: str) -> list[str]:
    """One line for each limit of this county that has run out and is not met."""
    found = _owed(county, Deadline.due_at < moment, Deadline.state == RUNNING)
    return [_line(case, limit) for case, limit in found]


def _owed(county: str, *conditions: ColumnElement[bool]) -> Sequence[Any]:
    ours = CaseUnit.unit.in_(beneath(select(Unit.id, Unit.code).where(Unit.code == county)))
    here = exists().where(CaseUnit.case_id == Case.id, ours)
    owed: Any = select(Case, Deadline).join(Deadline, Deadline.case_id == Case.id)
    mine = (Case.flow == TASKS) & Deadline.key.in_(OWED) & Deadline.suspended.is_(False)
    return session.execute(owed.where(mine, here, *conditions).order_by(Deadline.id)).all()


def _line(case: Case, limit: Deadline) -> str:
    day = f"{limit.due_at.astimezone(ZONE):%Y-%m-%d}"
    return f"{unit_name(case.lead_org or '')}（{case.title}）：到{day}{OWED[limit.key]}"
