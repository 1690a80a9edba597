"""The clause map: each clause with its places, and how many of a document's clauses have which."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from models import Identity
from queries.case.diagrams import shown_elements
from queries.house.clause_places import Place, enforcing_places
from queries.house.own_flows import own_flows
from reference import definitions
from reference.clauses import Clause, Document, clauses, documents

KINDS = {
    "element": "流程图",
    "table": "决策表",
    "parameter": "参数",
    "code": "程序",
    "scenario": "场景",
    "test": "测试",
}
ENFORCES = ("element", "table", "parameter", "code")


@dataclass(frozen=True)
class Row:
    """A clause with its places."""

    clause: Clause
    places: tuple[Place, ...]

    def of(self, *kinds: str) -> list[Place]:
        return [place for place in self.places if place.kind in kinds]

    def grouped(self, kind: str) -> list[list[Place]]:
        """The places of a kind, those of one drawing, table, module or feature together."""
        found: dict[tuple[str, str], list[Place]] = {}
        for place in self.of(kind):
            found.setdefault((place.within, place.process), []).append(place)
        return list(found.values())

    @property
    def all_text(self) -> str:
        """What a search looks in."""
        clause = [self.clause.id, self.clause.short, self.clause.text, self.clause.reason]
        return "\n".join([*clause, *(f"{place.within} {place.name} {place.element}" for place in self.places)])

    @property
    def by_reason_only(self) -> bool:
        return bool(self.clause.reason) and not self.of(*ENFORCES)

    @property
    def is_missing(self) -> bool:
        return not self.places and not self.clause.reason


@dataclass(frozen=True)
class Figures:
    """How the clauses of one document are enforced; a clause counts in every column where it has a place."""

    document: Document
    clauses: int
    counts: Mapping[str, int]  # by kind of place
    by_reason_only: int
    missing: tuple[str, ...]  # ids with neither place nor reason


@dataclass(frozen=True)
class ClausePage:
    """One document's figures, and the clauses that were looked for."""

    figures: Figures
    rows: list[Row]
    flows: list[tuple[str, str]]  # key and name of the document's own flows


def clause_page(document: Document, search: str, tried: Iterable[Place], by: Identity) -> ClausePage:
    """`search`: every word of it stands in the clause or in the name of a place. `tried`: where clauses are tried."""
    rows = clause_rows([*enforcing_places(), *tried])
    of_document = [row for row in rows if row.clause.document == document.key]
    words = search.split()
    return ClausePage(
        figures=_figures_of(document, of_document),
        rows=[row for row in shown_to(by, of_document) if all(word in row.all_text for word in words)],
        flows=[(row.key, row.name) for row in own_flows(by) if _is_of(row.key, document)],
    )


def documents_of(by: Identity) -> list[Document]:
    """Those that a flow of this person's county carries out, those that none does yet, and what all share."""
    deployed, own = [row.key for row in definitions.newest_of_each()], [row.key for row in own_flows(by)]
    return [each for each in documents() if _any_of(own, each) or not _any_of(deployed, each)]


def _any_of(flows: Iterable[str], document: Document) -> bool:
    return any(_is_of(flow, document) for flow in flows)


def _is_of(flow: str, document: Document) -> bool:
    return flow.startswith(f"{document.key.lower()}_")


def shown_to(by: Identity, rows: Iterable[Row]) -> list[Row]:
    """The same clauses without what is not on this reader's drawings: another county's, a confidential one (XT-20)."""
    own = own_flows(by)
    open_to = {
        (process, element)
        for flow in own
        for process in definitions.definition(flow.id).diagrams
        for element in _shown_of(flow.id, process, by)
    }
    keys = {flow.key for flow in own}
    return [replace(row, places=tuple(_shown(row.places, open_to, keys))) for row in rows]


def _shown(places: Iterable[Place], open_to: Set[tuple[str, str]], flows: Set[str]) -> Iterator[Place]:
    for place in places:
        own = tuple(flow for flow in place.flows if flow in flows)
        if not place.process or (own and (place.process, place.element) in open_to):
            yield replace(place, flows=own)


def _shown_of(definition_id: int, process: str, by: Identity) -> frozenset[str]:
    """The elements, and "" for the process itself where anything of it is left."""
    shown = shown_elements(definition_id, process, by)
    return shown | {""} if shown else shown


def clause_rows(places: Iterable[Place]) -> list[Row]:
    """Every clause, in the documents' order."""
    at: dict[str, list[Place]] = {}
    for place in places:
        for clause in place.clauses:
            at.setdefault(clause, []).append(place)
    return [Row(clause, tuple(at.get(clause.id, ()))) for clause in clauses().values()]


def figures(rows: Sequence[Row]) -> list[Figures]:
    return [_figures_of(document, [r for r in rows if r.clause.document == document.key]) for document in documents()]


def _figures_of(document: Document, rows: Sequence[Row]) -> Figures:
    return Figures(
        document=document,
        clauses=len(rows),
        counts={kind: sum(bool(row.of(kind)) for row in rows) for kind in KINDS},
        by_reason_only=sum(row.by_reason_only for row in rows),
        missing=tuple(row.clause.id for row in rows if row.is_missing),
    )
