"""Where a token may go through a whole flow, called processes drawn in: each call is walked by itself.

A place is an element with the call activities it was reached through. Gateways let a token out every way, whatever
their conditions say, so a route that is found may be one that no case can take; one that is not found cannot be taken.
"""

from collections.abc import Callable, Iterable, Iterator

from engine.check.flow import CheckedFlow
from engine.diagram import SUBPROCESSES, Node, Process
from engine.reach import reached
from engine.texts import LOOP

Place = tuple[str, ...]  # ids: the call activities, outermost first, then the element


class Routes:
    """The ways through a flow that the other rules have found sound."""

    def __init__(self, flow: CheckedFlow):
        self._processes = {process.id: process for process in flow.processes}
        self._nodes = {node.id: node for node in flow.nodes()}
        self.main = flow.processes[0]

    def node(self, place: Place) -> Node:
        return self._nodes[place[-1]]

    def starts(self) -> list[Place]:
        return [(node.id,) for node in _starts(self.main, self.main.id)]

    def walk(
        self,
        begin: Iterable[Place],
        *,
        stop: Callable[[Place], bool] = lambda place: False,
        aside: bool = True,
        undone: bool = False,
    ) -> set[Place]:
        """All that can be reached from some places, these included; nothing behind a place where to stop.

        `aside`: also what a non-interrupting boundary event starts beside the way.
        `undone`: also what leaves a place where to stop by its border, before that is done.
        """

        def steps(place: Place) -> Iterable[Place]:
            if not stop(place):
                return self._after(place, aside)
            return self._boundaries(place, aside) if undone else ()

        return reached(begin, steps)

    def after(self, place: Place) -> list[Place]:
        return list(self._after(place, True))

    def _after(self, place: Place, aside: bool) -> Iterator[Place]:
        node = self.node(place)
        yield from self._boundaries(place, aside)
        inside = self._inside(node)
        if inside is not None:
            calls = place if node.kind == "callActivity" else place[:-1]
            yield from ((*calls, start.id) for start in _starts(*inside))
        if inside is None or node.child(LOOP) is not None:  # of many there may be none
            yield from self._onward(place)
        if node.kind == "endEvent":
            yield from self._out(place, aside)

    def _boundaries(self, place: Place, aside: bool) -> Iterator[Place]:
        """Those that something from inside reaches are left to the throwing end."""
        for event in self._process(place).attached(place[-1]):
            if event.element.event not in ("error", "escalation") and (aside or event.element.interrupting):
                yield (*place[:-1], event.id)

    def _out(self, place: Place, aside: bool) -> Iterator[Place]:
        """From the end of a subprocess or a called process to what is around it."""
        around = self._around(place)
        if around is None:
            return
        thrown = self.node(place).element.event
        if thrown != "error":
            yield from self._onward(around)
        for event in self._process(around).attached(around[-1]):
            caught = event.element.event in ("error", "escalation") and event.element.event == thrown
            if caught and (aside or event.element.interrupting):
                yield (*around[:-1], event.id)

    def _onward(self, place: Place) -> Iterator[Place]:
        yield from ((*place[:-1], line.target) for line in self._process(place).outgoing(place[-1]))

    def _around(self, place: Place) -> Place | None:
        scope = self.node(place).scope
        if scope in self._nodes:
            return (*place[:-1], scope)
        return place[:-1] or None

    def _inside(self, node: Node) -> tuple[Process, str] | None:
        if node.kind == "callActivity":
            called = self._processes.get(node.xml.get("calledElement", ""))
            return (called, called.id) if called else None
        return (self._processes[node.element.process], node.id) if node.kind in SUBPROCESSES else None

    def _process(self, place: Place) -> Process:
        return self._processes[self.node(place).element.process]


def _starts(process: Process, scope: str) -> list[Node]:
    return [node for node in process.nodes.values() if node.kind == "startEvent" and node.scope == scope]
