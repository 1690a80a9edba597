"""Days that are counted in months and years: no length of days says “one month” (YC-08, YC-09)."""

import calendar
from datetime import date, datetime
from typing import Annotated, Any

from config import ZONE
from errors import AppError
from handlers.context import CaseContext
from handlers.registry import handler
from worktime.periods import months_after

MONTHS_OF = {"month": 1, "year": 12}


class BadDate(AppError):
    """日期不正确。"""


@handler("date.month_end", name="本月末", result="date：本月最后一天；month：年月", undoable=True)
def month_end(case: CaseContext) -> dict[str, Any]:
    """今天所在月份的最后一天，用于按月填报（YC-17）。"""
    today = case.now.astimezone(ZONE).date()
    last = today.replace(day=calendar.monthrange(today.year, today.month)[1])
    return {"date": last.isoformat(), "month": f"{last:%Y-%m}"}


@handler("date.after", name="推算日期", result="date：若干月或年以后的那一天", undoable=True)
def after(
    case: CaseContext,
    start: Annotated[str, "起算日"],
    count: Annotated[int, "数量"],
    unit: Annotated[str, "单位：month 月、year 年"],
) -> dict[str, Any]:
    """从起算日往后若干个月或年的同一天，那个月没有这一天的取月末（YC-08、YC-09）。"""
    return {"date": months_after(day_of(start), _months(count, unit)).isoformat()}


@handler("date.tenure", name="核对年限", result="months：已满几个月；until：期满之日；locked：是否未满", undoable=True)
def tenure(
    case: CaseContext,
    since: Annotated[str, "起算日"],
    count: Annotated[int, "须满的数量"],
    unit: Annotated[str, "单位：month 月、year 年"],
) -> dict[str, Any]:
    """从起算日到今天满几个月，够不够规定的年限（YC-09）。"""
    start, today = day_of(since), case.now.astimezone(ZONE).date()
    if start > today:
        raise BadDate(f"起算日{start}在今天之后。")
    months = (today.year - start.year) * 12 + today.month - start.month
    months -= months_after(start, months) > today
    until = months_after(start, _months(count, unit))
    case.note("tenure", f"自{start}起已满{months}个月，期满之日{until}")
    return {"months": months, "until": until.isoformat(), "locked": today < until}


def _months(count: int, unit: str) -> int:
    if unit not in MONTHS_OF or not 0 <= count <= 1200:
        raise BadDate(f"“{count} {unit}”不是若干个月或年。")
    return count * MONTHS_OF[unit]


def day_of(text: str) -> date:
    """The day of an ISO date or time, in the county's own time. Raises BadDate."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadDate(f"“{text[:40]}”不是日期。") from None
    return (moment.astimezone(ZONE) if moment.tzinfo else moment).date()
