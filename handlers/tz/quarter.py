"""季度考评 (TZ-20, TZ-21, TZ-24): cases and votes of a quarter → scores and ranks by class; 蜗牛奖 hints (TZ-26)."""

from collections.abc import Sequence
from typing import Annotated, Any

from sqlalchemy import select

from assessment import tz
from handlers import period_sections
from handlers.context import CaseContext
from handlers.periods import period_of, quarter_name
from handlers.registry import handler
from handlers.tz.evaluations import by_unit, evaluated, odd_marks
from handlers.tz.papers import QUARTER, bulletins, issue, issued, keep, lines_of, reviewed, standings_of, table
from handlers.tz.roster import Roster
from handlers.tz.watch import watched
from handlers.tz.weights import rules_at
from handlers.tz.whistled import basics, hot
from models import Submission, session

SURVEYS = ("N21_survey", "N21_correct")  # what was cast, and how it was corrected before the quarter ended
LEVELS = ("satisfied", "rather", "basically", "dissatisfied")


@handler("assessment.tz_quarter", name="季度考评", result="title：标题，snails：蜗牛奖提示，odd：评分异常提示")
def quarter(
    case: CaseContext,
    units: Annotated[list, "考核单位代号（D-15）"],
    names: Annotated[list, "考核单位名称（D-15）"],
    classes: Annotated[list, "考核单位类别（D-15）"],
    draft: Annotated[bool, "只拟稿，不公布"],
) -> dict[str, Any]:
    """本流程开始的那个季度：一哨一评平均分70%、企业满意度30%，按 A、B、C 类排名（TZ-14、TZ-20、TZ-21、TZ-24）。"""
    start, end = period_of(case.case.created_at, "quarterly")
    period, roster, in_force = quarter_name(start), Roster.of(units, names, classes), rules_at(end)
    evaluations, votes = evaluated(start, end), _votes(case.case.id)
    rated = by_unit(evaluations)
    members = [
        tz.UnitQuarter(roster.name(unit), cls, rated.get(unit, ()), votes.get(unit, ()))
        for unit, cls in roster.classes.items()
    ]
    standings = tz.quarter(members, in_force)
    earlier = {name: standings_of(body, roster) for name, body in issued(QUARTER).items() if name < period}
    hints = tz.snail({**earlier, period: standings}, bulletins(roster), in_force)
    odd = lines_of(odd_marks(evaluations, in_force))
    rows = tz.bulletin(watched(start, end, in_force))
    body = {
        "基本数据": f"{basics(start, end)}{period_sections.basics(rows)}",
        "前三与后三单位": "\n".join(_ends(standings, cls) for cls in sorted(set(roster.classes.values()))),
        "存在问题": lines_of(period_sections.faults(rows)),
        "热点难点": hot(start, end),
        "企业满意度": "\n".join(_cast(roster.name(unit), cast) for unit, cast in votes.items()) or "无票",
        "蜗牛奖提示": lines_of(hint.text for hint in hints),
        "评分异常提示": odd,
        **reviewed(case, draft),
        "排名": table(standings),
        "_period": period,
        **keep(standings, roster),
    }
    issued_paper = issue(case, QUARTER, period_sections.span(start, end), body, draft)
    snails = [{"unit": roster.code(hint.unit), "clause": hint.clause, "text": hint.text} for hint in hints]
    return {**issued_paper, "snails": snails, "odd": odd}


def _ends(standings: Sequence[tz.Standing], cls: str) -> str:
    """Each class by itself (TZ-14). Who had no case has the mean of the others and is no first or last (TZ-24)."""
    scores = {each.unit: each.score.value for each in standings if each.unit_class == cls and each.volume}
    return f"{cls}类（有办件的）{period_sections.ends(scores, '分')}" if scores else f"{cls}类没有办件。"


def _votes(case_id: int) -> dict[str, list[int]]:
    """Votes by unit from the newest survey sheet of this quarter's case (TZ-21). Several lines of a unit add up."""
    mine = (Submission.case_id == case_id) & Submission.element.in_(SURVEYS)
    values = session.scalar(select(Submission.values).where(mine).order_by(Submission.id.desc()).limit(1)) or {}
    votes: dict[str, list[int]] = {}
    for row in values.get("votes") or []:
        before = votes.get(row["unit"], [0] * len(LEVELS))
        votes[row["unit"]] = [more + (row[level] or 0) for more, level in zip(before, LEVELS, strict=True)]
    return votes


def _cast(unit: str, votes: Sequence[int]) -> str:
    return f"{unit}：{'、'.join(map(str, votes))}"
