"""The bulletins, quarters and years that are issued: what each keeps, and what later ones read of them."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from assessment import Working, tz
from handlers.context import CaseContext
from handlers.documents import add_document
from handlers.submissions import newest_of
from handlers.tz.roster import Roster
from models import Document, session
from papers.kinds import DRAFT

EVALUATION, BULLETIN, QUARTER, YEAR = "一哨一评表", "督查通报", "季度考评", "年度考核"
READERS = "园区、各部门"
#: As an official paper is called: of a period, about what (TZ-19, TZ-20, TZ-22).
TITLES = {
    BULLETIN: "关于{}“园区吹哨、部门报到”工作情况的督查通报",
    QUARTER: "关于{}“园区吹哨、部门报到”考评情况的通报",
    YEAR: "关于{}“园区吹哨、部门报到”考核情况的通报",
}
REVIEW = "CA-11.review"

Body = Mapping[str, Any]


def issue(case: CaseContext, kind: str, period: str, body: dict[str, Any], draft: bool) -> dict[str, str]:
    """Register the paper of a period (2026年4月), or its draft. Returns number and title."""
    title = TITLES[kind].format(period)
    number = add_document(case, f"{kind}{DRAFT}" if draft else kind, READERS, {"标题": title, "期间": period, **body})
    case.note("report", f"{number}：{title}")
    return {"number": number, "title": title}


def reviewed(case: CaseContext, draft: bool) -> dict[str, str]:
    """要求 and 签发人 as whoever approved the draft wrote them; a draft has neither."""
    said = {} if draft else newest_of(case.case, REVIEW)
    return {"要求": said.get("report_opinion") or "", "签发人": said.get("report_sign") or ""}


def issued(kind: str) -> dict[str, Body]:
    """The newest paper of each period; drafts are of another kind."""
    return {period: paper.body for period, paper in issued_papers(kind).items()}


def issued_papers(kind: str) -> dict[str, Document]:
    rows = session.scalars(select(Document).where(Document.kind == kind).order_by(Document.id))
    return {paper.body["_period"]: paper for paper in rows}


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
