"""What is known of a scope before any token moves."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from engine.reach import reached
from engine.soundness.net import ERROR, PLAIN, TERMINATE, Net, Way

RESTS = frozenset(
    ["userTask", "receiveTask", "intermediateCatchEvent", "eventBasedGateway", "callActivity", "subProcess"]
)


class Facts:
    """Tokens meet at joins alone. One that cannot come to a join any more and can end does so whatever the others do:
    it is free, and need not be followed.
    """

    def __init__(self, net: Net):
        self.net = net
        self.before: dict[str, set[str]] = {}
        for name, to in net.steps():
            self.before.setdefault(to, set()).add(name)
        self.homeward = _homeward(net)
        self.free = self.homeward.keys() - backward(net.inputs, self.before)
        self._listening = {name: [event.id for event in net.process.attached(name)] for name in net.nodes}

    @cached_property
    def towards(self) -> dict[str, dict[str, set[str]]]:
        """Of each inclusive join: by which inputs a token at an element may yet come to it, as the engine sees it."""
        before: dict[str, set[str]] = {}
        for line in self.net.process.flows:
            before.setdefault(line.target, set()).add(line.source)
        for node in self.net.nodes.values():
            if node.element.attached_to:  # to listen begins with the activity, and holds a token of its own
                before[node.id] = before.get(node.element.attached_to, set())
        found: dict[str, dict[str, set[str]]] = {}
        for join in (join for join in self.net.inputs if not self.net.is_all(join)):
            leading: dict[str, set[str]] = found.setdefault(join, {})
            for source in self.net.inputs[join]:
                for name in backward([source], before, without=join):
                    leading.setdefault(name, set()).add(source)
        return found

    def holding(self, name: str) -> list[str]:
        """Where a token at an element is to be seen by an inclusive join: there and at the events that listen."""
        return [name, *self._listening[name]]

    def is_automatic(self, name: str) -> bool:
        return self.net.nodes[name].kind not in RESTS

    def stops(self, name: str) -> bool:
        """Whether a token there takes all others with it."""
        return any(way.end in (TERMINATE, ERROR) for way in self.net.ways[name])

    def closure(self, names: Iterable[str]) -> set[str]:
        """All elements that tokens at some elements may pass, joins taken for open."""
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                for way in self.net.ways[name]:
                    found.update(way.passes)
                    waiting += [to for to, _ in way.goes]
        return found


def backward(names: Iterable[str], before: Mapping[str, set[str]], without: str = "") -> set[str]:
    """The elements from which some can be reached, these included."""
    return reached(names, lambda name: before.get(name, ()), {without})


def _homeward(net: Net) -> dict[str, Way]:
    """From each element the way by which a token has ended soonest, all that becomes of it."""
    ways: dict[str, Way] = {}
    steps: dict[str, int] = {}
    count = -1
    while len(steps) > count:
        count = len(steps)
        for name in net.ways.keys() - steps.keys():
            for way in net.ways[name]:
                home = way.end == PLAIN or (way.goes and all(to in steps and steps[to] < count for to, _ in way.goes))
                if home and not way.stays:
                    ways[name], steps[name] = way, count
                    break
    return ways


def shortest(net: Net, begin: Iterable[str], is_there: Callable[[str], bool]) -> list[tuple[str, Way]]:
    """The elements that one token comes by from some elements to the nearest that is asked for, with the way it takes
    from each. [] where there is none, or it is there already.
    """
    came: dict[str, tuple[str, Way] | None] = dict.fromkeys(begin)
    waiting = deque(came)
    while waiting:
        at = waiting.popleft()
        if is_there(at):
            return _back(came, at)
        for way in net.ways[at]:
            for to, _ in way.goes:
                if to not in came:
                    came[to] = (at, way)
                    waiting.append(to)
    return []


def _back(came: Mapping[str, tuple[str, Way] | None], name: str) -> list[tuple[str, Way]]:
    steps: list[tuple[str, Way]] = []
    while (step := came[name]) is not None:
        steps.insert(0, step)
        name = step[0]
    return steps
