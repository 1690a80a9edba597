"""The ladder for those who are late: reminder (催办), supervision (督办), clue (问责线索)."""

from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import select

from handlers.cases import unit_name
from handlers.context import CaseContext
from handlers.documents import add_document
from handlers.notices import tell_unit
from handlers.registry import handler
from models import Clue, session


@handler("urge.raise", name="催办", result="number：催办单编号", escalates=True)
def raise_reminder(
    case: CaseContext,
    to: Annotated[str, "催办对象单位"],
    requirement: Annotated[str, "催办要求"],
    due: Annotated[str, "反馈时限"],
) -> dict[str, Any]:
    """出催办单，送承办单位联络员和负责人。催办不改变原时限（XT-18、C-08）。"""
    number = add_document(case, "催办单", unit_name(to), {"要求": requirement}, datetime.fromisoformat(due))
    tell_unit(case, to, f"{number}：{requirement}")
    case.note("urge", f"{number}，送{unit_name(to)}")
    return {"number": number}


@handler("supervision.raise", name="督办", result="number：督办单编号", escalates=True)
def raise_supervision(
    case: CaseContext,
    level: Annotated[str, "督办级别"],
    owner: Annotated[str, "督办单位"],
    to: Annotated[str, "督办对象单位"],
    requirement: Annotated[str, "督办要求"],
    due: Annotated[str, "反馈时限"],
) -> dict[str, Any]:
    """出督办单，由督办单位督促承办单位办理（XT-19）。"""
    body = {"级别": level, "督办单位": unit_name(owner), "要求": requirement}
    number = add_document(case, "督办单", unit_name(to), body, datetime.fromisoformat(due))
    tell_unit(case, to, f"{number}：{requirement}")
    case.note("supervise", f"{number}，{unit_name(owner)}督办{unit_name(to)}")
    return {"number": number}


@handler("clue.raise", name="登记问责线索", result="raised：是不是新登记的")
def raise_clue(
    case: CaseContext,
    org: Annotated[str, "涉及单位"],
    reason: Annotated[str, "线索原因"],
    summary: Annotated[str, "线索摘要"],
) -> dict[str, Any]:
    """登记一条问责线索，由有权人员决定如何处理；系统不作处理决定（XT-20）。线索不让涉及单位看到。

    一个事项里，同一单位同一原因只登记一次。
    """
    same = select(Clue.id).where(Clue.case_id == case.case.id, Clue.org == org, Clue.reason == reason)
    if session.scalar(same.limit(1)) is not None:
        case.note("clue", f"同一问责线索已登记过：{reason}")
        return {"raised": False}
    session.add(Clue(case_id=case.case.id, org=org, reason=reason, summary=summary, raised_at=case.now))
    case.note("clue", f"登记问责线索：{reason}")
    return {"raised": True}
