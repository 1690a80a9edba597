"""What the office sees of each case in a period: closed, late, absent, given back, put off (TZ-10, TZ-19)."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from assessment import tz
from handlers.period_troubles import Limits, troubles
from handlers.tz.evaluations import evaluated
from models import Case, CaseUnit, Deadline, Submission, session
from models.deadline import VOID


def watched(start: datetime, end: datetime, in_force: tz.Rules) -> Iterator[tz.Watched]:
    """What became of each case of the period: dispatched before its end and not 销号 (TZ-11) before its beginning; of
    the others those that were evaluated in it (TZ-A7).
    """
    rated = {(each.case_id, each.unit): each.rated for each in evaluated(start, end)}
    open_then = (Case.closed_at.is_(None)) | (Case.closed_at >= start) | Case.id.in_({case for case, _ in rated})
    rows = select(Case).where(
        Case.flow == "tz_whistle", Case.lead_org.is_not(None), Case.created_at < end, open_then, Case.excluded.is_(None)
    )
    scores = {key: tz.case_score(each, in_force).required for key, each in rated.items()}
    aside = {key for key, each in rated.items() if each.excluded}  # 协办部门自己获准不纳入的 (TZ-25)
    limits = Limits.at(end)
    for case in session.scalars(rows.order_by(Case.id)):
        deadlines = session.scalars(select(Deadline).where(Deadline.case_id == case.id)).all()
        handle = [each for each in deadlines if each.key == "handle" and each.state != VOID]
        late = {each.key for each in deadlines if _late(each, start, end)}
        absent = _absent(case.id, start, end)
        trouble = troubles(case.id, start, end, limits)
        shares = session.execute(select(CaseUnit.unit, CaseUnit.role).where(CaseUnit.case_id == case.id)).all()
        for unit in (unit for unit, role in shares if role in ("lead", "co") and (case.id, unit) not in aside):
            leads = unit == case.lead_org
            score, before = scores.get((case.id, unit)), _closed_before(case, start)
            if before and score is None:
                continue
            yield tz.Watched(
                case=case.case_no or "",
                unit=unit,
                closed=_closed_before(case, end),
                closed_before=before,
                overdue=leads and any(_overran(each, end) for each in handle),
                late=leads and "handle" in late,
                late_response=leads and bool(late & {"respond", "joint"}),
                absent=unit in absent,
                rated=score is not None,
                dissatisfied=score is not None and score < in_force.dissatisfied_below,
                troubles=trouble if leads else frozenset(),
            )


def _closed_before(case: Case, moment: datetime) -> bool:
    return case.closed_at is not None and case.closed_at < moment


def _overran(deadline: Deadline, end: datetime) -> bool:
    """Past its moment, whenever that was, as seen at the month's end."""
    over = deadline.closed_at
    return deadline.due_at < end and (over is None or over > deadline.due_at)


def _late(deadline: Deadline, start: datetime, end: datetime) -> bool:
    """Past its moment within the month: it passed then, or had passed and was still open."""
    over = deadline.closed_at
    if deadline.due_at >= end or deadline.state == VOID:
        return False
    return over is None or over > max(deadline.due_at, start)


def _absent(case_id: int, start: datetime, end: datetime) -> set[str]:
    mine = (Submission.case_id == case_id) & (Submission.element == "N06_meeting")
    rows = select(Submission.values).where(mine, Submission.at >= start, Submission.at < end)
    return {unit for values in session.scalars(rows) for unit in values.get("absent_orgs") or []}
