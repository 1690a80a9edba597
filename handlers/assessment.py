"""泰州's 次评价、月通报、季测评、年考核 (TZ-14…33): what the cases and votes say, worked out by `assessment/`.

Each paper keeps its working, and under keys that begin with "_" what later papers read.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import select

from assessment import Working, tz
from config import ZONE
from errors import NotFound
from handlers.cases import unit_name
from handlers.context import CaseContext
from handlers.documents import add_document
from handlers.registry import handler
from models import Case, CaseUnit, Deadline, Document, ParameterValue, Post, Submission, Unit, session
from models.deadline import VOID

EVALUATION, BULLETIN, QUARTER, YEAR = "一哨一评表", "督查通报", "季度考评", "年度考核"
SCHEME = "TZ"
DEPTH = 6  # levels of working that a paper keeps


@handler("case.initiator", name="吹哨单位", result="unit：单位代号，name：单位名称")
def initiator(case: CaseContext) -> dict[str, Any]:
    """登记这个事项的单位，即吹哨的园区、镇（街道）（TZ-02）。"""
    mine = (CaseUnit.case_id == case.case.id) & (CaseUnit.role == "registrar")
    unit = session.scalar(select(CaseUnit.unit).where(mine))
    if unit is None:
        raise NotFound("没有登记单位。")
    return {"unit": unit, "name": unit_name(unit)}


@handler("assessment.tz_rate", name="一哨一评计分", result="score：单件得分")
def rate(
    case: CaseContext,
    unit: Annotated[str, "被评单位"],
    rater: Annotated[str, "吹哨园区、镇（街道）"],
    park: Annotated[object, "园区评分"],
    lead: Annotated[object, "牵头部门评分，牵头部门自己没有"] = None,
) -> dict[str, Any]:
    """单件得分：牵头部门取园区评分，协办部门按 70%、30% 合成（TZ-16、TZ-17），出一哨一评表。"""
    rated = tz.Rated(case.case.case_no or "", str(park), None if lead is None else str(lead))
    score = tz.case_score(rated, rules(case.case.parameter_revision))
    body = {
        "被评单位": unit_name(unit),
        "评价单位": unit_name(rater),
        "单件得分": f"{score.required}",
        "算法": "\n".join(score.lines()),
        "_unit": unit,
        "_rater": rater,
        "_park": str(park),
        "_lead": None if lead is None else str(lead),
    }
    number = add_document(case, EVALUATION, unit_name(unit), body)
    case.note("evaluate", f"{number}：{unit_name(unit)} {score.required}分")
    return {"score": float(score.required)}


@handler("assessment.exclude", name="不列入考核")
def exclude(
    case: CaseContext, reason: Annotated[str, "客观原因"], approval: Annotated[str, "批示文号或日期"]
) -> dict[str, Any]:
    """登记经区党政主要负责人同意不列入考核（TZ-13、TZ-25）。没有批示的不能登记。"""
    if not approval.strip():
        raise NotFound("没有批示，不能不列入考核。")
    case.case.excluded = f"{approval}：{reason}"
    case.note("exclude", f"不列入考核（{approval}）：{reason}")
    return {}


@handler("assessment.tz_parks", name="本期吹哨单位", result="parks：园区、镇（街道）代号")
def parks(case: CaseContext) -> dict[str, Any]:
    """有店小二岗位的园区、镇（街道），每月都要汇总考评表（TZ-18）。"""
    rows = select(Unit.code).join(Post).where(Post.role == "butler").order_by(Unit.id)
    return {"parks": list(session.scalars(rows))}


@handler("assessment.tz_month", name="月度督查通报", result="period：期间，named：点名单位，number：编号")
def month(case: CaseContext, draft: Annotated[bool, "只拟稿，不出通报"]) -> dict[str, Any]:
    """本流程开始的那个月：报到效率、办理进度、解决情况，点名及附表（TZ-19、TZ-A9）。"""
    start = _month_of(case.case.created_at)
    end = _months_after(start, 1)
    period = f"{start:%Y-%m}"
    rows = tz.bulletin(_watched(start, end, rules(None)))
    named = tz.named(rows)
    body = {
        "期间": period,
        "点名": "、".join(map(unit_name, named)) or "无",
        "点名原因": "\n".join(_faults(row) for row in rows if row.named_for) or "无",
        "附表": "\n".join(_line(row) for row in rows) or "本月没有派单。",
        "_period": period,
        "_named": named,
    }
    title = f"{period} {BULLETIN}"
    number = add_document(case, f"{BULLETIN}拟稿" if draft else BULLETIN, "园区、各部门", body)
    _entitle(case, title, f"{number}：点名{body['点名']}")
    return {"period": period, "named": named, "number": number, "title": title}


@handler("assessment.tz_quarter", name="季度考评", result="period：季度，snails：蜗牛奖提示，odd：评分异常提示")
def quarter(
    case: CaseContext,
    units: Annotated[list, "考核单位代号（D-15）"],
    names: Annotated[list, "考核单位名称（D-15）"],
    classes: Annotated[list, "考核单位类别（D-15）"],
    draft: Annotated[bool, "只拟稿，不公布"],
) -> dict[str, Any]:
    """本流程开始的那个季度：一哨一评平均分70%、企业满意度30%，按 A、B、C 类排名（TZ-14、TZ-20、TZ-21、TZ-24）。"""
    start = _quarter_of(case.case.created_at)
    end = _months_after(start, 3)
    period, called = _quarter_name(start), dict(zip(units, names, strict=True))
    papers = list(_evaluations(start, end))
    rated = _rated(papers)
    votes = _votes(case.case.id)
    members = [
        tz.UnitQuarter(unit, cls, rated.get(unit, ()), votes.get(unit, ()))
        for unit, cls in zip(units, classes, strict=True)
    ]
    standings = tz.quarter(members, rules(None))
    hints = tz.snail({**_past_quarters(), period: standings}, _bulletins(), rules(None))
    odd = tz.suspicious(_marks(papers), rules(None))
    body = {
        "期间": period,
        "排名": _table(standings, called),
        "企业满意度": "\n".join(_cast(called.get(unit, unit), cast) for unit, cast in votes.items()) or "无票",
        "蜗牛奖提示": "\n".join(_said(hint.text, called) for hint in hints) or "无",
        "评分异常提示": "\n".join(_said(text, {rater: unit_name(rater)}) for rater, text in odd.items()) or "无",
        "_period": period,
        "_standings": [_kept(each) for each in standings],
    }
    title = f"{period} {QUARTER}"
    number = add_document(case, f"{QUARTER}拟稿" if draft else QUARTER, "园区、各部门", body)
    _entitle(case, title, f"{number}：{period}")
    snails = [{"unit": hint.unit, "clause": hint.clause, "text": _said(hint.text, called)} for hint in hints]
    return {"period": period, "snails": snails, "odd": body["评分异常提示"], "number": number, "title": title}


@handler("assessment.tz_year", name="年度考核", result="period：年度，hints：结果运用提示，number：编号")
def year(
    case: CaseContext,
    units: Annotated[list, "考核单位代号（D-15）"],
    names: Annotated[list, "考核单位名称（D-15）"],
    classes: Annotated[list, "考核单位类别（D-15）"],
    draft: Annotated[bool, "只拟稿，不公布"],
) -> dict[str, Any]:
    """本流程开始的上一年：季度平均、办件量上浮、三次通报降位、年度排名和结果运用提示（TZ-22、TZ-23、TZ-27…29）。"""
    number_of_year = case.case.created_at.astimezone(ZONE).year - 1
    called = dict(zip(units, names, strict=True))
    quarters = [_kept_quarter(f"{number_of_year}Q{n}") for n in range(1, 5)]
    bulletins = tz.named_in_year(_bulletins(), number_of_year)
    members = [
        tz.UnitYear(
            unit,
            cls,
            [kept.get(unit, {}).get("score") for kept in quarters],
            sum(kept.get(unit, {}).get("volume", 0) for kept in quarters),
            bulletins.get(unit, ()),
        )
        for unit, cls in zip(units, classes, strict=True)
    ]
    standings = tz.year(members, rules(None))
    years = {**_past_years(), number_of_year: standings}
    hints = [*tz.bottom(standings, rules(None)), *tz.last_of_a(years, rules(None))]
    body = {
        "期间": f"{number_of_year}年",
        "排名": _table(standings, called),
        "结果运用提示": "\n".join(f"{hint.clause} {_said(hint.text, called)}" for hint in hints) or "无",
        "_period": str(number_of_year),
        "_standings": [_kept(each) for each in standings],
    }
    title = f"{number_of_year}年{YEAR}"
    number = add_document(case, f"{YEAR}拟稿" if draft else YEAR, "园区、各部门", body)
    _entitle(case, title, f"{number}：{number_of_year}年")
    said = [
        {"unit": hint.unit, "clause": hint.clause, "text": _said(hint.text, called), "decides": hint.decides}
        for hint in hints
    ]
    return {"period": str(number_of_year), "hints": said, "number": number, "title": title}


def rules(revision: int | None) -> tz.Rules:
    """The parameters tz.* as of a revision; None: as they stand at the end of the period (C-11)."""
    rows = select(ParameterValue.key, ParameterValue.value).where(ParameterValue.key.startswith("tz."))
    if revision is not None:
        rows = rows.where(ParameterValue.id <= revision)
    return tz.Rules.from_parameters(dict(session.execute(rows.order_by(ParameterValue.id)).all()))


def _entitle(case: CaseContext, title: str, note: str) -> None:
    case.case.title = title
    case.note("report", note)


def _evaluations(start: datetime, end: datetime) -> Iterator[tuple[Case, dict[str, Any]]]:
    """一哨一评表 of a period, each with its case: 计入季度按评价完成日 (TZ-A7). Of one case and unit the newest."""
    rows = (
        select(Document, Case)
        .join(Case, Case.id == Document.case_id)
        .where(Document.kind == EVALUATION, Document.raised_at >= start, Document.raised_at < end)
    )
    newest: dict[tuple[int, str], tuple[Case, dict[str, Any]]] = {}
    for paper, its_case in session.execute(rows.order_by(Document.id)):
        newest[its_case.id, paper.body["_unit"]] = (its_case, paper.body)
    yield from newest.values()


def _rated(papers: Sequence[tuple[Case, dict[str, Any]]]) -> dict[str, list[tz.Rated]]:
    found: dict[str, list[tz.Rated]] = {}
    for case, body in papers:
        each = tz.Rated(case.case_no or "", body["_park"], body["_lead"], case.excluded or "")
        found.setdefault(body["_unit"], []).append(each)
    return found


def _marks(papers: Sequence[tuple[Case, dict[str, Any]]]) -> dict[str, list[str]]:
    """Each park's marks, to see whether they look given without looking (TZ-33)."""
    found: dict[str, list[str]] = {}
    for _, body in papers:
        found.setdefault(body["_rater"], []).append(body["_park"])
    return found


def _votes(case_id: int) -> dict[str, list[int]]:
    """Votes by unit from the newest survey sheet of this quarter's case (TZ-21)."""
    mine = (Submission.case_id == case_id) & (Submission.element == "N21_survey")
    values = session.scalar(select(Submission.values).where(mine).order_by(Submission.id.desc()).limit(1)) or {}
    return {
        row["unit"]: [row[level] or 0 for level in ("satisfied", "rather", "basically", "dissatisfied")]
        for row in values.get("votes") or []
    }


def _watched(start: datetime, end: datetime, in_force: tz.Rules) -> Iterator[tz.Watched]:
    """What became of each case of the month: dispatched before its end and not closed before its beginning."""
    open_then = (Case.closed_at.is_(None)) | (Case.closed_at >= start)
    rows = select(Case).where(
        Case.flow == "tz_whistle", Case.lead_org.is_not(None), Case.created_at < end, open_then, Case.excluded.is_(None)
    )
    low = _dissatisfied_below()
    for case in session.scalars(rows.order_by(Case.id)):
        deadlines = session.scalars(select(Deadline).where(Deadline.case_id == case.id)).all()
        late = {key for each in deadlines for key in [each.key] if _late(each, start, end)}
        marks = {body["_unit"]: Decimal(body["_park"]) for its, body in _evaluations(start, end) if its.id == case.id}
        absent = _absent(case.id, start, end)
        shares = session.execute(select(CaseUnit.unit, CaseUnit.role).where(CaseUnit.case_id == case.id)).all()
        handled = any(each.key == "handle" and each.closed_at and each.closed_at < end for each in deadlines)
        for unit in (unit for unit, role in shares if role in ("lead", "co")):
            leads = unit == case.lead_org
            yield tz.Watched(
                case=case.case_no or "",
                unit=unit,
                closed=handled,
                overdue=leads and "handle" in late,
                late_response=leads and bool(late & {"respond", "joint"}),
                absent=unit in absent,
                dissatisfied=marks.get(unit, Decimal(100)) < low,
            )


def _late(deadline: Deadline, start: datetime, end: datetime) -> bool:
    """Past its moment within the month: it passed then, or had passed and was still open."""
    over = deadline.closed_at
    if deadline.due_at >= end or (deadline.state == VOID):
        return False
    return over is None or over > max(deadline.due_at, start)


def _absent(case_id: int, start: datetime, end: datetime) -> set[str]:
    mine = (Submission.case_id == case_id) & (Submission.element == "N06_meeting")
    rows = select(Submission.values).where(mine, Submission.at >= start, Submission.at < end)
    return {unit for values in session.scalars(rows) for unit in values.get("absent_orgs") or []}


def _dissatisfied_below() -> Decimal:
    rows = select(ParameterValue.value).where(ParameterValue.key == "tz.dissatisfied_below")
    return Decimal(str(session.scalar(rows.order_by(ParameterValue.id.desc()).limit(1)) or 0))


def _line(row: tz.Row) -> str:
    """单位｜派遣总数｜按时办结｜超时办结｜未办结｜结案率｜按时结案率｜不满意数｜不满意率 (SPEC §6)."""
    rates = [_percent(each) for each in (row.closing_rate, row.on_time_rate)]
    counts = (row.total, row.on_time, row.late, row.open)
    unhappy = (str(row.dissatisfied), _percent(row.dissatisfied_rate))
    return "｜".join([unit_name(row.unit), *map(str, counts), *rates, *unhappy])


def _faults(row: tz.Row) -> str:
    return f"{unit_name(row.unit)}：{'；'.join(row.named_for)}"


def _cast(unit: str, votes: Sequence[int]) -> str:
    return f"{unit}：{'、'.join(map(str, votes))}"


def _percent(rate: Working) -> str:
    return "—" if rate.value is None else f"{rate.value}%"


def _papers(kind: str) -> dict[str, dict[str, Any]]:
    """The newest paper of each period."""
    rows = session.scalars(select(Document.body).where(Document.kind == kind).order_by(Document.id))
    return {body["_period"]: body for body in rows}


def _bulletins() -> dict[str, list[str]]:
    return {period: body["_named"] for period, body in _papers(BULLETIN).items()}


def _past_quarters() -> dict[str, list[tz.Standing]]:
    return {period: [_standing(row) for row in body["_standings"]] for period, body in _papers(QUARTER).items()}


def _past_years() -> dict[int, list[tz.Standing]]:
    return {int(period): [_standing(row) for row in body["_standings"]] for period, body in _papers(YEAR).items()}


def _kept_quarter(period: str) -> Mapping[str, dict[str, Any]]:
    body = _papers(QUARTER).get(period)
    return {row["unit"]: row for row in body["_standings"]} if body else {}


def _kept(standing: tz.Standing) -> dict[str, Any]:
    score = standing.score.value
    return {
        "unit": standing.unit,
        "class": standing.unit_class,
        "volume": standing.volume,
        "rank": standing.rank,
        "score": None if score is None else str(score),
        "working": standing.score.as_value(DEPTH),
    }


def _standing(row: Mapping[str, Any]) -> tz.Standing:
    score = Working("得分", "", None if row["score"] is None else Decimal(row["score"]))
    place = None if row["rank"] is None else Working("同类名次", "", Decimal(row["rank"]), unit="名")
    return tz.Standing(row["unit"], row["class"], row["volume"], score, place)


def _table(standings: Sequence[tz.Standing], called: Mapping[str, str]) -> str:
    """类｜名次｜单位｜办件量｜得分."""
    return "\n".join(
        f"{each.unit_class}｜{each.rank or '—'}｜{called.get(each.unit, each.unit)}｜{each.volume}"
        f"｜{'—' if each.score.value is None else each.score.value}"
        for each in standings
    )


def _said(text: str, called: Mapping[str, str]) -> str:
    """A hint's sentence with the unit's name for its code."""
    for code, name in called.items():
        text = text.replace(code, name) if text.startswith(code) else text
    return text


def _month_of(moment: datetime) -> datetime:
    local = moment.astimezone(ZONE)
    return datetime(local.year, local.month, 1, tzinfo=ZONE)


def _quarter_of(moment: datetime) -> datetime:
    local = moment.astimezone(ZONE)
    return datetime(local.year, (local.month - 1) // 3 * 3 + 1, 1, tzinfo=ZONE)


def _months_after(start: datetime, months: int) -> datetime:
    years, month = divmod(start.month - 1 + months, 12)
    return datetime(start.year + years, month + 1, 1, tzinfo=ZONE)


def _quarter_name(start: datetime) -> str:
    return f"{start.year}Q{(start.month + 2) // 3}"
