"""月度督查通报 (TZ-18, TZ-19): what became of each case in a month, who is named and why, with the table beside it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import select

from assessment import Working, tz
from handlers import period_sections
from handlers.cases import unit_name
from handlers.context import CaseContext
from handlers.documents import workings_of
from handlers.periods import period_of
from handlers.registry import handler
from handlers.submissions import newest_of
from handlers.tz.evaluations import evaluated
from handlers.tz.papers import BULLETIN, issue, lines_of
from handlers.tz.weights import rules_at
from models import Case, CaseUnit, Deadline, Post, Submission, Unit, session
from models.deadline import VOID

REVIEW = "CA-11.review"


@handler("assessment.tz_parks", name="本期吹哨单位", result="parks：园区、镇（街道）代号")
def parks(case: CaseContext) -> dict[str, Any]:
    """有店小二岗位的园区、镇（街道），每月都要汇总考评表（TZ-18）。"""
    rows = select(Unit.code).join(Post).where(Post.role == "butler").order_by(Unit.id)
    return {"parks": list(session.scalars(rows))}


@handler("assessment.tz_month", name="月度督查通报", result="period：期间，named：点名单位，number：编号")
def month(case: CaseContext, draft: Annotated[bool, "只拟稿，不出通报"]) -> dict[str, Any]:
    """本流程开始的那个月：报到效率、办理进度、解决情况，点名及附表（TZ-19、TZ-A9）。"""
    start, end = period_of(case.case.created_at, "monthly")
    period = f"{start:%Y-%m}"
    rows = tz.bulletin(_watched(start, end, rules_at(end)))
    named = tz.named(rows)
    reviewed = {} if draft else newest_of(case.case, REVIEW)
    body = {
        "期间": period,
        "基本数据": period_sections.basics(rows),
        "前三与后三单位": period_sections.ends({row.unit: row.on_time_rate.value for row in rows}, "%"),
        "点名": "、".join(map(unit_name, named)) or "无",
        "点名原因": lines_of(f"{unit_name(row.unit)}：{'；'.join(row.named_for)}" for row in rows if row.named_for),
        "要求": reviewed.get("report_opinion") or "",
        "签发人": reviewed.get("report_sign") or "",
        "附表": period_sections.table(rows) or "本月没有派单。",
        "_period": period,
        "_named": named,
        "_workings": [workings_of(row.unit, unit_name(row.unit), *_rates(row)) for row in rows],
    }
    title = f"{period} {BULLETIN}"
    number = issue(case, BULLETIN, title, body, draft)
    return {"period": period, "named": named, "number": number, "title": title}


def _watched(start: datetime, end: datetime, in_force: tz.Rules) -> Iterator[tz.Watched]:
    """What became of each case of the month: dispatched before its end and not closed before its beginning."""
    open_then = (Case.closed_at.is_(None)) | (Case.closed_at >= start)
    rows = select(Case).where(
        Case.flow == "tz_whistle", Case.lead_org.is_not(None), Case.created_at < end, open_then, Case.excluded.is_(None)
    )
    scores = {(each.case_id, each.unit): tz.case_score(each.rated, in_force).required for each in evaluated(start, end)}
    for case in session.scalars(rows.order_by(Case.id)):
        deadlines = session.scalars(select(Deadline).where(Deadline.case_id == case.id)).all()
        handle = [each for each in deadlines if each.key == "handle" and each.state != VOID]
        late = {each.key for each in deadlines if _late(each, start, end)}
        absent = _absent(case.id, start, end)
        shares = session.execute(select(CaseUnit.unit, CaseUnit.role).where(CaseUnit.case_id == case.id)).all()
        for unit in (unit for unit, role in shares if role in ("lead", "co")):
            leads = unit == case.lead_org
            score = scores.get((case.id, unit))
            yield tz.Watched(
                case=case.case_no or "",
                unit=unit,
                closed=_closed_before(handle, end),
                closed_before=_closed_before(handle, start),
                overdue=leads and any(_overran(each, end) for each in handle),
                late_response=leads and bool(late & {"respond", "joint"}),
                absent=unit in absent,
                dissatisfied=score is not None and score < in_force.dissatisfied_below,
            )


def _closed_before(handle: Sequence[Deadline], moment: datetime) -> bool:
    """Handled, and not given back to be handled again."""
    return bool(handle) and all(each.closed_at is not None and each.closed_at < moment for each in handle)


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


def _rates(row: tz.Row) -> tuple[Working, ...]:
    return row.closing_rate, row.on_time_rate, row.dissatisfied_rate
