"""Rates against their targets, kept with numerator, denominator and working (YC-04 to YC-12, YC-A3)."""

from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import exists, func, select

import assessment
from assessment import Working, yc
from assessment.yc import Result
from config import ZONE
from handlers.cases import take_part, unit_name
from handlers.context import CaseContext
from handlers.documents import add_document
from handlers.ledger import TASKS, overdue_at
from handlers.notices import tell_unit
from handlers.periods import new_year
from handlers.registry import handler
from models import Case, Document, session

PROGRESS = "月度进度表"
MINUTES = "联席会议纪要"
VERIFIED = "一件事核验单"
CHECKLIST = "checklist"  # a task without a rate of its own: so many of its items are done
LIGHTS = {"green": "绿灯", "blue": "蓝灯", "yellow": "黄灯", "red": "红灯"}


@handler("indicator.rate", name="核算指标", result="name：指标；text：结果；met：是否达标；target：目标；working：算式")
def rate(
    case: CaseContext,
    code: Annotated[str, "指标代码"],
    numerator: Annotated[int, "分子，或星级、件数"],
    denominator: Annotated[int, "分母"],
    target: Annotated[object, "目标值"],
) -> dict[str, Any]:
    """按文件口径核算一项指标，先比较后取整：94.996% 不算达到 95%（YC-04、YC-05、YC-12）。分母为零的不评。"""
    result = _judged(code, numerator, denominator, target)
    text = _text(result, numerator, denominator)
    case.note("indicator", f"{result.working.label} {text}，{_met(result)}")
    return {
        "name": result.working.label,
        "text": text,
        "met": result.met is True,
        "target": f"{result.target.normalize():f}",
        "working": "\n".join(result.working.lines()),
    }


@handler("indicator.record", name="记台账", result="number：编号")
def record(
    case: CaseContext,
    org: Annotated[str, "责任单位"],
    task: Annotated[str, "重点任务"],
    indicator: Annotated[dict, "核算结果"],
    light: Annotated[str, "亮灯"],
    progress: Annotated[str, "本月进展"],
    highlight: Annotated[str, "亮点"],
    problem: Annotated[str, "堵点难点"],
) -> dict[str, Any]:
    """把本月的指标、亮灯、进展、亮点、堵点难点记入台账，联席会议和专报由此汇总（YC-02、YC-16、YC-17）。"""
    body = {
        "任务": task,
        "指标": indicator["name"],
        "结果": indicator["text"],
        "目标": indicator["target"],
        "达标": "是" if indicator["met"] else "否",
        "亮灯": LIGHTS[light],
        "本月进展": progress,
        "亮点": highlight,
        "堵点难点": problem,
        "算式": indicator["working"],
    }
    return {"number": add_document(case, PROGRESS, unit_name(org), body)}


@handler(
    "indicator.agenda",
    name="汇总议程",
    result="count：几项；text：议程；last_met：上次会议时间；unheld：上次排了还没有开的会，没有的为空",
)
def agenda(case: CaseContext) -> dict[str, Any]:
    """把在办任务中未达标、有堵点难点的，到期没有签收、填报的，列为联席会议议程（YC-16）。"""
    lines = [_agenda_line(number, row) for number, row in _standing() if _wants_meeting(row)] + overdue_at(
        case.now, case.county()
    )
    minutes = (Document.kind == MINUTES) & (Case.flow == case.case.flow)
    last = session.scalar(select(func.max(Document.raised_at)).join(Case, Case.id == Document.case_id).where(minutes))
    today = case.now.astimezone(ZONE)
    case.case.title = f"{today:%Y-%m-%d} 联席会议"
    text = "\n".join(lines) or "暂无滞后事项和堵点难点。"
    last_met = (last or case.now).astimezone(ZONE).isoformat()
    return {"count": len(lines), "text": text, "last_met": last_met, "unheld": _unheld(case.case)}


@handler("indicator.write_back", name="议定事项回写台账", result="rows：逐项的序号、编号、主办单位、事项、限期")
def write_back(
    case: CaseContext,
    decisions: Annotated[list, "议定事项各行：事项、主办单位、限期、所涉任务编号"],
) -> dict[str, Any]:
    """每项议定事项出一份议定事项单，写入所涉任务的台账，没有写任务编号的记在会议名下；通知主办单位（YC-16）。"""
    return {"rows": [_decided(case, no, row) for no, row in enumerate(decisions, 1)]}


@handler("indicator.count", name="核验计数", result="number：本年第几件；met：是否达到；text：结果")
def count(
    case: CaseContext,
    org: Annotated[str, "责任单位"],
    least: Annotated[object, "每年至少几件"],
) -> dict[str, Any]:
    """数出一个单位本年核验通过的“一件事”，与目标比较（YC-10）。"""
    unit, year = unit_name(org), case.now.astimezone(ZONE).year
    of_year = (Document.to == unit) & (Document.raised_at >= new_year(year))
    before = session.scalars(select(func.count()).where(Document.kind == VERIFIED, of_year)).one()
    result = _judged("one_thing_min", before + 1, 0, least)
    body = {"事项": case.case.title, "本年第几件": before + 1, "达标": _met(result), "算式": result.working.note}
    add_document(case, VERIFIED, unit, body)
    return {"number": before + 1, "met": result.met is True, "text": f"{unit}本年第{before + 1}件，{_met(result)}"}


def _judged(code: str, numerator: int, denominator: int, target: Any) -> Result:
    goal = Decimal(str(target))
    if code == CHECKLIST:
        working = assessment.rate(numerator, denominator, "任务完成率", "已完成项÷应完成项×100%", "YC-02")
        met = None if working.figure is None else working.figure.exact >= 100 * goal
        return Result(code, working, goal * 100, met)
    rules = replace(yc.rules.DOCUMENT, targets={**yc.rules.DOCUMENT.targets, code: goal})
    return yc.least(code, numerator, rules) if code in yc.LEAST else yc.kpi(code, numerator, denominator, rules)


def _text(result: Result, numerator: int, denominator: int) -> str:
    working: Working = result.working
    if working.value is None:
        return working.note.removesuffix("。")  # it stands inside sentences
    value = f"{working.value.normalize():f}{working.unit}"
    return value if result.code in yc.LEAST else f"{numerator}/{denominator}={value}"


def _met(result: Result) -> str:
    return {True: "达标", False: "未达标", None: "不评"}[result.met]


def _decided(case: CaseContext, no: int, row: dict[str, Any]) -> dict[str, Any]:
    org, text, due, task_no = row["org"], row["decision"], row["due"], row.get("task_no") or ""
    task = session.scalar(select(Case).where(Case.case_no == task_no)) if task_no else None
    home = replace(case, case=task) if task else case
    number = add_document(home, "议定事项单", unit_name(org), {"事项": text, "完成时限": due, "任务编号": task_no})
    take_part(case, org, "co")
    tell_unit(home, org, f"{number}：{text}，{due}前完成")
    case.note("decision", f"{number}，{unit_name(org)}：{text}，限期{due}")
    return {"no": no, "number": number, "org": org, "decision": text, "due": due}


def _unheld(meeting: Case) -> str:
    """The first earlier meeting of the flow that has no minutes yet; "" when all were held."""
    minutes = exists().where(Document.case_id == Case.id, Document.kind == MINUTES)
    earlier = (Case.flow == meeting.flow) & (Case.id < meeting.id) & Case.closed_at.is_(None)
    return session.scalar(select(Case.title).where(earlier, ~minutes).order_by(Case.id).limit(1)) or ""


def _standing() -> list[tuple[str, Document]]:
    """The newest row of the ledger of each task that is not written off, with the task's number."""
    open_tasks = (Case.flow == TASKS) & Case.closed_at.is_(None)
    rows = session.execute(
        select(Case.case_no, Document)
        .join(Document, Document.case_id == Case.id)
        .where(open_tasks, Document.kind == PROGRESS)
        .order_by(Document.id)
    )
    return list({number: (number or "", row) for number, row in rows}.values())


def _wants_meeting(row: Document) -> bool:
    return row.body["达标"] != "是" or bool(row.body["堵点难点"])


def _agenda_line(number: str, row: Document) -> str:
    problem = f"；堵点：{row.body['堵点难点']}" if row.body["堵点难点"] else ""
    return f"{number} {row.to}：{row.body['指标']} {row.body['结果']}，{row.body['亮灯']}{problem}"
