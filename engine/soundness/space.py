"""Every state that the tokens of one scope can come to, as far as it matters.

Tokens meet at joins alone. So one token at a time is moved, all its ways tried, before the next: whatever stands still
in some order of steps stands still in this one. Only where an inclusive gateway would judge by the order in which
people act is every order tried. A join that can go on goes on at once, as in the engine.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from time import monotonic
from typing import NamedTuple

from engine.soundness.facts import Facts
from engine.soundness.net import ERROR, TERMINATE, Net, Way

MAX_STATES = 10_000  # of one scope
MAX_ALIKE = 3  # tokens at one element that are told apart: more do what three do
MAX_REPEATS = 2  # how often an event that does not interrupt is tried beside one activity


class Token(NamedTuple):
    """`came`: the element before, at a join; `heard`: events that came while it stands there and did not interrupt."""

    at: str
    came: str = ""
    heard: tuple[str, ...] = ()


State = tuple[Token, ...]
ENDED: State = ()


class Move(NamedTuple):
    """A token at an element takes a way. `freed`: where tokens went that need not be followed."""

    at: str
    way: Way
    freed: tuple[str, ...]
    taken: tuple[Token, ...]


@dataclass
class Space:
    """What was found."""

    came: dict[State, tuple[State, Move] | None] = field(default_factory=dict)  # None for a beginning
    after: dict[State, list[State]] = field(default_factory=dict)
    passed: set[str] = field(default_factory=set)  # elements that a token can come to
    leaving: set[State] = field(default_factory=set)  # states that an error may leave
    growing: set[State] = field(default_factory=set)  # states that one token too many comes from
    finished: bool = True

    @property
    def completes(self) -> bool:
        return ENDED in self.came


def explore(net: Net, facts: Facts, until: float) -> Space:
    """Breadth first, so the first way to a state is a shortest one. `until`: when to give up, by monotonic()."""
    space = Space()
    waiting: deque[State] = deque()
    for start in net.starts:
        state, freed = _settled(net, facts, [Token(start)])
        space.passed |= facts.closure(freed)
        if state not in space.came:
            space.came[state] = None
            waiting.append(state)
    while waiting:
        if len(space.came) > MAX_STATES or monotonic() > until:
            space.finished = False
            break
        _expand(net, facts, space, waiting, waiting.popleft())
    return space


def _expand(net: Net, facts: Facts, space: Space, waiting: deque[State], state: State) -> None:
    following = space.after.setdefault(state, [])
    for move, after in _moves(net, facts, state):
        space.passed |= {move.at, *move.way.passes} | facts.closure(move.freed)
        if move.way.error is not None:
            space.leaving.add(state)
            continue
        kept = _without_more(after)
        if kept != after:
            space.growing.add(state)
        following.append(kept)
        if kept not in space.came:
            space.came[kept] = (state, move)
            waiting.append(kept)


def _without_more(state: State) -> State:
    """Where as many tokens stand alike as can matter, one more makes no difference."""
    counts = Counter(state)
    if max(counts.values(), default=0) <= MAX_ALIKE:
        return state
    return tuple(sorted(token for token, count in counts.items() for _ in range(min(count, MAX_ALIKE))))


def _moves(net: Net, facts: Facts, state: State) -> Iterator[tuple[Move, State]]:
    for join in sorted({token.at for token in state if token.at in net.inputs}):
        if is_open(net, facts, state, join):
            arrived = {token.came: token for token in state if token.at == join}
            yield from _taken(net, facts, state, join, tuple(arrived.values()))
            return
    for token in _next(net, facts, state):
        yield from _taken(net, facts, state, token.at, (token,))


def is_open(net: Net, facts: Facts, state: State, join: str) -> bool:
    """Whether a join goes on with the tokens that have arrived."""
    present = {token.came for token in state if token.at == join}
    missing = net.inputs[join] - present
    if net.is_all(join) or not missing:
        return not missing
    towards = facts.towards[join]
    held = (name for token in state if token.at != join for name in facts.holding(token.at))
    return not any(towards.get(name, set()) & missing and not towards[name] & present for name in held)


def _next(net: Net, facts: Facts, state: State) -> list[Token]:
    """The tokens to move next: one, or all where the order matters. First what needs nobody, as in the engine; last
    what would take the others with it.
    """
    moving = sorted(
        {token for token in state if token.at not in net.inputs},
        key=lambda token: (facts.stops(token.at), not facts.is_automatic(token.at), token),
    )
    calm = [token for token in moving if not facts.stops(token.at)]
    if apart := [token for token in calm if not _is_near(facts, token)]:
        return apart[:1]
    if calm and _order_matters(facts, state):
        return [token for token in calm if facts.is_automatic(token.at)][:1] or calm
    return moving[:1]


def _is_near(facts: Facts, token: Token) -> bool:
    """Whether it may come to an inclusive join."""
    return any(name in towards for towards in facts.towards.values() for name in facts.holding(token.at))


def _order_matters(facts: Facts, state: State) -> bool:
    """Whether an inclusive join may go on without a token that could come to it by either of two inputs."""
    return len(state) > 1 and any(
        len(towards.get(name, ())) > 1
        for towards in facts.towards.values()
        for token in state
        for name in facts.holding(token.at)
    )


def _taken(net: Net, facts: Facts, state: State, at: str, taken: tuple[Token, ...]) -> Iterator[tuple[Move, State]]:
    left = list(state)
    for token in taken:
        left.remove(token)
    for way in net.ways[at]:
        staying: list[Token] = []
        if way.stays:
            heard = taken[0].heard
            if all(to in facts.free for to, _ in way.goes):
                yield Move(at, way, tuple(to for to, _ in way.goes), ()), state
                continue
            if heard.count(way.passes[0]) == MAX_REPEATS:
                continue
            staying = [taken[0]._replace(heard=tuple(sorted([*heard, way.passes[0]])))]
        gone = [Token(to, came if to in net.inputs else "") for to, came in way.goes]
        after, freed = _settled(net, facts, [*left, *staying, *gone])
        yield Move(at, way, freed, taken), ENDED if way.end in (TERMINATE, ERROR) else after


def _settled(net: Net, facts: Facts, tokens: Iterable[Token]) -> tuple[State, tuple[str, ...]]:
    """Without the free ones."""
    tokens = list(tokens)
    freed = tuple(token.at for token in tokens if token.at in facts.free)
    return tuple(sorted(token for token in tokens if token.at not in facts.free)), freed
