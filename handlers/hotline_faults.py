"""The hotline of 萧县, what a period's 通报 finds wrong: late, sent back, put off, supervised (XX-18, XX-19)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from assessment import tz
from handlers import period_sections
from handlers.cases import unit_name
from handlers.hotline import FLOW
from models import Case, Document, session

IMPROPER = "不当退单登记表"
SUPERVISION, TALK = "督办单", "约谈通报通知书"
#: What is said of a unit → the numbers of its cases, a unit by its name.
Found = Mapping[str, Sequence[str]]


def faults(rows: Sequence[tz.Row], start: datetime, end: datetime) -> list[str]:
    """A line for each kind of trouble, with the units and their cases; no line for what did not happen."""
    raised = _papers(start, end)
    return [
        *period_sections.faults(rows),
        *_line("不当退单", _by_unit((_returned_by(case, paper), case) for case, paper in raised[IMPROPER])),
        *(line for level, units in _supervised(raised[SUPERVISION]).items() for line in _line(level, units)),
        *_line("约谈通报", _by_unit((paper.to, case) for case, paper in raised[TALK])),
    ]


def improper_returns(start: datetime, end: datetime) -> int:
    """How many returns without grounds were recorded in [start, end) (XX-19)."""
    return len(_papers(start, end)[IMPROPER])


def _returned_by(case: Case, paper: Document) -> str:
    """The first papers of this kind did not say: then who has the case now."""
    return paper.body.get("承办单位") or (unit_name(case.lead_org) if case.lead_org else "未写明单位")


def _supervised(papers: Sequence[tuple[Case, Document]]) -> dict[str, Found]:
    """一级督办, 二级督办, 三级督办 → whom, and in which cases (XX-10, XX-11, XX-12)."""
    levels = sorted({paper.body["级别"] for _, paper in papers}, key=lambda level: "一二三".find(level[:1]))
    return {
        level: _by_unit((paper.to, case) for case, paper in papers if paper.body["级别"] == level) for level in levels
    }


def _papers(start: datetime, end: datetime) -> dict[str, list[tuple[Case, Document]]]:
    kinds = (IMPROPER, SUPERVISION, TALK)
    within = (Document.raised_at >= start) & (Document.raised_at < end)
    rows = select(Case, Document).join(Document, Document.case_id == Case.id)
    found: dict[str, list[tuple[Case, Document]]] = {kind: [] for kind in kinds}
    for case, paper in session.execute(
        rows.where(Case.flow == FLOW, Document.kind.in_(kinds), within).order_by(Document.id)
    ):
        found[paper.kind].append((case, paper))
    return found


def _by_unit(pairs: Iterable[tuple[str, Case]]) -> Found:
    found: dict[str, list[str]] = {}
    for unit, case in pairs:
        found.setdefault(unit, []).append(case.case_no or "")
    return found


def _line(what: str, units: Found) -> list[str]:
    """不当退单：县城市管理局2件（XX20260001、XX20260002）。 A case that came up twice counts twice, named once."""
    told = [f"{unit}{len(cases)}件（{'、'.join(dict.fromkeys(cases))}）" for unit, cases in units.items()]
    return [f"{what}：{'、'.join(told)}。"] if told else []
