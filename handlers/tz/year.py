"""年度考核 (TZ-22, TZ-23): quarters and volume of a year → scores, ranks, and what they bring up (TZ-27…29)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import func, select

from assessment import Working, tz
from config import ZONE
from handlers.context import CaseContext
from handlers.periods import last_period
from handlers.registry import handler
from handlers.tz.papers import QUARTER, YEAR, bulletins, issue, issued, keep, lines_of, reviewed, standings_of, table
from handlers.tz.roster import Roster
from handlers.tz.weights import rules_at
from models import ProcessDefinition, session

Row = Mapping[str, Any]


@handler("assessment.tz_year", name="年度考核", result="title：标题，number：编号，hints：结果运用提示")
def year(
    case: CaseContext,
    units: Annotated[list, "考核单位代号（D-15）"],
    names: Annotated[list, "考核单位名称（D-15）"],
    classes: Annotated[list, "考核单位类别（D-15）"],
    draft: Annotated[bool, "只拟稿，不公布"],
) -> dict[str, Any]:
    """本流程开始的上一年：季度平均、办件量上浮、三次通报降位、年度排名和结果运用提示（TZ-22、TZ-23、TZ-27…29）。"""
    start, end = last_period(case.case.created_at, "yearly")
    period, roster, in_force = str(start.year), Roster.of(units, names, classes), rules_at(end)
    unassessed = _unassessed(start.year)
    standings = tz.year(members_of(start.year, roster), in_force, unassessed)
    earlier = {int(past): standings_of(body, roster) for past, body in issued(YEAR).items() if past < period}
    hints = [*tz.bottom(standings, in_force), *tz.last_of_a({**earlier, start.year: standings}, in_force)]
    body = {
        "未考评的季度": unassessed,
        "结果运用提示": lines_of(f"{hint.clause} {hint.text}" for hint in hints),
        **reviewed(case, draft),
        "排名": table(standings),
        "_period": period,
        **keep(standings, roster),
    }
    issued_paper = issue(case, YEAR, f"{period}年度", body, draft)
    said = [
        {"unit": roster.code(hint.unit), "clause": hint.clause, "text": hint.text, "decides": hint.decides}
        for hint in hints
    ]
    return {**issued_paper, "hints": said}


def members_of(number_of_year: int, roster: Roster) -> list[tz.UnitYear]:
    papers = issued(QUARTER)
    quarters = {name: _rows(papers.get(name)) for name in (f"{number_of_year}Q{n}" for n in range(1, 5))}
    named = tz.named_in_year(bulletins(roster), number_of_year)
    return [
        tz.UnitYear(
            roster.name(unit),
            cls,
            [_score(name, rows.get(unit)) for name, rows in quarters.items()],
            sum(rows[unit]["volume"] for rows in quarters.values() if unit in rows),
            named.get(roster.name(unit), ()),
        )
        for unit, cls in roster.classes.items()
    ]


def _unassessed(number_of_year: int) -> str:
    """The quarters of the year without a 季度考评, in words, and since when there is one; "" when none is missing.

    Their cases are in no 季度得分 and no 办件量, which whoever reads the year must know (TZ-22).
    """
    papers = issued(QUARTER)
    missing = [name for n, name in enumerate("一二三四", 1) if f"{number_of_year}Q{n}" not in papers]
    if not missing:
        return ""
    first_use = select(func.min(ProcessDefinition.deployed_at)).where(ProcessDefinition.key == "tz_quarterly")
    since = session.scalar(first_use)
    begun = since.astimezone(ZONE) if since else None
    why = f"（自{begun:%Y-%m-%d}启用）" if begun and begun.year == number_of_year else ""
    if len(missing) == 4:
        return f"全年没有季度考评{why}，不计分，不排名。"
    return f"第{'、'.join(missing)}季度没有季度考评{why}，得分按其余季度平均，办件量不含没有考评的季度。"


def _rows(body: Mapping[str, Any] | None) -> dict[str, Row]:
    return {row["unit"]: row for row in body["_standings"]} if body else {}


def _score(quarter: str, row: Row | None) -> Working | None:
    """As the quarter's paper has it, and where to look it up."""
    if row is None or row["score"] is None:
        return None
    return Working("季度得分", "", Decimal(row["score"]), source=f"{quarter}:{row['unit']}")
