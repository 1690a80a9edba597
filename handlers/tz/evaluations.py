"""一哨一评: one case, one mark of each unit that had a part in it (TZ-16, TZ-17), and what is left out (TZ-13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
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
    number, score = _issue(case, unit, rater, rated)
    case.note("evaluate", f"{number}：{unit_name(unit)} {score}分")
    return {"score": float(score)}


@handler("assessment.exclude", name="不列入考核")
def exclude(
    case: CaseContext,
    reason: Annotated[str, "客观原因"],
    approval: Annotated[str, "批示文号或日期"],
    unit: Annotated[str, "只这个单位不列入（不填则整件不列入）"] = "",
) -> dict[str, Any]:
    """登记经区党政主要负责人同意不列入考核（TZ-13、TZ-25）。没有批示的不能登记。只一个单位不列入的，重出它的一哨一评表。"""
    if not approval.strip():
        raise NotFound("没有批示，不能不列入考核。")
    if unit:
        _set_aside(case, unit, f"{approval}：{reason}")
    else:
        case.case.excluded = f"{approval}：{reason}"
    case.note("exclude", f"{unit_name(unit) if unit else ''}不列入考核（{approval}）：{reason}")
    return {}


def _set_aside(case: CaseContext, unit: str, approval: str) -> None:
    """The unit's marks once more, on a paper that says why they do not count. Raises NotFound when it has none."""
    mine = select(Document).where(Document.case_id == case.case.id, Document.kind == EVALUATION)
    papers = [paper.body for paper in session.scalars(mine.order_by(Document.id)) if paper.body["_unit"] == unit]
    if not papers:
        raise NotFound(f"{unit_name(unit)}在本件没有得分。")
    rated = tz.Rated(case.case.case_no or "", papers[-1]["_park"], papers[-1]["_lead"], approval)
    _issue(case, unit, papers[-1]["_rater"], rated)


def _issue(case: CaseContext, unit: str, rater: str, rated: tz.Rated) -> tuple[str, Decimal]:
    """A 一哨一评表 with the working of its score. Returns its number and the score."""
    score = tz.case_score(rated, rules_of_case(case.case.parameter_revision))
    body = {
        "被评单位": unit_name(unit),
        "评价单位": unit_name(rater),
        "单件得分": f"{score.required}",
        **({"不纳入考核": rated.excluded} if rated.excluded else {}),
        "算法": "\n".join(score.lines()),
        "_unit": unit,
        "_rater": rater,
        "_park": rated.park,
        "_lead": rated.lead,
        "_excluded": rated.excluded,
        "_workings": [workings_of(unit, unit_name(unit), score)],
    }
    return add_document(case, EVALUATION, unit_name(unit), body), score.required


@dataclass(frozen=True)
class Evaluated:
    """One unit's part in one case as its 一哨一评表 has it."""

    case_id: int
    unit: str
    rater: str
    rated: tz.Rated


def evaluated(start: datetime, end: datetime) -> list[Evaluated]:
    """The evaluations completed in [start, end) (TZ-A7). Of one case and unit the newest counts; what a later paper
    sets aside is set aside in the quarter of its marks (TZ-25).
    """
    of_kind = Document.kind == EVALUATION
    in_time = select(Document.case_id).where(of_kind, Document.raised_at >= start, Document.raised_at < end)
    rows = select(Document, Case).join(Case, Case.id == Document.case_id)
    newest: dict[tuple[int, str], Evaluated] = {}
    for paper, case in session.execute(rows.where(of_kind, Document.case_id.in_(in_time)).order_by(Document.id)):
        body = paper.body
        excluded = body.get("_excluded") or ""
        key = case.id, body["_unit"]
        if (key in newest) if excluded else (start <= paper.raised_at < end):
            rated = tz.Rated(case.case_no or "", body["_park"], body["_lead"], excluded or case.excluded or "")
            newest[key] = Evaluated(*key, body["_rater"], rated)
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
