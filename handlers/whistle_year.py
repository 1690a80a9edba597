"""年度得分 of 宜良: the mean of a unit's cases of the year; who had none is not assessed (YL-16, YL-A3)."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from assessment import Working, yl
from config import ZONE
from handlers.context import CaseContext
from handlers.periods import new_year
from models import Case, Document, session

SCORES = "哨件处置评分表"


def so_far_this_year(case: CaseContext, scores: Sequence[tuple[str, Working]]) -> dict[str, Working]:
    """Each of these units' mean over its cases of the calendar year, the one just scored included.

    A unit that both led and took part has both scores in its mean. The year's last paper is the year's result.
    """
    year = case.now.astimezone(ZONE).year
    earlier = _earlier(case, year)
    number = case.case.case_no or ""
    for unit, score in scores:
        earlier.setdefault(unit, []).append(score.named(f"{number} {score.label}", source=number))
    return {unit: yl.year_score(earlier[unit]) for unit, _ in scores}


def _earlier(case: CaseContext, year: int) -> dict[str, list[Working]]:
    """What other cases of this year scored, by unit. Of one case the newest sheet counts."""
    of_year = Document.raised_at >= new_year(year)
    rows = select(Case.case_no, Document).join(Document, Document.case_id == Case.id)
    others = rows.where(Document.kind == SCORES, of_year, Case.id != case.case.id).order_by(Document.id)
    newest = {number: paper for number, paper in session.execute(others)}  # noqa: C416  mypy can't read dict() of rows
    found: dict[str, list[Working]] = {}
    for number, paper in newest.items():
        for row in paper.body.get("_workings", ()):  # papers of before they were kept have none
            tree = row["trees"][0]
            if tree["value"] is not None:
                score = Working(f"{number} {tree['label']}", "", Decimal(tree["value"]), source=number or "")
                found.setdefault(row["unit"], []).append(score)
    return found
