"""一哨一评: one case, one mark of each unit that had a part in it (TZ-16, TZ-17), and what is left out (TZ-13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import select

from assessment import tz
from errors import NotFound
from handlers.cases import unit_name
from handlers.context import CaseContext
from handlers.documents import add_document, workings_of
from handlers.registry import handler
from handlers.tz.papers import EVALUATION
from handlers.tz.weights import rules_of_case
from models import Case, Document, session


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
    score = tz.case_score(rated, rules_of_case(case.case.parameter_revision))
    body = {
        "被评单位": unit_name(unit),
        "评价单位": unit_name(rater),
        "单件得分": f"{score.required}",
        "算法": "\n".join(score.lines()),
        "_unit": unit,
        "_rater": rater,
        "_park": str(park),
        "_lead": None if lead is None else str(lead),
        "_workings": [workings_of(unit, unit_name(unit), score)],
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


@dataclass(frozen=True)
class Evaluated:
    """One unit's part in one case as its 一哨一评表 has it."""

    case_id: int
    unit: str
    rater: str
    rated: tz.Rated


def evaluated(start: datetime, end: datetime) -> list[Evaluated]:
    """The evaluations completed in [start, end) (TZ-A7). Of one case and unit the newest counts."""
    rows = (
        select(Document, Case)
        .join(Case, Case.id == Document.case_id)
        .where(Document.kind == EVALUATION, Document.raised_at >= start, Document.raised_at < end)
    )
    newest: dict[tuple[int, str], Evaluated] = {}
    for paper, case in session.execute(rows.order_by(Document.id)):
        body = paper.body
        rated = tz.Rated(case.case_no or "", body["_park"], body["_lead"], case.excluded or "")
        newest[case.id, body["_unit"]] = Evaluated(case.id, body["_unit"], body["_rater"], rated)
    return list(newest.values())


def by_unit(evaluations: Sequence[Evaluated]) -> dict[str, list[tz.Rated]]:
    found: dict[str, list[tz.Rated]] = {}
    for each in evaluations:
        found.setdefault(each.unit, []).append(each.rated)
    return found


def odd_marks(evaluations: Sequence[Evaluated], in_force: tz.Rules) -> list[str]:
    """Parks whose marks look given without looking (TZ-33), and what is odd."""
    marks: dict[str, list[Any]] = {}
    for each in evaluations:
        marks.setdefault(unit_name(each.rater), []).append(each.rated.park)
    return list(tz.suspicious(marks, in_force).values())
