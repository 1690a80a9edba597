"""The bulletins, quarters and years that are issued: what each keeps, and what later ones read of them."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from assessment import Working, tz
from handlers.context import CaseContext
from handlers.documents import add_document
from handlers.tz.roster import Roster
from models import Document, session

EVALUATION, BULLETIN, QUARTER, YEAR = "一哨一评表", "督查通报", "季度考评", "年度考核"
READERS = "园区、各部门"

Body = Mapping[str, Any]


def issue(case: CaseContext, kind: str, title: str, body: dict[str, Any], draft: bool) -> str:
    """Register the paper, or its draft, and call the case by its title. Returns the number."""
    number = add_document(case, f"{kind}拟稿" if draft else kind, READERS, body)
    case.case.title = title
    case.note("report", f"{number}：{title}")
    return number


def issued(kind: str) -> dict[str, Body]:
    """The newest paper of each period; drafts are of another kind."""
    rows = session.scalars(select(Document.body).where(Document.kind == kind).order_by(Document.id))
    return {body["_period"]: body for body in rows}


def bulletins(roster: Roster) -> dict[str, list[str]]:
    """The units that each month's bulletin named."""
    return {period: [roster.name(unit) for unit in body["_named"]] for period, body in issued(BULLETIN).items()}


def standings_of(body: Body, roster: Roster) -> list[tz.Standing]:
    """A quarter's or year's standings as they were issued."""
    return [_standing(row, roster) for row in body["_standings"]]


def keep(standings: Sequence[tz.Standing], roster: Roster) -> dict[str, Any]:
    """What a paper keeps of its standings under hidden keys: for later papers, and the workings for a page."""
    codes = {each.unit: roster.code(each.unit) for each in standings}
    return {
        "_standings": [_kept(each, codes[each.unit]) for each in standings],
        "_workings": [
            {"unit": codes[each.unit], "name": each.unit, "trees": [_tree(working, codes) for working in _shown(each)]}
            for each in standings
        ],
    }


def table(standings: Sequence[tz.Standing]) -> str:
    """类｜名次｜单位｜办件量｜得分."""
    return "\n".join(
        f"{each.unit_class}｜{each.rank or '—'}｜{each.unit}｜{each.volume}"
        f"｜{'—' if each.score.value is None else each.score.value}"
        for each in standings
    )


def lines_of(hints: Iterable[str]) -> str:
    return "\n".join(hints) or "无"


def _shown(standing: tz.Standing) -> list[Working]:
    return [standing.score, *([standing.place] if standing.place else [])]


def _tree(working: Working, codes: Mapping[str, str]) -> dict[str, Any]:
    """The working as a page reads it. What is worked out under another unit stands there, and only there."""
    return _cited(working.as_value(), codes)


def _cited(node: dict[str, Any], codes: Mapping[str, str]) -> dict[str, Any]:
    if node["source"] in codes:
        return {**node, "source": f"unit:{codes[node['source']]}", "parts": []}
    return {**node, "parts": [_cited(part, codes) for part in node["parts"]]}


def _kept(standing: tz.Standing, code: str) -> dict[str, Any]:
    score = standing.score.value
    return {
        "unit": code,
        "name": standing.unit,
        "class": standing.unit_class,
        "volume": standing.volume,
        "rank": standing.rank,
        "score": None if score is None else str(score),
    }


def _standing(row: Mapping[str, Any], roster: Roster) -> tz.Standing:
    score = Working("得分", "", None if row["score"] is None else Decimal(row["score"]))
    place = None if row["rank"] is None else Working("同类名次", "", Decimal(row["rank"]), unit="名")
    return tz.Standing(roster.name(row["unit"]), row["class"], row["volume"], score, place)
