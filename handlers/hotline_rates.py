"""The hotline of 萧县, a period's statistics: the four rates of each unit and what is said of them (XX-18, XX-21)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import select

from assessment import Working, tz, xx
from handlers import period_sections
from handlers.cases import unit_name
from handlers.context import CaseContext
from handlers.documents import add_document
from handlers.hotline import FLOW, REGISTER, registered
from handlers.hotline_faults import faults, improper_returns
from handlers.parameters import parameters_at
from handlers.period_troubles import Limits, due_then, troubles
from handlers.periods import days_of, last_period
from handlers.registry import handler
from handlers.reports import REVISIT
from handlers.submissions import newest_of
from models import Case, Deadline, Submission, session
from models.deadline import VOID

HANDLING = ("handle", "redo")
CATEGORIES = {"consultation": "咨询", "help": "求助", "complaint": "投诉", "report": "举报", "suggestion": "意见建议"}
DISSATISFIED = ("不满意", "非常不满意")
SOLVED = {"yes": True, "partly": False, "no": False}
TOTAL = "综合得分"
REPLY = "F-XX-1.reply"
DUTY = "xx_leader_duty"
#: How a case ended that was never 受理 here.
ELSEWHERE = {"rejected": "不予受理", "transferred_out": "转出", "merged": "并入主单"}


@dataclass(frozen=True)
class Kept:
    """A case that counts in a period, the handling limits that counted for its unit, and whether an earlier period has
    counted it as run out: then its answer and its rating alone count here.
    """

    case: Case
    limits: Sequence[Deadline]
    was_late: bool


@handler(
    "hotline.rates",
    name="分单位四项指标",
    result="period、span：期间；number：编号；basics、ends、faults、hot：通报的栏目；table、four：附表",
)
def rates(case: CaseContext, cycle: Annotated[str, "统计周期"]) -> dict[str, Any]:
    """上一周期各单位的按时反馈率、按时办结率、问题解决率、评价满意率及综合得分，附分子分母；分地域分类别件数（XX-18、XX-21）。"""
    start, end = last_period(case.now, cycle)
    period, span, cases = days_of(start, end), period_sections.span(start, end), _by_unit(start, end)
    figures = _figures(cases, xx.Rules.from_parameters(parameters_at("xx.", end)))
    words = {unit: {name: _shown(name, each) for name, each in found.items()} for unit, found in figures.items()}
    body = {
        "标题": f"{span}“宿事速办”统计通报表",
        "期间": period,
        **_received(start, end),
        **{f"{unit} {name}": text for unit, told in words.items() for name, text in told.items()},
        "不当退单": improper_returns(start, end),
        "直接答复": _answered_at_once(start, end),
        "轮值接听": _sessions(start, end),
    }
    number = add_document(case, "统计通报表", "各乡镇、县直各部门", body)
    case.case.title = f"{span}统计通报"
    case.note("report", f"{number}：{period}")
    watched = list(_watched(cases, start, end))
    rows = tz.bulletin(watched)
    return {
        "period": period,
        "number": number,
        "span": span,
        "basics": f"登记{body['登记']}件，{_taken(body)}，直接答复{body['直接答复']}件，{period_sections.basics(rows)}",
        "ends": period_sections.ends({unit: found[TOTAL].value for unit, found in figures.items()}, "分"),
        "faults": "\n".join(faults(rows, start, end)) or "无。",
        "hot": f"分类别：{body['分类别']}。\n分地域：{body['分地域']}。",
        "table": period_sections.table(rows),
        "four": "\n".join("｜".join([unit, *told.values()]) for unit, told in words.items()),
    }


def _received(start: datetime, end: datetime) -> dict[str, Any]:
    """What came in, and how much of it is 受理: neither refused, passed on nor merged (XX-04)."""
    received = [(case.result, values) for case, values, at in registered(start) if at < end]
    results = Counter(result for result, _ in received)
    elsewhere = {word: results[result] for result, word in ELSEWHERE.items()}
    return {
        "登记": len(received),
        "受理": len(received) - sum(elsewhere.values()),
        **elsewhere,
        "分类别": period_sections.tally(CATEGORIES.get(values["category"], "其他") for _, values in received),
        "分地域": period_sections.tally(unit_name(values["place_org"]) for _, values in received),
    }


def _taken(body: Mapping[str, Any]) -> str:
    """受理3件（另不予受理1件、并入主单2件）."""
    beside = "、".join(f"{word}{body[word]}件" for word in ELSEWHERE.values() if body[word])
    return f"受理{body['受理']}件" + (f"（另{beside}）" if beside else "")


def _answered_at_once(start: datetime, end: datetime) -> int:
    """Answered by the agent in [start, end), whenever the caller rates it: N09 (XX-05)."""
    rows = select(Submission.values).join(Case, Case.id == Submission.case_id)
    mine = (Case.flow == FLOW) & (Submission.form == REPLY) & (Submission.at >= start) & (Submission.at < end)
    return sum(values["reply_solved"] != "no" for values in session.scalars(rows.where(mine)))


def _sessions(start: datetime, end: datetime) -> str:
    """How often a county leader was to sit by the phone, and of how many nothing was recorded (XX-03)."""
    held = (Case.flow == DUTY) & (Case.created_at >= start) & (Case.created_at < end) & Case.result.is_not(None)
    results = session.scalars(select(Case.result).where(held)).all()
    return f"{len(results)}次，未登记{results.count('missed')}次"


def _figures(cases: Mapping[str, Sequence[Kept]], rules: xx.Rules) -> dict[str, dict[str, Working]]:
    """Of each unit, by name, its four rates and what they come to."""
    found = {}
    for unit, kept in cases.items():
        four = xx.four_rates(map(_answered, kept), rules)
        found[unit_name(unit)] = {**four, TOTAL: xx.total(four, rules)}
    return found


def _by_unit(start: datetime, end: datetime) -> dict[str, list[Kept]]:
    """What each lead unit answers for: cases 办结 in [start, end), and those that ran out in it and were still open. So
    each is 办结 in one period and late in one, whenever it is filed (C-10).
    """
    open_then = Case.closed_at.is_(None) | (Case.closed_at >= start)
    mine = (Case.flow == FLOW) & Case.lead_org.is_not(None) & (Case.created_at < end) & open_then
    here = Case.result.is_(None) | (Case.result == "archived")
    found: dict[str, list[Kept]] = {}
    for case in session.scalars(select(Case).where(mine, here).order_by(Case.id)):
        limits, closed = _limits(case), case.closed_at is not None and case.closed_at < end
        if case.lead_org and (closed or _ran_out(limits, end, since=start)):
            found.setdefault(case.lead_org, []).append(Kept(case, limits, _ran_out(limits, start)))
    return found


def _ran_out(limits: Iterable[Deadline], moment: datetime, since: datetime | None = None) -> bool:
    """Whether the unit had not answered in time by then, as its limit stood at that moment; `since`: from then on."""
    handle = [(limit, due_then(limit, moment)) for limit in limits if limit.key == "handle"]
    late = [due for limit, due in handle if due < moment and not (limit.closed_at and limit.closed_at <= due)]
    return any(since is None or due >= since for due in late)


def _watched(cases: Mapping[str, Sequence[Kept]], start: datetime, end: datetime) -> Iterable[tz.Watched]:
    """The same cases as the table of a bulletin counts them."""
    reading = Limits.at(end)
    for unit, kept in cases.items():
        for case, limits in ((each.case, each.limits) for each in kept):
            yield tz.Watched(
                case=case.case_no or "",
                unit=unit,
                closed=case.closed_at is not None and case.closed_at < end,
                overdue=any(each.on_time is False or (each.closed_at is None and each.due_at < end) for each in limits),
                rated=case.satisfaction in xx.LEVELS,
                dissatisfied=case.satisfaction in DISSATISFIED,
                troubles=troubles(case.id, start, end, reading),
            )


def _limits(case: Case) -> Sequence[Deadline]:
    """The handling limits that counted for the unit that has the case."""
    mine = (Deadline.case_id == case.id) & Deadline.key.in_(HANDLING) & (Deadline.state != VOID)
    return session.scalars(select(Deadline).where(mine).order_by(Deadline.id)).all()


def _answered(kept: Kept) -> xx.Answered:
    """反馈 is the first answer; 办结 takes every handling with it, repeated ones too. Late and open: not in time."""
    case, in_time = kept.case, [limit.on_time is True for limit in kept.limits if not kept.was_late]
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


def _shown(name: str, working: Working) -> str:
    """114/120=95.00%, the total alone, or the dash of what has no denominator."""
    if working.value is None:
        return "—"
    if name == TOTAL:
        return f"{working.value}"
    top, bottom = (part.value for part in working.parts[:2])
    return f"{top}/{bottom}={working.value}%"
