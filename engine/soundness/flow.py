"""All scopes of a flow: each is explored by itself, from the innermost out, and is one step of what is around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from engine.diagram import SUBPROCESSES, Node, Process
from engine.soundness.codes import THROWS, Signals, Thrown, caught, thrown_by
from engine.soundness.facts import Facts
from engine.soundness.net import Net, Outcome, net_of
from engine.soundness.space import Space, explore

MAX_SECONDS = 2.0  # for all scopes together


@dataclass(frozen=True)
class Explored:
    """A scope and what its tokens can do."""

    net: Net
    facts: Facts
    space: Space
    outcome: Outcome


class ExploredFlow:
    """`processes`: the main one first, then all that it calls, as engine.diagram.reachable() gives them."""

    def __init__(self, processes: Sequence[Process]):
        self._until = monotonic() + MAX_SECONDS
        self._processes = {process.id: process for process in processes}
        self._signals = Signals(processes)
        self.scopes: dict[str, Explored] = {}  # innermost first
        self.main = self._explored(processes[0], processes[0].id)

    def _explored(self, process: Process, scope: str) -> Explored:
        if scope not in self.scopes:
            net = net_of(process, scope, self._inside, lambda event: self._signals.can_come(process, event))
            facts = Facts(net)
            space = explore(net, facts, self._until)
            self.scopes[scope] = Explored(net, facts, space, self._outcome(net, space))
        return self.scopes[scope]

    def _inside(self, node: Node) -> Outcome:
        process, scope = self._processes[node.element.process], node.id
        if node.kind == "callActivity":
            process, scope = self._processes[node.xml.get("calledElement", "")], node.xml.get("calledElement", "")
        elif node.kind not in SUBPROCESSES:
            return Outcome()
        return self._explored(process, scope).outcome

    def _outcome(self, net: Net, space: Space) -> Outcome:
        """What never ends is a fault of its own, and none of what is around it."""
        thrown = {
            thrown_by(node)
            for name, node in net.nodes.items()
            if name in space.passed and node.kind in THROWS and node.element.event == "escalation"
        }
        errors = frozenset(net.errors_at(space.passed))
        return Outcome(
            completes=space.completes or not errors,
            errors=errors,
            escalations=frozenset(thrown | self._passed_on(net)),
        )

    def _passed_on(self, net: Net) -> set[Thrown]:
        """Escalations from further inside that nobody on the way hears."""
        found: set[Thrown] = set()
        for node in net.nodes.values():
            for one in self._inside(node).escalations:
                if not any(
                    event.element.event == "escalation" and caught(event, one)
                    for event in net.process.attached(node.id)
                ):
                    found.add(one)
        return found
