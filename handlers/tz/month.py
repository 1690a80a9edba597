"""月度督查通报 (TZ-18, TZ-19): what became of each case in a month, who is named and why, with the table beside it."""

from typing import Annotated, Any

from sqlalchemy import select

from assessment import Working, tz
from handlers import period_sections
from handlers.cases import unit_name
from handlers.context import CaseContext
from handlers.documents import workings_of
from handlers.periods import period_of
from handlers.registry import handler
from handlers.tz.papers import BULLETIN, issue, lines_of, reviewed
from handlers.tz.watch import watched
from handlers.tz.weights import rules_at
from handlers.tz.whistled import basics, hot
from models import Post, Unit, beneath, session


@handler("assessment.tz_parks", name="本期吹哨单位", result="parks：园区、镇（街道）代号")
def parks(case: CaseContext) -> dict[str, Any]:
    """本区有店小二岗位的园区、镇（街道），每月都要汇总考评表（TZ-18）。"""
    ours = Unit.code.in_(beneath(select(Unit.id, Unit.code).where(Unit.code == case.county())))
    rows = select(Unit.code).join(Post).where(Post.role == "butler", ours).order_by(Unit.id)
    return {"parks": list(session.scalars(rows))}


@handler("assessment.tz_month", name="月度督查通报", result="title：标题，named：点名单位，number：编号")
def month(case: CaseContext, draft: Annotated[bool, "只拟稿，不出通报"]) -> dict[str, Any]:
    """本流程开始的那个月：报到效率、办理进度、解决情况，存在问题、热点难点，点名及附表（TZ-19、TZ-A9）。"""
    start, end = period_of(case.case.created_at, "monthly")
    rows = tz.bulletin(watched(start, end, rules_at(end)))
    named = tz.named(rows)
    body = {
        "基本数据": f"{basics(start, end)}{period_sections.basics(rows)}",
        "前三与后三单位": period_sections.ends({unit_name(row.unit): row.on_time_rate.value for row in rows}, "%"),
        "存在问题": lines_of(period_sections.faults(rows)),
        "点名": "、".join(map(unit_name, named)) or "无",
        "点名原因": lines_of(f"{unit_name(row.unit)}：{'；'.join(row.named_for)}" for row in rows if row.named_for),
        "热点难点": hot(start, end),
        **reviewed(case, draft),
        "各部门办理情况": period_sections.table(rows) or "本月没有派单。",
        "_period": f"{start:%Y-%m}",
        "_named": named,
        "_workings": [workings_of(row.unit, unit_name(row.unit), *_trees(row)) for row in rows],
    }
    issued = issue(case, BULLETIN, period_sections.span(start, end), body, draft)
    return {**issued, "named": named}


def _trees(row: tz.Row) -> tuple[Working, ...]:
    return row.closing_rate, row.on_time_rate, row.dissatisfied_rate, *row.troubles.values()
