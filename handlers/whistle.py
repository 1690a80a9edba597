"""吹哨报到 of 宜良: the notice, the task list, the filing, the marks of a whistle."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated, Any

from sqlalchemy import select

from assessment import Working, yl
from config import ZONE
from handlers.cases import take_part, unit_name
from handlers.context import CaseContext
from handlers.documents import add_document, workings_of
from handlers.notices import tell, tell_unit
from handlers.registry import handler
from handlers.submissions import newest_of
from handlers.whistle_year import SCORES, so_far_this_year
from models import Document, session
from models.succession import serving, serving_posts

REGISTER, INVITE, INVITATION = "F-YL-2.register", "F-YL-2.invite", "邀请函"


@handler("whistle.notice", name="出吹哨报到通知", result="title：标题，opens_at：几时起可以签到，late_at：几时起算迟到")
def give_notice(
    case: CaseContext,
    participants: Annotated[list, "报到单位、职责、处置标准"],
    initiator: Annotated[str, "吹哨单位"],
    report_time: Annotated[str, "报到时间"],
    place: Annotated[str, "报到地点"],
    guests: Annotated[str, "企业群众"],
    grace: Annotated[int, "几分钟内到场不算迟到"],
    early: Annotated[int, "报到时间以前几分钟起可以签到"] = 60,
    leaders: Annotated[list, "需参与的县级领导，一位一行，写职务"] = (),  # type: ignore[assignment]
    leader_post: Annotated[str, "县级领导的岗位"] = "",
) -> dict[str, Any]:
    """出《关于组织开展XX年XX号哨件吹哨报到工作的通知》（F-YL-3），发给各报到单位，抄送吹哨单位（YL-11）。

    县政府办审签了邀请函的，先出邀请函送市级部门，落款县政府办（YL-10）。
    """
    _invite(case)
    moment = datetime.fromisoformat(report_time).astimezone(ZONE)
    when = f"{moment:%Y-%m-%d %H:%M}"
    title = f"关于组织开展{whistle_name(case)}吹哨报到工作的通知"
    units = _units(participants)
    for unit in [initiator, *units]:
        take_part(case, unit, "lead" if unit == initiator else "co")
    body = {
        "标题": title,
        "报到时间": when,
        "报到地点": place,
        "到场人员": "能当场表态的负责人或书面授权人员",
        "职责": "\n".join(f"{unit_name(row['unit'])}：{row['duty']}（{row['standard']}）" for row in participants),
        "需准备材料": "与本单位职责有关的政策依据、审批资料和处置意见",
        "邀请": guests,
        "联系人": newest_of(case.case, REGISTER).get("filler") or unit_name(initiator),
        "抄送": unit_name(initiator),
    }
    named = "、".join([*map(unit_name, units), *(row["duty"] for row in leaders)])
    number = add_document(case, "吹哨报到通知", named, body, moment)
    words = f"{number}：{title}，请于{when}到{place}报到"
    _tell(case, [*units, initiator], words)
    if leaders:
        tell(case, [serving_posts([leader_post]).get(leader_post, leader_post)], words)
    case.note("notice", f"{number}：{when}，{place}")
    opens_at, late_at = moment - timedelta(minutes=early), moment + timedelta(minutes=grace)
    return {"title": title, "opens_at": _iso(opens_at), "late_at": _iso(late_at)}


@handler("whistle.task_list", name="下达任务清单", result="tasks：编了号的任务行，responsible：要评价的责任单位")
def give_tasks(
    case: CaseContext,
    rows: Annotated[list, "任务行：责任单位、任务、责任人、完成时限"],
    initiator: Annotated[str, "吹哨单位"],
    responsible: Annotated[list, "已有的责任单位，一家一行"] = (),  # type: ignore[assignment]
) -> dict[str, Any]:
    """把方案的任务清单编号，下达各责任单位（YL-17）；涉及部门以外的单位有了任务，也是要评价的责任单位（YL-15）。"""
    tasks = [{**row, "no": number} for number, row in enumerate(rows, 1)]
    body = {f"任务{row['no']}": _task_line(case, row) for row in tasks}
    number = add_document(case, "任务清单", "、".join(map(unit_name, _units(rows))), body)
    for unit in _units(rows):
        take_part(case, unit, "co")
    _tell(case, _units(rows), f"{number}：请按时完成任务，事不完、人不撤")
    case.note("tasks", f"{number}，{len(tasks)}项任务，{unit_name(initiator)}统一指挥")
    return {"tasks": tasks, "responsible": [*responsible, *_added(rows, responsible, initiator)]}


@handler("whistle.file", name="报送备案", result="number：备案号")
def file_with(
    case: CaseContext,
    to: Annotated[object, "报送单位：一个，或几个的列表"],
    kind: Annotated[str, "文书"],
    text: Annotated[str, "内容"],
    units: Annotated[list, "责任单位，一家一行"] = (),  # type: ignore[assignment]
    opinion: Annotated[str, "核查意见"] = "",
) -> dict[str, Any]:
    """出一份备案或报送的文书，主送各报送单位，放入每一家经办人的站内通知（YL-14、YL-16）。"""
    receivers = [to] if isinstance(to, str) else list(to)  # type: ignore[call-overload]
    named = "、".join(map(unit_name, receivers))
    number = add_document(case, kind, named, _filed(case, text, units, opinion))
    _deliver(case, receivers, f"{number}：{text}")
    case.note("file", f"{number}，报{named}")
    return {"number": number}


@handler("whistle.score", name="合成得分", result="units：各责任单位得分，initiator：吹哨单位得分，text：一句话")
def score(
    case: CaseContext,
    initiator: Annotated[str, "吹哨单位"],
    evaluations: Annotated[list, "双向评价：每个责任单位一行"],
    office: Annotated[float, "吹哨办评分"],
    weight: Annotated[float, "互评权重"],
    office_weight: Annotated[float, "吹哨办权重"],
    to: Annotated[list, "主送单位"] = (),  # type: ignore[assignment]
) -> dict[str, Any]:
    """责任单位＝吹哨单位评分×70%＋吹哨办评分×30%；吹哨单位＝责任单位评分均值×70%＋吹哨办评分×30%（YL-A3）。

    没有评的一方没有得分，不替人打分。逐件评分表送各主送单位的经办人（YL-16）。
    """
    rules = yl.Rules.from_parameters({"yl.weight.initiator": weight, "yl.weight.office": office_weight})
    marked = {row["unit"]: row["unit_score"] for row in evaluations if row["unit_score"] is not None}
    units = {unit: yl.responsible_score(mark, office, rules) for unit, mark in marked.items()}
    given = [row["initiator_score"] for row in evaluations if row["initiator_score"] is not None]
    whole = yl.initiator_score(given, office, rules)
    workings = {unit_name(unit): working for unit, working in units.items()} | {unit_name(initiator): whole}
    body: dict[str, Any] = {name: "；".join(working.lines()) for name, working in workings.items()}
    rows = [*units.items(), (initiator, whole)]
    years = so_far_this_year(case, rows)
    body["年度得分（至本件）"] = "；".join(f"{unit_name(unit)} {_counted(year)}" for unit, year in years.items())
    body["_workings"] = [workings_of(unit, unit_name(unit), working, years[unit]) for unit, working in rows]
    number = add_document(case, SCORES, "、".join(map(unit_name, to)), body)
    _deliver(case, to, f"{number}：{whistle_name(case)}")
    text = "，".join(f"{name}{_shown(working.value)}" for name, working in workings.items())
    case.note("score", text)
    return {
        "units": [{"unit": unit, "score": _number(working.value)} for unit, working in units.items()],
        "initiator": _number(whole.value),
        "text": text,
    }


def _deliver(case: CaseContext, receivers: Iterable[str], text: str) -> None:
    """A paper of the whistle goes to the handler of each unit it names (YL-14, YL-16)."""
    for receiver in receivers:
        take_part(case, receiver, "office")
        tell_unit(case, receiver, text, ["handler"])


def _invite(case: CaseContext) -> None:
    """The invitation that 县政府办 has signed, once: a notice with another time invites nobody anew."""
    said = newest_of(case.case, INVITE)
    sent = select(Document.id).where(Document.case_id == case.case.id, Document.kind == INVITATION)
    if said and session.scalar(sent.limit(1)) is None:
        body = {"正文": said["invitation"], "签发人": said["signed_by"]}
        number = add_document(case, INVITATION, said["city_units"], body, issuer="yl_gov_office")
        case.note("notice", f"{number}，送{said['city_units']}")


def whistle_name(case: CaseContext) -> str:
    """2026年第3号哨件, from the case's number YL20260003 (C-01)."""
    number = case.case.case_no or ""
    return f"{number[-8:-4]}年第{int(number[-4:])}号哨件"


def _added(rows: list[dict[str, Any]], known: list[dict[str, Any]], initiator: str) -> list[dict[str, Any]]:
    """Units of the task list that were not called to the meeting. Nobody marks themselves: not the initiator."""
    told = {serving(code) for code in [*_units(known), initiator]}
    at_hand = {"at": "", "late": False, "absent": False, "authorised": True, "replaced": False, "person": ""}
    return [{"unit": unit, **at_hand, "called": False} for unit in _units(rows) if serving(unit) not in told]


def _task_line(case: CaseContext, row: dict[str, Any]) -> str:
    """One row of the list as the paper prints it, with the day of its limit (YL-17). A number of days goes before a
    date, and counts from today as the task's own limit does.
    """
    limit = row["due_date"]
    if days := row["days"]:
        ends = case.deadlines.due_after({"count": days, "unit": "workday"}, case.now)
        limit = f"{days}个工作日（到{ends.astimezone(ZONE):%Y-%m-%d}）"
    return f"{unit_name(row['unit'])}：{row['task']}，责任人{row['person']}，完成时限{limit}"


def _filed(case: CaseContext, text: str, units: Iterable[dict[str, Any]], opinion: str) -> dict[str, str]:
    """What the office it is filed with can judge the whistle by (YL-14)."""
    closed_at = case.case.closed_at
    facts = {
        "内容": text,
        "责任单位": "、".join(map(unit_name, _units(units))),
        "核查意见": opinion,
        "结案时间": f"{closed_at.astimezone(ZONE):%Y-%m-%d %H:%M}" if closed_at else "",
    }
    return {label: said for label, said in facts.items() if said}


def _units(rows: Iterable[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(row["unit"] for row in rows))


def _tell(case: CaseContext, units: Iterable[str], text: str) -> None:
    for unit in dict.fromkeys(map(serving, units)):
        tell_unit(case, unit, text)


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _counted(year: Working) -> str:
    return "不参评" if year.value is None else f"{year.value}（{len(year.parts)}件）"


def _shown(value: Any) -> str:
    return "未评" if value is None else f"{value}分"
