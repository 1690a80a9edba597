"""What is wrong with the control flow: tokens that wait for ever, run for ever, or never come."""

from collections.abc import Iterable, Iterator, Sequence

from engine.diagram import Node, Process
from engine.reach import reached
from engine.soundness.codes import signal_name
from engine.soundness.doubled import doubled
from engine.soundness.facts import backward, shortest
from engine.soundness.fault import Fault, fault
from engine.soundness.flow import Explored, ExploredFlow
from engine.soundness.net import Net, Way
from engine.soundness.space import ENDED, Move, Space, State
from engine.soundness.traces import beginning, frames, moves_to, walk

LAST = 2  # choices that a sentence names


def faults(processes: Sequence[Process]) -> list[Fault]:
    """All of a flow that is drawn as engine/check/shapes.py and paths.py ask for.

    `processes`: the main one first, then all that it calls, as engine.diagram.reachable() gives them.
    """
    flow = ExploredFlow(processes)
    found = [one for explored in flow.scopes.values() for one in _of_scope(explored)]
    nodes = {node.id: node for process in processes for node in process.nodes.values()}
    return [*found, *_uncaught(flow.main, nodes)]


def _of_scope(explored: Explored) -> Iterator[Fault]:
    net, space = explored.net, explored.space
    found = [*_stuck(explored), *doubled(net)] or list(_endless(explored))
    yield from found
    if not space.finished:
        yield _unfinished(net, space)
    elif not found:
        yield from _dead(net, space)


def _stuck(explored: Explored) -> Iterator[Fault]:
    """States that nothing can change any more: one fault for each element, by the shortest way."""
    net, space = explored.net, explored.space
    told: set[str] = set()
    for state in _standing_still(space):
        name = _to_blame(explored, state)
        if name not in told:
            told.add(name)
            moves = moves_to(space, state)
            words = _awaited(net, state, moves, name) if name in net.inputs else _unheard(net.nodes[name])
            yield fault(net, name, words, frames(net, explored.facts.homeward, beginning(space, state), moves))


def _standing_still(space: Space) -> list[State]:
    return [state for state, after in space.after.items() if state and not after and state not in space.leaving]


def _to_blame(explored: Explored, state: State) -> str:
    """Of several elements where tokens wait, one that does not wait for another of them."""
    names = sorted({token.at for token in state})
    for name in names:
        awaited = _missing(explored.net, state, name)
        before = backward(awaited, explored.facts.before, without=name)
        if not before & (set(names) - {name}):
            return name
    return names[0]


def _missing(net: Net, state: State, join: str) -> set[str]:
    return set(net.inputs.get(join, ())) - {token.came for token in state if token.at == join}


def _awaited(net: Net, state: State, moves: list[Move], join: str) -> str:
    missing = "、".join(str(net.nodes[name].element) for name in sorted(_missing(net, state, join)))
    again = "已经汇合过一次，又来了一路；" if any(move.at == join for move in moves) else ""
    return f"会一直等下去：{again}{_after(net, [move[:2] for move in moves])}从{missing}来的一路永远等不到"


def _unheard(node: Node) -> str:
    if node.element.event == "signal":
        return f"会一直等下去：除了在它之后，没有环节发出信号“{signal_name(node)}”，永远等不到"
    return "里面从不办完，走到这里以后永远等不到下一步"


def _endless(explored: Explored) -> Iterator[Fault]:
    """The first state from which neither an end nor a standstill can be reached."""
    net, space = explored.net, explored.space
    before: dict[State, set[State]] = {}
    for state, following in space.after.items():
        for after in following:
            before.setdefault(after, set()).add(state)
    unknown = space.came.keys() - space.after.keys()  # also the end
    good = reached({ENDED, *unknown, *space.leaving, *_standing_still(space)}, lambda state: before.get(state, ()))
    for state in [state for state in space.came if state not in good][:1]:
        moves = moves_to(space, state)
        name = min(state, key=lambda token: (token.at in net.inputs, token)).at
        more = "会不停地多出令牌，" if space.growing else ""
        words = f"以后永远等不到结束：{_after(net, [move[:2] for move in moves])}{more}再怎么走都到不了结束事件"
        yield fault(net, name, words, frames(net, explored.facts.homeward, beginning(space, state), moves))


def _dead(net: Net, space: Space) -> Iterator[Fault]:
    """Elements that no token comes to, though the lines lead there: the first of each way."""
    for node in net.nodes.values():
        before = [line.source for line in net.process.incoming(node.id)] + [node.element.attached_to]
        if node.id not in space.passed and any(name in space.passed for name in before):
            yield fault(net, node.id, f"永远走不到：{_why(net, node)}", [])


def _why(net: Net, node: Node) -> str:
    if node.kind == "boundaryEvent":
        thrown = "错误" if node.element.event == "error" else "升级"
        return f"所在的环节里面不会抛出它等的{thrown}"
    inside = [net.nodes[line.source] for line in net.process.incoming(node.id)]
    return f"{'、'.join(str(one.element) for one in inside)}从不这样办完"


def _uncaught(main: Explored, nodes: dict[str, Node]) -> Iterator[Fault]:
    """Errors that leave the flow itself: the step that throws them fails."""
    net = main.net
    for error, (name, way) in net.errors_at(main.space.passed).items():
        steps = [*shortest(net, net.starts, name.__eq__), (name, way)]
        words = f"抛出的错误“{error.code}”没有边界事件接住：{_after(net, steps)}事项会停在这里"
        yield Fault(error.element, f"{nodes[error.element].element}{words}。", net.process.id, tuple(walk(net, steps)))


def _unfinished(net: Net, space: Space) -> Fault:
    where = (
        f"子流程{net.process.nodes[net.scope].element}"
        if net.scope in net.process.nodes
        else f"流程“{net.process.name}”"
    )
    words = f"{where}的走法太多，查了 {len(space.after)} 种情形还没有查完是否都能走到结束，请少用并行或拆成几个流程。"
    return Fault(net.scope, words, net.process.id, warning=True)


def _after(net: Net, steps: Iterable[tuple[str, Way]]) -> str:
    """What was chosen and what happened last on the way."""
    made = [way.words for name, way in steps if len(net.ways[name]) > 1][-LAST:]
    return f"{'、'.join(made)}以后，" if made else ""
