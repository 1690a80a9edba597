"""Where clauses stand, read off what enforces them: diagrams, decision tables, parameters, code."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from engine import Definition
from engine.decisions import DecisionTable
from queries.house.parameters import parameter_list
from reference import definitions

_ID = re.compile(r"(?<![A-Za-z0-9-])(?:YL|XT|YC|TZ|XX|CA|C|D)-A?[0-9]{1,2}(?![0-9])")
_ROOT = Path(__file__).parents[2]
_CODE = ("assessment", "handlers", "operations", "worktime")  # what does things; the rest reads and shows


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

    def flow_for(self, document: str) -> str:
        """The flow to show it in: one of the document's own where there is one; "" when nothing draws it."""
        own = [flow for flow in self.flows if flow.startswith(f"{document.lower()}_")]
        return next(iter([*own, *self.flows]), "")


def ids_in(text: str) -> tuple[str, ...]:
    """The rule ids a text names, each once."""
    return tuple(dict.fromkeys(_ID.findall(text)))


def enforcing_places() -> list[Place]:
    """What the flows in force and the parameters say."""
    flows = [definitions.definition(row.id) for row in definitions.newest_of_each()]
    read = [(row.key, row.rule, row.note) for row in parameter_list() if row.is_read]  # unread ones enforce nothing
    return [*drawn(flows), *decided(flows), *adjustable(read), *written()]


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
                if element and known.element in ("", element.id):
                    found[table.name, name] = replace(
                        known, flows=(*known.flows, flow.key), process=element.process, element=element.id
                    )
    return list(found.values())


def _named_in(table: DecisionTable) -> list[tuple[str, tuple[str, ...]]]:
    texts = [("整张表", f"{table.name} {table.description}")]
    texts += [(f"第 {rule.row} 行", rule.annotation) for rule in table.rules]
    return [(name, ids) for name, text in texts if (ids := ids_in(text))]


def adjustable(parameters: Iterable[tuple[str, str, str]]) -> list[Place]:
    """Parameters as (key, rule, note)."""
    return [Place("parameter", key, note, ids_in(rule)) for key, rule, note in parameters if ids_in(rule)]


@cache
def written() -> tuple[Place, ...]:
    """Modules with the ids they name: what every case passes through is no element of one flow."""
    files = [path for package in _CODE for path in sorted((_ROOT / package).rglob("*.py"))]
    named = [(path, ids_in(path.read_text(encoding="utf-8"))) for path in files]
    return tuple(Place("code", path.name, path.parent.relative_to(_ROOT).as_posix(), ids) for path, ids in named if ids)
