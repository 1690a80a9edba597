"""A score paper's numbers, unfolded down to the cases and votes they came from (TZ-16…29, YL-15, YC-18).

A paper keeps under "_workings" a tree or more for each unit. A number worked out elsewhere names its `source`:
a case, another unit of the same paper, a unit's quarter, or a month's bulletin.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import exists, select

from errors import NotFound
from handlers.tz.papers import BULLETIN, QUARTER, issued_papers
from models import Case, Document, Identity, session
from operations.gate.visibility import visible
from papers.kinds import DRAFT

OF_UNIT = re.compile(r"unit:(.+)")
OF_QUARTER = re.compile(r"(\d{4}Q[1-4]):(.+)")
OF_MONTH = re.compile(r"\d{4}-\d{2}")

Tree = Mapping[str, Any]


@dataclass(frozen=True)
class Node:
    """One number: how it came about, what went into it, and where more is to be seen."""

    label: str
    formula: str
    figures: str
    result: str
    note: str
    clauses: Sequence[str]
    parts: tuple["Node", ...] = ()
    case_id: int | None = None
    paper_id: int | None = None
    unit: str = ""  # of that paper


@dataclass(frozen=True)
class UnitScore:
    """A unit's line: what its trees come to, and its place where the paper ranks."""

    code: str
    name: str
    results: list[tuple[str, str]]
    standing: Tree | None


@dataclass(frozen=True)
class ScorePaper:
    id: int
    number: str
    period: str
    case_id: int | None  # None: this person may not open the case
    units: list[UnitScore]
    chosen: UnitScore | None
    trees: list[Node]


def score_paper(document_id: int, by: Identity, unit: str = "") -> ScorePaper:
    """A paper with the scores this person may see, and those of one unit unfolded; of a single unit at once.

    Whoever may see its case sees all. A unit sees its own line of what has been issued. Raises NotFound.
    """
    paper = session.get(Document, document_id)
    if paper is None or (paper.confidential and not by.can("clues")) or not (rows := _rows(paper, by)):
        raise NotFound
    code = unit or (rows[0]["unit"] if len(rows) == 1 else "")
    chosen = next((row for row in rows if row["unit"] == code), None)
    if unit and chosen is None:
        raise NotFound
    standings = {row["unit"]: row for row in paper.body.get("_standings", ())}
    units = [_line(row, standings.get(row["unit"])) for row in rows]
    return ScorePaper(
        id=paper.id,
        number=paper.number,
        period=paper.body.get("期间", ""),
        case_id=paper.case_id if _sees_case(paper, by) else None,
        units=units,
        chosen=next((each for each in units if each.code == code), None),
        trees=_Reader(paper, by, {row["unit"] for row in rows}).read(chosen["trees"]) if chosen else [],
    )


def _rows(paper: Document, by: Identity) -> list[Tree]:
    rows: list[Tree] = paper.body.get("_workings", [])
    if _sees_case(paper, by):
        return rows
    return [] if paper.kind.endswith(DRAFT) else [row for row in rows if row["unit"] in by.units]


def _sees_case(paper: Document, by: Identity) -> bool:
    return bool(session.scalar(select(exists().where(Case.id == paper.case_id, visible(by)))))


def _line(row: Tree, standing: Tree | None) -> UnitScore:
    results = [(tree["label"], _result(tree)) for tree in row["trees"]]
    return UnitScore(row["unit"], row["name"], results, standing)


def _result(tree: Tree) -> str:
    return "无" if tree["value"] is None else f"{tree['value']}{tree['unit']}"


class _Reader:
    """Reads trees of one paper for one person; each paper and case it leads to is looked up once."""

    def __init__(self, paper: Document, by: Identity, units: set[str]):
        self.paper, self.by, self.units = paper, by, units
        self.cases: dict[str, int] = {}
        self.papers: dict[tuple[str, str], Document] = {}

    def read(self, trees: Sequence[Tree]) -> list[Node]:
        sources = {source for tree in trees for source in _sources(tree)}
        if any(OF_QUARTER.fullmatch(source) for source in sources):
            self.papers |= _issued(QUARTER)
            quarters = [self._quarter(source) for source in sources]
            sources |= {source for tree in quarters if tree for source in _sources(tree)}
        if any(OF_MONTH.fullmatch(source) for source in sources):
            self.papers |= _issued(BULLETIN)
        numbered = select(Case.case_no, Case.id).where(Case.case_no.in_(sources), visible(self.by))
        self.cases = {number: each for number, each in session.execute(numbered) if number}
        return [self._node(tree, self.paper.id) for tree in trees]

    def _node(self, tree: Tree, paper_id: int) -> Node:
        source = tree["source"]
        node = Node(tree["label"], tree["formula"], tree["figures"], _result(tree), tree["note"], tree["clauses"])
        node = replace(node, parts=tuple(self._node(part, paper_id) for part in tree["parts"]))
        if inner := self._quarter(source):
            return self._of_quarter(node, source, inner)
        if (found := OF_UNIT.fullmatch(source)) and found[1] in self.units:
            return replace(node, paper_id=paper_id, unit=found[1])
        if bulletin := self.papers.get((BULLETIN, source)):
            return replace(node, paper_id=bulletin.id)
        return replace(node, case_id=self.cases.get(source))

    def _of_quarter(self, node: Node, source: str, inner: Tree) -> Node:
        """A quarter's score within a year: what the quarter's own paper says of it."""
        paper = self.papers[QUARTER, source.partition(":")[0]]
        below = self._node(inner, paper.id)
        shown = replace(below, label=node.label)
        return replace(shown, paper_id=paper.id, unit=source.partition(":")[2])

    def _quarter(self, source: str) -> Tree | None:
        found = OF_QUARTER.fullmatch(source)
        paper = self.papers.get((QUARTER, found[1])) if found else None
        if found is None or paper is None:
            return None
        return next((row["trees"][0] for row in paper.body.get("_workings", ()) if row["unit"] == found[2]), None)


def _issued(kind: str) -> dict[tuple[str, str], Document]:
    return {(kind, period): paper for period, paper in issued_papers(kind).items()}


def _sources(tree: Tree) -> Iterator[str]:
    if tree["source"]:
        yield tree["source"]
    for part in tree["parts"]:
        yield from _sources(part)
