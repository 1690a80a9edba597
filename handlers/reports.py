"""Statistics a flow collects at the end of a period."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import ColumnElement, Select, func, select

from handlers.cases import unit_name
from handlers.context import CaseContext
from handlers.documents import add_document
from handlers.period_sections import span
from handlers.periods import days_of, last_period
from handlers.registry import handler
from models import Case, Deadline, Submission, session
from models.deadline import MET, RUNNING

SATISFIED = ["非常满意", "满意", "基本满意"]
REVISIT = "F-C-5.revisit"  # the form every flow revisits with

#: Of one figure, how many fall to each unit; None: to no unit.
ByUnit = Counter[str | None]


@handler("report.statistics", name="统计分析", result="period：期间，以及各项数字")
def statistics(
    case: CaseContext, scheme: Annotated[str, "方案代号"], cycle: Annotated[str, "统计周期"]
) -> dict[str, Any]:
    """统计上一周期的接收、交办、办理结果和回访情况，并按承办单位分列，形成分析报告（XT-21）。"""
    start, end = last_period(case.now, cycle)
    counted = count_cases(scheme, start, end)
    figures = {name: sum(units.values()) for name, units in counted.items()}
    period = days_of(start, end)
    named = span(start, end)
    body = {"标题": f"关于{named}办理情况的统计分析报告", "期间": period, **figures, **_unit_lines(counted)}
    number = add_document(case, "统计分析报告", "工作专班", body)
    case.case.title = f"{named}统计分析报告"
    case.note("report", f"{number}：{period}")
    return {"period": period, **figures}


def count_cases(scheme: str, start: datetime, end: datetime) -> dict[str, ByUnit]:
    """Figures of one scheme: received and closed in [start, end), handled and revisited in it, late at its end."""
    of_scheme = Case.case_no.startswith(scheme)

    def cases(*conditions: ColumnElement[bool]) -> ByUnit:
        return _by_unit(select(Case.lead_org, func.count()).where(of_scheme, *conditions))

    def deadlines(*conditions: ColumnElement[bool]) -> ByUnit:
        handle = select(Case.lead_org, func.count()).join(Deadline, Deadline.case_id == Case.id)
        return _by_unit(handle.where(of_scheme, Deadline.key == "handle", *conditions))

    def revisits(*conditions: ColumnElement[bool]) -> ByUnit:
        answered = (Submission.form == REVISIT) & (Submission.values["reached"].as_string() == "yes")
        of_period = (Submission.at >= start) & (Submission.at < end)
        found = select(Case.lead_org, func.count()).join(Submission, Submission.case_id == Case.id)
        return _by_unit(found.where(of_scheme, answered, of_period, *conditions))

    received = (Case.created_at >= start) & (Case.created_at < end)
    closed = (Case.closed_at >= start) & (Case.closed_at < end)
    handled = (Deadline.state == MET) & (Deadline.closed_at >= start) & (Deadline.closed_at < end)
    late_at_end = (Deadline.due_at < end) & ((Deadline.state == RUNNING) | (Deadline.closed_at >= end))
    ratings = (Submission.case_id == Case.id) & (Submission.form == f"F-{scheme}-1.rate")
    rated_at = select(func.min(Submission.at)).where(ratings).scalar_subquery()  # changed later, it counts as changed
    return {
        "接收": cases(received),
        "交办": cases(received, Case.lead_org.is_not(None)),
        "办结": cases(closed),
        "转出": cases(closed, Case.result == "transferred_out"),
        "按时办理": deadlines(handled, Deadline.closed_at <= Deadline.due_at),
        "超期办理": deadlines(handled, Deadline.closed_at > Deadline.due_at),
        "在办逾期": deadlines(late_at_end, Deadline.suspended.is_(False)),
        "有效回访": revisits(),
        "回访满意": revisits(Submission.values["satisfaction"].as_string().in_(SATISFIED)),
        "当场评价满意": cases(rated_at >= start, rated_at < end, Case.satisfaction.in_(SATISFIED)),
    }


def _by_unit(counts: Select[Any, Any]) -> ByUnit:
    return Counter(dict(session.execute(counts.group_by(Case.lead_org)).all()))


def _unit_lines(counted: dict[str, ByUnit]) -> dict[str, str]:
    """What each unit that has a figure reads of itself: 县民政局 → 交办3、按时办理2 … (XT-21: 各承办单位的完成情况)."""
    ours = {name: units for name, units in counted.items() if name not in ("接收", "转出", "当场评价满意")}
    return {unit_name(unit): "、".join(f"{name}{units[unit]}" for name, units in ours.items()) for unit in _units(ours)}


def _units(counted: dict[str, ByUnit]) -> Iterable[str]:
    return sorted({unit for units in counted.values() for unit in units if unit is not None})
