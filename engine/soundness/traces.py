"""A way into a state, step by step, as it is replayed on the drawing: the frames of queries/case/replay.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.soundness.net import Net, Way
from engine.soundness.space import Move, Space, State, Token

LONGEST = 60  # elements of one step
#: Kinds of elements of which one says that they are done.
DONE = frozenset(
    ["userTask", "serviceTask", "scriptTask", "businessRuleTask", "receiveTask", "callActivity", "subProcess"]
)


@dataclass(frozen=True)
class Frame:
    """One step: elements passed by it, where tokens stand since, where they stand no more (once for each token)."""

    what: str
    passed: list[str]
    waits: list[str]
    ended: list[str]


def moves_to(space: Space, state: State) -> list[Move]:
    """The shortest way that was found."""
    moves: list[Move] = []
    while (step := space.came[state]) is not None:
        state, move = step
        moves.insert(0, move)
    return moves


def beginning(space: Space, state: State) -> State:
    """Where the way to a state began."""
    while (step := space.came[state]) is not None:
        state = step[0]
    return state


def frames(net: Net, homeward: Mapping[str, Way], begun: State, moves: Sequence[Move]) -> list[Frame]:
    """From a token at a start event on; what need not be followed has come to its end at once."""
    found = [Frame("开始", [], [token.at for token in begun], [])]
    for move in moves:
        found.append(_frame(net, move))
        found += [_to_the_end(net, homeward, name) for name in move.freed]
    return found


def _frame(net: Net, move: Move) -> Frame:
    way = move.way
    ended = [] if way.stays else [token.at for token in move.taken]
    return Frame(_words(net, move), list(way.passes), [to for to, _ in way.goes], ended)


def _words(net: Net, move: Move) -> str:
    node, way = net.nodes[move.at], move.way
    if len(net.ways[move.at]) > 1:
        return way.words
    if move.at in net.inputs:
        return f"{node.element}汇合"
    if len(way.goes) > 1:
        return f"{node.element}分成{len(way.goes)}路"
    return f"{node.element}{'结束' if way.end else '办完' if node.kind in DONE else '走过'}"


def _to_the_end(net: Net, ways: Mapping[str, Way], name: str) -> Frame:
    """A token that meets no other any more goes its way, and whatever it becomes."""
    passed: list[str] = []
    waiting = [name]
    while waiting and len(passed) < LONGEST:
        way = ways[waiting.pop()]
        passed += way.passes
        waiting += [to for to, _ in reversed(way.goes)]
    return Frame(f"{net.nodes[passed[-1]].element}结束", passed, [], [name])


def walk(net: Net, steps: Sequence[tuple[str, Way]]) -> list[Frame]:
    """One token alone."""
    return [_frame(net, Move(at, way, (), (Token(at),))) for at, way in steps]
