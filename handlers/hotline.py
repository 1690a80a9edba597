"""The hotline of 萧县: repeated calls, hot spots, marks (XX-05, XX-21)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated, Any

from sqlalchemy import select

from errors import NotFound
from handlers.cases import unit_name
from handlers.context import CaseContext
from handlers.documents import add_document
from handlers.notices import notify_reporter
from handlers.registry import handler
from models import Case, Submission, session

FLOW = "xx_hotline"
REGISTER = "F-XX-1.register"


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
    found = list(registered(case.now - max(timedelta(days=days), timedelta(hours=hours))))
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
    on_main = CaseContext(other, case.instance, case.now, case.by, case.deadlines, case.scheme, case.county)
    number = add_document(on_main, "并单登记表", "主单", {"并入": case.case.case_no, "标题": case.case.title})
    case.case.result, case.case.closed_at = "merged", case.now
    case.note("merge", f"并入{other.case_no}（{number}）")
    notify_reporter(case, text)
    return {}


@handler("hotline.mark", name="作标记", result="number：编号")
def mark(case: CaseContext, kind: Annotated[str, "标记"], text: Annotated[str, "说明"]) -> dict[str, Any]:
    """记一条标记：不当退单（XX-19）、适用容错（XX-17）、挂账（XX-15）。只作记录，由有权机关认定。"""
    unit = unit_name(case.case.lead_org) if case.case.lead_org else ""  # later another may have the case
    number = add_document(case, f"{kind}登记表", "县数据资源局（政务服务局）", {"承办单位": unit, "说明": text})
    case.note("mark", f"{kind}：{text}")
    return {"number": number}


def registered(since: datetime) -> Iterable[tuple[Case, dict[str, Any], datetime]]:
    """Cases registered since then, each with what its first form says, the oldest first."""
    rows = (
        select(Case, Submission.values, Submission.at)
        .join(Submission, Submission.case_id == Case.id)
        .where(Case.flow == FLOW, Submission.form == REGISTER, Submission.at >= since)
    )
    return session.execute(rows.order_by(Case.id))
