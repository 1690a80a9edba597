"""What lies ahead of a case that stands somewhere: which elements, and which names they read that nothing gives first.

Gateways let a token out every way here, as in engine/check/routes.py.
"""

from collections.abc import Iterable
from functools import cached_property

from engine.check.flow import CheckedFlow, Surroundings
from engine.check.names import given_by
from engine.check.routes import Place, Routes
from engine.definition import Definition
from engine.diagram import CALL, Node, reachable
from engine.expressions import compile_expression
from engine.expressions.nodes import Call
from engine.reading import read_processes
from engine.texts import decision_of, loop_names, texts_of, timer_of

#: Before the key of a deadline, among the names: `due("…")` of one that never began stops the case.
DUE = "due:"


class Ahead:
    """Of one version."""

    def __init__(self, definition: Definition):
        self._definition = definition
        processes = read_processes(
            {f"{number}.bpmn": file for number, file in enumerate(set(definition.diagrams.values()))}
        )
        drawn = reachable(definition.key, processes)
        self.flow = CheckedFlow(
            definition.key, drawn, processes, definition.forms, definition.decisions, Surroundings({}, ())
        )
        self.nodes = {node.id: node for node in self.flow.nodes()}
        self._routes = Routes(self.flow)
        self._after: dict[Place, tuple[list[Place], list[Place]]] = {}
        self._needed: dict[Place, dict[str, str]] = {}  # what may be read from the arrival on before it is given
        self._fill()

    def place(self, around: Iterable[str], element: str) -> Place:
        """Where routes have it: inside of which calls."""
        return (*(each for each in around if self.nodes[each].kind == CALL), element)

    def reached(self, places: Iterable[Place]) -> set[str]:
        """The elements a case may still come to, those it stands on included."""
        return {place[-1] for place in self._routes.walk(places)}

    def needs(self, places: Iterable[Place]) -> dict[str, str]:
        """The names that may be read before anything gives them, with an element that reads each."""
        found: dict[str, str] = {}
        for place in places:
            found |= self._left(place)
        return found

    def needs_to_come(self, place: Place) -> dict[str, str]:
        """The same for a token that has yet to arrive there."""
        return self._all([place])

    def _left(self, place: Place) -> dict[str, str]:
        """What is still read by where one stands, and behind it. What is read on arrival has been."""
        borders, onward = self._ways(place)
        later = self._of_ways_out[place[-1]] | self._all(onward)
        given = self._gives[place[-1]]
        return {name: by for name, by in later.items() if name not in given} | self._all(borders)

    def _ways(self, place: Place) -> tuple[list[Place], list[Place]]:
        """Places by its border, and behind it."""
        if place not in self._after:
            after = self._routes.after(place)
            borders = [each for each in after if self._is_border(each, self.nodes[place[-1]])]
            self._after[place] = borders, [each for each in after if each not in borders]
        return self._after[place]

    def _all(self, places: Iterable[Place]) -> dict[str, str]:
        found: dict[str, str] = {}
        for place in places:
            found |= self._needed.get(place, {})
        return found

    def _is_border(self, place: Place, node: Node) -> bool:
        return self.nodes[place[-1]].element.attached_to == node.id

    def _fill(self) -> None:
        """Until nothing is new."""
        places = list(self._routes.walk(self._routes.starts()))
        grown = True
        while grown:
            grown = False
            for place in places:
                reads = self._on_arrival[place[-1]] | self._left(place)
                if reads.keys() != self._needed.get(place, {}).keys():
                    self._needed[place] = reads
                    grown = True

    @cached_property
    def _on_arrival(self) -> dict[str, dict[str, str]]:
        return {id_: dict.fromkeys(_reads(node) | self._of_table(node), id_) for id_, node in self.nodes.items()}

    def _of_table(self, node: Node) -> frozenset[str]:
        table = self._definition.decisions.get(decision_of(node))
        return table.names if table else frozenset()

    @cached_property
    def _of_ways_out(self) -> dict[str, dict[str, str]]:
        flows = [(flow.source, flow.condition) for process in self.flow.processes for flow in process.flows]
        reads: dict[str, dict[str, str]] = {id_: {} for id_ in self.nodes}
        for source, condition in flows:
            if condition and source in reads:
                reads[source] |= dict.fromkeys(_names_in(condition), source)
        return reads

    @cached_property
    def _gives(self) -> dict[str, frozenset[str]]:
        return {
            id_: frozenset(given_by(self.flow, node)) | {DUE + node.element.properties.get("deadline", "")}
            for id_, node in self.nodes.items()
        }


def _reads(node: Node) -> frozenset[str]:
    """Names that the expressions of an element read; a timer waits for a deadline that has not begun."""
    timer = timer_of(node)
    found = set(loop_names(node))
    for text in texts_of(node):
        compiled = text.compile()
        found |= compiled.names if text.source == timer else compiled.names | _dues(compiled.calls)
    return frozenset(found)


def _names_in(source: str) -> frozenset[str]:
    compiled = compile_expression(source)
    return compiled.names | _dues(compiled.calls)


def _dues(calls: Iterable[Call]) -> frozenset[str]:
    return frozenset(
        DUE + call.arguments[0]
        for call in calls
        if call.function == "due" and call.arguments and isinstance(call.arguments[0], str)
    )
