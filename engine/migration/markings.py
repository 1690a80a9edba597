"""Which sets of elements tokens can stand on together inside one process or subprocess.

A case may go on where the new version could have brought it too. Gateways let a token out every way, whatever their
conditions say; two tokens on one element count as one. Subprocesses are one step here: each is looked at by itself.
"""

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import chain, combinations

from engine.diagram import JOINS, Flow, Node, Process
from engine.reach import reached

#: A token on an element; at a join, with the element that it came from.
Token = tuple[str, str]
Marking = frozenset[Token]

MOST = 20_000  # markings that one question looks at; beyond, nobody can say
ONE_WAY = frozenset({"exclusiveGateway", "eventBasedGateway"})


class TooMany(Exception):
    """More markings than are looked at."""


class Floorplan:
    """The nodes directly inside one process or subprocess."""

    def __init__(self, process: Process, scope: str):
        nodes = [node for node in process.nodes.values() if node.scope == scope]
        self._nodes = {node.id: node for node in nodes}
        self._out = {node.id: process.outgoing(node.id) for node in nodes}
        self._into = {node.id: {flow.source for flow in process.incoming(node.id)} for node in nodes}
        self._borders = {node.id: process.attached(node.id) for node in nodes}
        self._leads_to = {node.id: self._all_after(node.id) for node in nodes}

    def allows(self, wanted: Marking) -> bool:
        """Whether tokens can come to stand on just these. Raises TooMany."""
        starts = [node.id for node in self._nodes.values() if node.kind == "startEvent"]
        found: set[Marking] = set()
        waiting: list[tuple[int, int, Marking]] = []  # a heap: what looks most like `wanted` first

        def come_to(marking: Marking) -> None:
            if marking not in found and self._may_become(marking, wanted):
                found.add(marking)
                heappush(waiting, (len(marking ^ wanted), len(found), marking))

        for start in starts:
            come_to(frozenset({(start, "")}))
        while waiting and wanted not in found:
            for after in self._after(heappop(waiting)[2], wanted):
                come_to(after)
            if len(found) > MOST:
                raise TooMany
        return wanted in found

    def _may_become(self, marking: Marking, wanted: Marking) -> bool:
        return all(
            any(target == token or target[0] in self._leads_to[token[0]] for token in marking) for target in wanted
        )

    def _all_after(self, node: str) -> set[str]:
        return reached(self._next_to(node), self._next_to)

    def _next_to(self, node: str) -> list[str]:
        return [flow.target for flow in self._out[node]] + [event.id for event in self._borders[node]]

    def _after(self, marking: Marking, wanted: Marking) -> Iterator[Marking]:
        """Each marking that one step of one token leads to. What is begun beside leads to something `wanted`."""
        for token in marking:
            node = self._nodes[token[0]]
            taken = self._taken(node, token, marking)
            if taken:
                for ways in self._ways(node):
                    yield marking - taken | self._entered(ways)
            for event in self._borders[node.id]:
                if event.element.interrupting:
                    yield marking - {token} | self._entered(self._out[event.id])
                elif any(target in self._leads_to[event.id] for target, _ in wanted):
                    yield marking | self._entered(self._out[event.id])
            if _ends_all(node):
                yield frozenset()

    def _taken(self, node: Node, token: Token, marking: Marking) -> Marking:
        """The tokens that the step takes along; none while others are awaited."""
        if not self._is_join(node.id):
            return frozenset({token})
        arrived = frozenset(each for each in marking if each[0] == node.id)
        awaited = node.kind == "parallelGateway" and {source for _, source in arrived} != self._into[node.id]
        return frozenset() if awaited else arrived

    def _ways(self, node: Node) -> Iterator[tuple[Flow, ...]]:
        out = self._out[node.id]
        if node.kind in ONE_WAY:
            yield from ((flow,) for flow in out)
        elif node.kind == "inclusiveGateway" or any(flow.condition for flow in out):
            yield from chain.from_iterable(combinations(out, count) for count in range(1, len(out) + 1))
        else:
            yield tuple(out)

    def _entered(self, flows: tuple[Flow, ...] | list[Flow]) -> Marking:
        return frozenset((flow.target, flow.source if self._is_join(flow.target) else "") for flow in flows)

    def _is_join(self, node: str) -> bool:
        return self._nodes[node].kind in JOINS and len(self._into[node]) > 1


def _ends_all(node: Node) -> bool:
    return node.kind == "endEvent" and node.element.event == "terminate"
