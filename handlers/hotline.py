"""The hotline of 萧县: repeated calls, hot spots, marks, and the four rates of each unit (XX-05, XX-18, XX-21)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import select

from assessment import Working, tz, xx
from errors import NotFound
from handlers import period_sections
from handlers.cases import unit_name
from handlers.context import CaseContext
from handlers.documents import add_document
from handlers.notices import notify_reporter
from handlers.parameters import parameters_at
from handlers.period_troubles import Limits, troubles
from handlers.periods import days_of, last_period
from handlers.registry import handler
from handlers.reports import REVISIT
from handlers.submissions import newest_of
from models import Case, Deadline, Document, Submission, session
from models.deadline import VOID

FLOW = "xx_hotline"
REGISTER = "F-XX-1.register"
HANDLING = ("handle", "redo")
CATEGORIES = {"consultation": "咨询", "help": "求助", "complaint": "投诉", "report": "举报", "suggestion": "意见建议"}
DISSATISFIED = ("不满意", "非常不满意")
#: A case and the handling limits that counted for its unit.
Kept = tuple[Case, Sequence[Deadline]]
SOLVED = {"yes": True, "partly": False, "no": False}


@handler("hotline.similar", name="查重、查热点", result="main：主单；main_no：主单编号；hot：同地同类件数")
def similar(
    case: CaseContext,
    phone: Annotated[str, "诉求人电话"],
    category: Annotated[str, "诉求类型"],
    subject: Annotated[str, "事项类别"],
    place: Annotated[str, "属地"],
    days: Annotated[int, "几日内算重复"],
    hours: Annotated[int, "几小时内算热点"],
) -> dict[str, Any]:
    """找同一诉求人同类的未办结主单（XX-05）；数同一属地同类诉求近几小时内有几件，含本件（XX-21）。"""
    found = list(_registered(case.now - max(timedelta(days=days), timedelta(hours=hours))))
    asked = {"reporter_phone": phone, "category": category, "subject": subject}
    since = case.now - timedelta(days=days)
    mains = [
        other
        for other, values, at in found
        if other.id != case.case.id
        and other.closed_at is None
        and at >= since
        and all(values.get(key) == wanted for key, wanted in asked.items())
    ]
    here = [
        at
        for other, values, at in found
        if values.get("place_org") == place and values.get("subject") == subject and other.id != case.case.id
    ]
    hot = 1 + sum(at >= case.now - timedelta(hours=hours) for at in here)
    if not mains:
        return {"main": 0, "main_no": "", "hot": hot}
    return {"main": mains[0].id, "main_no": mains[0].case_no, "hot": hot}


@handler("hotline.merge", name="并入主单")
def merge(case: CaseContext, main: Annotated[int, "主单"], text: Annotated[str, "告知诉求人的话"]) -> dict[str, Any]:
    """重复诉求并入主单：主单上添一份并单登记表，本件归档，告知诉求人（XX-05）。"""
    other = session.get(Case, main)
    if other is None:
        raise NotFound("没有找到要并入的主单。")
    on_main = CaseContext(other, case.instance, case.now, case.by, case.deadlines, case.scheme)
    number = add_document(on_main, "并单登记表", "主单", {"并入": case.case.case_no, "标题": case.case.title})
    case.case.result, case.case.closed_at = "merged", case.now
    case.note("merge", f"并入{other.case_no}（{number}）")
    notify_reporter(case, text)
    return {}


@handler("hotline.mark", name="作标记", result="number：编号")
def mark(case: CaseContext, kind: Annotated[str, "标记"], text: Annotated[str, "说明"]) -> dict[str, Any]:
    """记一条标记：不当退单（XX-19）、适用容错（XX-17）、挂账（XX-15）。只作记录，由有权机关认定。"""
    number = add_document(case, f"{kind}登记表", "县数据资源局（政务服务局）", {"说明": text})
    case.note("mark", f"{kind}：{text}")
    return {"number": number}


@handler(
    "hotline.rates",
    name="分单位四项指标",
    result="period、span：期间；number：编号；basics、ends、faults、hot：通报的栏目；table、four：附表",
)
def rates(case: CaseContext, cycle: Annotated[str, "统计周期"]) -> dict[str, Any]:
    """上一周期各单位的按时反馈率、按时办结率、问题解决率、评价满意率及综合得分，附分子分母；分地域分类别件数（XX-18、XX-21）。"""
    start, end = last_period(case.now, cycle)
    period = days_of(start, end)
    in_force = xx.Rules.from_parameters(parameters_at("xx.", end))
    span = period_sections.span(start, end)
    body: dict[str, Any] = {"标题": f"{span}“宿事速办”统计通报表", "期间": period}
    received = [values for _, values, at in _registered(start) if at < end]
    body["受理"] = len(received)
    body["分类别"] = period_sections.tally(CATEGORIES.get(values["category"], "其他") for values in received)
    body["分地域"] = period_sections.tally(unit_name(values["place_org"]) for values in received)
    cases = _by_unit(start, end)
    scores: dict[str, Decimal | None] = {}
    four: list[str] = []
    for unit, kept in cases.items():
        answered = [_answered(each, limits) for each, limits in kept]
        found = xx.four_rates(answered, in_force)
        for name, rate in found.items():
            body[f"{unit_name(unit)} {name}"] = _shown(rate)
        whole = xx.total(found, in_force)
        body[f"{unit_name(unit)} 综合得分"] = "—" if whole.value is None else f"{whole.value}"
        scores[unit_name(unit)] = whole.value
        four.append("｜".join([unit_name(unit), *(body[f"{unit_name(unit)} {name}"] for name in (*found, "综合得分"))]))
    body["不当退单"] = _papers("不当退单登记表", start, end)
    body["直接答复"] = sum(1 for each in _archived(start, end) if each.lead_org is None)
    number = add_document(case, "统计通报表", "各乡镇、县直各部门", body)
    case.case.title = f"{span}统计通报"
    case.note("report", f"{number}：{period}")
    rows = tz.bulletin(_watched(cases, start, end))
    faults = [*period_sections.faults(rows), *([f"不当退单{body['不当退单']}件。"] if body["不当退单"] else [])]
    return {
        "period": period,
        "number": number,
        "span": span,
        "basics": f"受理{body['受理']}件，直接答复{body['直接答复']}件，{period_sections.basics(rows)}",
        "ends": period_sections.ends(scores, "分"),
        "faults": "\n".join(faults) or "无。",
        "hot": f"分类别：{body['分类别']}。\n分地域：{body['分地域']}。",
        "table": period_sections.table(rows),
        "four": "\n".join(four),
    }


def _registered(since: datetime) -> Iterable[tuple[Case, dict[str, Any], datetime]]:
    """Cases registered since then, each with what its first form says, the oldest first."""
    rows = (
        select(Case, Submission.values, Submission.at)
        .join(Submission, Submission.case_id == Case.id)
        .where(Case.flow == FLOW, Submission.form == REGISTER, Submission.at >= since)
    )
    return session.execute(rows.order_by(Case.id))


def _archived(start: datetime, end: datetime) -> Sequence[Case]:
    closed = (Case.flow == FLOW) & (Case.result == "archived") & (Case.closed_at >= start) & (Case.closed_at < end)
    return session.scalars(select(Case).where(closed).order_by(Case.id)).all()


def _by_unit(start: datetime, end: datetime) -> dict[str, list[Kept]]:
    """What each lead unit answers for: cases closed in the period, and those that ran out in it and are still open."""
    still_open = (Case.flow == FLOW) & Case.closed_at.is_(None) & Case.lead_org.is_not(None)
    cases = [*_archived(start, end), *session.scalars(select(Case).where(still_open).order_by(Case.id))]
    found: dict[str, list[Kept]] = {}
    for case in cases:
        limits = _limits(case)
        ran_out = any(limit.key == "handle" and start <= limit.due_at < end for limit in limits)
        if case.lead_org and (case.closed_at or ran_out):
            found.setdefault(case.lead_org, []).append((case, limits))
    return found


def _watched(cases: Mapping[str, Sequence[Kept]], start: datetime, end: datetime) -> Iterable[tz.Watched]:
    """The same cases as the table of a bulletin counts them."""
    reading = Limits.at(end)
    for unit, kept in cases.items():
        for case, limits in kept:
            yield tz.Watched(
                case=case.case_no or "",
                unit=unit,
                closed=case.closed_at is not None and case.closed_at < end,
                overdue=any(each.on_time is False or (each.closed_at is None and each.due_at < end) for each in limits),
                dissatisfied=case.satisfaction in DISSATISFIED,
                troubles=troubles(case.id, start, end, reading),
            )


def _limits(case: Case) -> Sequence[Deadline]:
    """The handling limits that counted for the unit that has the case."""
    mine = (Deadline.case_id == case.id) & Deadline.key.in_(HANDLING) & (Deadline.state != VOID)
    return session.scalars(select(Deadline).where(mine).order_by(Deadline.id)).all()


def _answered(case: Case, limits: Sequence[Deadline]) -> xx.Answered:
    """反馈 is the first answer; 办结 takes every handling with it, repeated ones too. Late and open: not in time."""
    in_time = [limit.on_time is True for limit in limits]
    asked, heard = newest_of(case, REGISTER), newest_of(case, REVISIT)
    reached = heard.get("reached") == "yes"
    return xx.Answered(
        case.case_no or "",
        fed_back_in_time=in_time[0] if in_time else None,
        closed_in_time=all(in_time) if in_time else None,
        solved=SOLVED.get(heard.get("solved", "")) if reached else None,
        satisfaction=case.satisfaction if reached else None,
        consultation=asked.get("category") == "consultation",
        excluded=case.excluded or "",
    )


def _papers(kind: str, start: datetime, end: datetime) -> int:
    within = (Document.kind == kind) & (Document.raised_at >= start) & (Document.raised_at < end)
    return len(session.scalars(select(Document.id).where(within)).all())


def _shown(rate: Working) -> str:
    """114/120=95.00%, or the dash of a rate that has no denominator."""
    top, bottom = (part.value for part in rate.parts[:2])
    return f"{top}/{bottom}={rate.value}%" if rate.value is not None else "—"
