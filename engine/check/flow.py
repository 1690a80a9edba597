"""All that is known of a flow while it is being checked."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.decisions import DecisionTable
from engine.diagram import Node, Process
from errors import Problem


@dataclass(frozen=True)
class Surroundings:
    """What a flow may name that stands in none of its files."""

    handlers: Mapping[str, Mapping[str, bool]]  # name -> its parameters, and whether each must be given
    parameters: Collection[str]
    posts: Collection[str] | None = None  # `unit:role` of each post there is; None: not known
    given: Collection[str] | None = None  # variables that a case begins with; None: not known
    lists: Collection[str] | None = (
        None  # that a form may offer choices from, `name:` for those of something; None: not known
    )
    longest: int = 3650  # of a length, in its own unit
    counties: Mapping[str, str] = field(default_factory=dict)  # code of a unit -> its county, where there are several
    own_counties: Collection[str] = ()  # whose flow it is; (): nobody has said
    in_tables: Collection[str] = ()  # texts that the tables of the version in use answer: some serve several counties
    escalating: Collection[str] = ()  # handlers that urge or supervise the unit they are given as `to`
    to_posts: Collection[str] = ()  # parameters that are a post, as handler:parameter
    labels: Mapping[str, str] = field(default_factory=dict)  # of a handler, and of each handler:parameter

    def service(self, handler: str, parameter: str = "") -> str:
        """What people call a handler, or a parameter of it; its key where nobody has said."""
        return self.labels.get(f"{handler}:{parameter}" if parameter else handler, parameter or handler)


@dataclass(frozen=True)
class CheckedFlow:
    """Read-only; each rule takes one and yields Problems."""

    key: str
    processes: list[Process]  # the main one first, then all that it calls
    known: Mapping[str, Process]  # all that the files hold, called or not
    forms: Mapping[str, Any]
    decisions: Mapping[str, DecisionTable]
    around: Surroundings

    def nodes(self, *kinds: str) -> Iterator[Node]:
        for process in self.processes:
            yield from (node for node in process.nodes.values() if not kinds or node.kind in kinds)

    def node(self, element: str) -> Node | None:
        return next((process.nodes[element] for process in self.processes if element in process.nodes), None)

    def deadline_keys(self) -> set[str]:
        return {key for node in self.nodes() if (key := node.element.properties.get("deadline"))}


def problem(node: Node, words: str, *, warning: bool = False) -> Problem:
    """A problem of an element, which the designer finds by name or id."""
    return Problem(node.id, f"{node.element}{words}。", warning)


def scopes(process: Process) -> dict[str, list[Node]]:
    """The nodes of a process and of each subprocess drawn in it, by the id of what is around them."""
    found: dict[str, list[Node]] = {process.id: []}
    for node in process.nodes.values():
        found.setdefault(node.scope, []).append(node)
        if node.kind in ("subProcess", "transaction", "adHocSubProcess"):
            found.setdefault(node.id, [])
    return found
