"""One scope of a diagram, a process or a subprocess, as ways that a token may take from each element.

Data is left out: every choice is possible, every message and timer may come, of many there may be none. What an
activity has inside is one step with the outcomes that were found for it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from engine.diagram import JOINS, Flow, Node, Process
from engine.soundness.codes import Thrown, caught, thrown_by
from engine.texts import LOOP

PLAIN, TERMINATE, ERROR = "plain", "terminate", "error"
MAX_SUBSETS = 8  # conditions of one inclusive gateway of which every combination is tried


@dataclass(frozen=True)
class Outcome:
    """How an activity may end. An activity without an inside completes."""

    completes: bool = True
    errors: frozenset[Thrown] = frozenset()
    escalations: frozenset[Thrown] = frozenset()


@dataclass(frozen=True)
class Way:
    """What may happen to a token at one element."""

    passes: tuple[str, ...]  # elements that are passed by it
    goes: tuple[tuple[str, str], ...] = ()  # where tokens are afterwards, and the element each comes from
    stays: bool = False  # the token stays where it is as well: an event that does not interrupt
    end: str = ""  # PLAIN, TERMINATE or ERROR where the token ends
    error: Thrown | None = None
    words: str = ""  # what was chosen or what happened, where there is more than one way


@dataclass
class Net:
    """All ways of one scope."""

    process: Process
    scope: str
    starts: list[str]
    nodes: dict[str, Node] = field(default_factory=dict)
    ways: dict[str, list[Way]] = field(default_factory=dict)
    inputs: dict[str, frozenset[str]] = field(default_factory=dict)  # of each join: the elements that lead to it

    def is_all(self, join: str) -> bool:
        """Whether a join waits for each of its inputs."""
        return self.nodes[join].kind == "parallelGateway"

    def errors_at(self, names: Iterable[str]) -> dict[Thrown, tuple[str, Way]]:
        """The errors that leave the scope from some elements, each with an element and the way it takes there."""
        ways = ((name, way) for name in sorted(names) for way in self.ways.get(name, ()))
        return {way.error: (name, way) for name, way in ways if way.error is not None}

    def steps(self) -> Iterator[tuple[str, str]]:
        """Each element, and one that a token may be at next."""
        return ((name, to) for name, ways in self.ways.items() for way in ways for to, _ in way.goes)


def net_of(process: Process, scope: str, inside: Callable[[Node], Outcome], is_heard: Callable[[Node], bool]) -> Net:
    """`inside`: how an activity may end; `is_heard`: whether what a catch event waits for can come at all."""
    nodes = {node.id: node for node in process.nodes.values() if node.scope == scope}
    net = Net(process, scope, [node.id for node in nodes.values() if node.kind == "startEvent"], nodes)
    for node in nodes.values():
        sources = frozenset(line.source for line in process.incoming(node.id))
        if node.kind in JOINS and len(sources) > 1:
            net.inputs[node.id] = sources
        if node.kind != "boundaryEvent":
            net.ways[node.id] = list(_ways(process, node, inside, is_heard))
    return net


def _ways(
    process: Process, node: Node, inside: Callable[[Node], Outcome], is_heard: Callable[[Node], bool]
) -> Iterator[Way]:
    outgoing = process.outgoing(node.id)
    match node.kind:
        case "endEvent":
            yield _end(node)
        case "exclusiveGateway":
            yield from (Way((node.id,), _to([line]), words=_chose(process, node, [line])) for line in outgoing)
        case "inclusiveGateway":
            for lines in _subsets(node, outgoing):
                yield Way((node.id,), _to(lines), words=_chose(process, node, lines))
        case "eventBasedGateway":
            events = [process.nodes[line.target] for line in outgoing]
            for event in events if any(map(is_heard, events)) else ():
                yield Way((node.id, event.id), _to(process.outgoing(event.id)), words=f"{event.element}先到")
        case "intermediateCatchEvent":
            if is_heard(node):
                yield Way((node.id,), _to(outgoing))
        case _:
            yield from _activity(process, node, inside(node))


def _activity(process: Process, node: Node, outcome: Outcome) -> Iterator[Way]:
    """Also what passes by itself. Many may be none, so they always may be done. A signal that nobody sends here is no
    fault beside another way: shared processes listen for what some of their callers send.
    """
    if outcome.completes or node.child(LOOP) is not None:
        yield Way((node.id,), _to(process.outgoing(node.id)), words=f"{node.element}办完")
    uncaught = set(outcome.errors)
    for event in process.attached(node.id):
        kind = event.element.event
        hears = {one for one in (outcome.errors if kind == "error" else outcome.escalations) if caught(event, one)}
        uncaught -= hears
        if hears or kind not in ("error", "escalation"):
            stays = not event.element.interrupting
            yield Way((event.id,), _to(process.outgoing(event.id)), stays, words=f"{event.element}发生")
    for one in sorted(uncaught):
        yield Way((node.id,), end=ERROR, error=one, words=f"{node.element}里面出错")


def _end(node: Node) -> Way:
    if node.element.event == "error":
        return Way((node.id,), end=ERROR, error=thrown_by(node))
    return Way((node.id,), end=TERMINATE if node.element.event == "terminate" else PLAIN)


def _to(lines: Iterable[Flow]) -> tuple[tuple[str, str], ...]:
    return tuple((line.target, line.source) for line in lines)


def _subsets(node: Node, outgoing: list[Flow]) -> Iterator[list[Flow]]:
    """Any of the conditions may hold; where none does, the default. Of very many, one, two or all."""
    if len(outgoing) < 2:
        yield outgoing
        return
    default = node.xml.get("default")
    asked = [line for line in outgoing if line.id != default]
    always = {line.id for line in asked if (line.condition or "").lower() == "true"}
    sizes = range(1, len(asked) + 1) if len(asked) <= MAX_SUBSETS else (1, 2, len(asked))
    for lines in (list(chosen) for size in sizes for chosen in combinations(asked, size)):
        if always <= {line.id for line in lines}:
            yield lines
    if not always:
        yield from ([line] for line in outgoing if line.id == default)


def _chose(process: Process, node: Node, lines: list[Flow]) -> str:
    names = "".join(f"“{line.name or _name(process.nodes, line.target)}”" for line in lines)
    return f"{node.element}走了{names}"


def _name(nodes: Mapping[str, Node], id_: str) -> str:
    return nodes[id_].element.name or id_
