"""Branches of one parallel gateway that are not joined before work they all come to: it would be done once a branch."""

from collections import Counter
from collections.abc import Iterator

from engine.soundness.facts import RESTS, shortest
from engine.soundness.fault import Fault, fault
from engine.soundness.net import Net
from engine.soundness.traces import walk

NEAREST = 20  # work behind one gateway that is looked at, so that no drawing takes long


def doubled(net: Net) -> Iterator[Fault]:
    """Only what no choice avoids: branches that may come to the same work now and then are no fault."""
    for split, node in net.nodes.items():
        branches = [to for way in net.ways.get(split, ()) for to, _ in way.goes]
        if node.kind == "parallelGateway" and len(branches) > 1:
            for name in _work_in_common(net, branches):
                again = [branch for branch in branches if not _avoids(net, branch, name)]
                if len(again) > 1:
                    yield _fault(net, split, name, again)
                    break


def _work_in_common(net: Net, branches: list[str]) -> list[str]:
    """What two of the branches may come to before they can meet, the nearest."""
    reached = Counter(name for branch in branches for name in _reached(net, branch))
    common = [name for name, count in reached.items() if count > 1 and net.nodes[name].kind in RESTS]
    return common[:NEAREST]


def _reached(net: Net, branch: str, without: str = "") -> list[str]:
    found: dict[str, None] = {}
    waiting = [branch]
    for name in waiting:
        if name not in found and name != without:
            found[name] = None
            if name not in net.inputs:
                waiting += [to for way in net.ways[name] for to, _ in way.goes]
    return list(found)


def _avoids(net: Net, branch: str, name: str) -> bool:
    """Whether a token can end or meet another without this work."""
    around = _reached(net, branch, without=name)
    return name not in _reached(net, branch) or any(
        other in net.inputs or any(way.end for way in net.ways[other]) for other in around
    )


def _fault(net: Net, split: str, name: str, branches: list[str]) -> Fault:
    come = shortest(net, net.starts, lambda at: at == split)
    frames = walk(net, [*come, (split, net.ways[split][0])])
    for branch in branches:
        frames += walk(net, shortest(net, [branch], lambda at: at == name))
    count = len(branches)
    words = f"会办 {count} 遍：{net.nodes[split].element}分出的 {count} 路没有汇合就都走到这里，请先用并行网关汇合"
    return fault(net, name, words, frames)
