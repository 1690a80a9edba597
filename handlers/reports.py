"""Statistics a flow collects at the end of a period."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from sqlalchemy import func, select

from config import ZONE
from errors import AppError
from handlers.context import CaseContext
from handlers.documents import add_document
from handlers.registry import handler
from models import Case, Deadline, session
from models.deadline import MET

MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}


class UnknownCycle(AppError):
    """统计周期只能是每月、每季度、每半年或每年。"""


@handler("report.statistics", name="统计分析", result="period：期间，以及各项数字")
def statistics(
    case: CaseContext, scheme: Annotated[str, "方案代号"], cycle: Annotated[str, "统计周期"]
) -> dict[str, Any]:
    """统计上一周期的接收、交办、办理结果和回访情况，形成分析报告（XT-21）。"""
    start, end = last_period(case.now.astimezone(ZONE), cycle)
    figures = count_cases(scheme, start, end)
    period = f"{start:%Y-%m-%d}至{end - timedelta(days=1):%Y-%m-%d}"
    number = add_document(case, "统计分析报告", "工作专班", {"期间": period, **figures})
    case.case.title = f"{period} 统计分析报告"
    case.note("report", f"{number}：{period}")
    return {"period": period, **figures}


def last_period(now: datetime, cycle: str) -> tuple[datetime, datetime]:
    """Start and end (exclusive) of the last whole month, quarter or year before `now`."""
    if cycle not in MONTHS:
        raise UnknownCycle
    length = MONTHS[cycle]
    end_index = (now.year * 12 + now.month - 1) // length * length
    return _first_of(end_index - length), _first_of(end_index)


def _first_of(month_index: int) -> datetime:
    return datetime(month_index // 12, month_index % 12 + 1, 1, tzinfo=ZONE)


def count_cases(scheme: str, start: datetime, end: datetime) -> dict[str, int]:
    """Figures of one scheme: cases received in [start, end), and what was closed in it."""
    of_scheme = Case.case_no.startswith(scheme)
    received = of_scheme & (Case.created_at >= start) & (Case.created_at < end)
    closed = of_scheme & (Case.closed_at >= start) & (Case.closed_at < end)
    in_period = (Deadline.closed_at >= start) & (Deadline.closed_at < end)
    handled = (Deadline.key == "handle") & (Deadline.state == MET) & in_period

    def how_many(*conditions: Any) -> int:
        return session.scalar(select(func.count()).select_from(Case).where(*conditions)) or 0

    def deadlines(*conditions: Any) -> int:
        joined = select(func.count()).select_from(Deadline).join(Case, Case.id == Deadline.case_id)
        return session.scalar(joined.where(of_scheme, handled, *conditions)) or 0

    return {
        "接收": how_many(received),
        "交办": how_many(received, Case.lead_org.is_not(None)),
        "办结": how_many(closed),
        "转出": how_many(closed, Case.result == "transferred_out"),
        "按时办理": deadlines(Deadline.closed_at <= Deadline.due_at),
        "超期办理": deadlines(Deadline.closed_at > Deadline.due_at),
        "回访满意": how_many(closed, Case.satisfaction.in_(["非常满意", "满意", "基本满意"])),
    }
