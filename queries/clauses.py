"""The clause map: where each clause is enforced, and the other way round. Places are read off what enforces."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from engine import Definition
from engine.decisions import DecisionTable
from models import Identity
from queries.parameters import parameter_list
from reference import definitions
from reference.clauses import Clause, Document, clauses, documents

KINDS = {"element": "流程图", "table": "决策表", "parameter": "参数", "scenario": "场景", "test": "测试"}
ENFORCES = ("element", "table", "parameter")

_ID = re.compile(r"(?<![A-Za-z0-9-])(?:YL|XT|YC|TZ|XX|CA|C|D)-A?[0-9]{1,2}(?![0-9])")


@dataclass(frozen=True)
class Place:
    """Where clauses stand: an element, a row of a table, a parameter, a scenario, a test."""

    kind: str  # of KINDS
    name: str
    within: str  # the process, table, feature or file it belongs to
    clauses: tuple[str, ...]
    flows: tuple[str, ...] = ()  # keys of the flows that draw it
    process: str = ""
    element: str = ""
    confidential: bool = False

    def flow_for(self, document: str) -> str:
        """The flow to show it in: one of the document's own where there is one; "" when nothing draws it."""
        own = [flow for flow in self.flows if flow.startswith(f"{document.lower()}_")]
        return next(iter([*own, *self.flows]), "")


@dataclass(frozen=True)
class Row:
    """A clause with its places."""

    clause: Clause
    places: tuple[Place, ...]

    def of(self, *kinds: str) -> list[Place]:
        return [place for place in self.places if place.kind in kinds]

    @property
    def by_reason_only(self) -> bool:
        return not self.places and bool(self.clause.reason)

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


def ids_in(text: str) -> tuple[str, ...]:
    """The rule ids a text names, each once."""
    return tuple(dict.fromkeys(_ID.findall(text)))


def enforcing_places() -> list[Place]:
    """What the flows in force and the parameters say."""
    flows = [definitions.definition(row.id) for row in definitions.newest_of_each()]
    read = [(row.key, row.rule, row.note) for row in parameter_list() if row.is_read]  # unread ones enforce nothing
    return [*drawn(flows), *decided(flows), *adjustable(read)]


def shown_to(by: Identity, row: Row) -> Row:
    """The same clause without the confidential elements, for whoever may not see clues (XT-20)."""
    return replace(row, places=tuple(place for place in row.places if by.can("clues") or not place.confidential))


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


def unknown_ids(places: Iterable[Place]) -> list[tuple[Place, str]]:
    """Ids that are no clause."""
    return [(place, each) for place in places for each in place.clauses if each not in clauses()]


def drawn(flows: Iterable[Definition]) -> list[Place]:
    """The elements that carry clauses, and the shared processes named after theirs (CA-04). Each once."""
    found: dict[tuple[str, str], Place] = {}
    using: dict[tuple[str, str], list[str]] = {}
    for flow in flows:
        for place in [*_processes(flow), *_elements(flow)]:
            found.setdefault((place.process, place.element), place)
            using.setdefault((place.process, place.element), []).append(flow.key)
    return [replace(place, flows=tuple(using[key])) for key, place in found.items()]


def _elements(flow: Definition) -> list[Place]:
    return [
        Place(
            "element",
            element.name or element.id,
            flow.process_names[element.process],
            element.clauses,
            process=element.process,
            element=element.id,
            confidential=bool(element.properties.get("confidential")),
        )
        for element in flow.elements.values()
        if element.clauses
    ]


def _processes(flow: Definition) -> list[Place]:
    named = ((id_, name, ids_in(name)) for id_, name in flow.process_names.items())
    return [Place("element", name, "共用流程", ids, process=id_) for id_, name, ids in named if ids]


def decided(flows: Iterable[Definition]) -> list[Place]:
    """Decision tables and their rows, each once, where a business rule task asks them if one does.

    Tables are told apart by name: several documents have a D-04 of their own.
    """
    found: dict[tuple[str, str], Place] = {}
    for flow in flows:
        asking = {table: element for element, table in flow.asks.items()}
        for table in flow.decisions.values():
            element = flow.elements.get(asking.get(table.id, ""))
            for name, ids in _named_in(table):
                known = found.setdefault((table.name, name), Place("table", name, table.name, ids))
                if element and not known.flows:
                    found[table.name, name] = replace(
                        known, flows=(flow.key,), process=element.process, element=element.id
                    )
    return list(found.values())


def _named_in(table: DecisionTable) -> list[tuple[str, tuple[str, ...]]]:
    texts = [("整张表", f"{table.name} {table.description}")]
    texts += [(f"第 {rule.row} 行", rule.annotation) for rule in table.rules]
    return [(name, ids) for name, text in texts if (ids := ids_in(text))]


def adjustable(parameters: Iterable[tuple[str, str, str]]) -> list[Place]:
    """Parameters as (key, rule, note)."""
    return [Place("parameter", key, note, ids_in(rule)) for key, rule, note in parameters if ids_in(rule)]
