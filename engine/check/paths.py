"""Whether every token that starts can end: flows, gateways, loops, calls."""

from collections.abc import Iterable, Iterator, Mapping

from engine.check.flow import CheckedFlow, problem, scopes
from engine.diagram import SUBPROCESSES, Flow, Node, Process
from engine.limits import MAX_CALL_DEPTH, MAX_NODES
from engine.reach import reached
from errors import Problem

CHOICES = frozenset({"exclusiveGateway", "inclusiveGateway", "eventBasedGateway"})
GATEWAYS = CHOICES | {"parallelGateway", "complexGateway"}
RESTS = frozenset(
    ["userTask", "receiveTask", "intermediateCatchEvent", "eventBasedGateway", "callActivity", "subProcess"]
)  # where a case comes to rest, or may


def sizes(flow: CheckedFlow) -> Iterator[Problem]:
    for process in flow.processes:
        if len(process.nodes) > MAX_NODES:
            yield Problem(process.id, f"流程“{process.name}”的元素超过 {MAX_NODES} 个，请拆成几个流程。")
        if not process.executable:
            yield Problem(process.id, f"流程“{process.name}”没有勾选“可执行”。")
    yield from _call_depth(flow, flow.processes[0], ())


def flows(flow: CheckedFlow) -> Iterator[Problem]:
    for process in flow.processes:
        for line in process.flows:
            ends = [process.nodes.get(line.source), process.nodes.get(line.target)]
            if ends[0] is None or ends[1] is None:
                yield Problem(line.id, f"连线「{line.id}」的一端没有连上。")
            elif ends[0].scope != ends[1].scope:
                yield Problem(line.id, f"连线「{line.id}」跨过了子流程的边界。")


def ends(flow: CheckedFlow) -> Iterator[Problem]:
    for process in flow.processes:
        for scope, nodes in scopes(process).items():
            starts = [node for node in nodes if node.kind == "startEvent"]
            where = f"子流程{process.nodes[scope].element}" if scope in process.nodes else f"流程“{process.name}”"
            if not starts or (scope in process.nodes and len(starts) > 1):
                yield Problem(scope, f"{where}必须有{'且只有一个' if scope in process.nodes else ''}开始事件。")
            if not any(node.kind == "endEvent" for node in nodes):
                yield Problem(scope, f"{where}没有结束事件。")
        for node in process.nodes.values():
            yield from _ways(process, node)


def reach(flow: CheckedFlow) -> Iterator[Problem]:
    """SpiffWorkflow drops what no token can reach, without a word."""
    for process in flow.processes:
        after, before = _graph(process)
        for nodes in scopes(process).values():
            starts = {node.id for node in nodes if node.kind == "startEvent"}
            finals = {node.id for node in nodes if node.kind == "endEvent"}
            reached, ending = _closure(starts, after), _closure(finals, before)
            for node in nodes:
                if node.id not in reached and starts:
                    yield problem(node, "从开始事件走不到")
                elif node.id not in ending and finals:
                    yield problem(node, "之后走不到任何结束事件")


def gateways(flow: CheckedFlow) -> Iterator[Problem]:
    for process in flow.processes:
        for node in process.nodes.values():
            yield from _conditions(process, node)
            if node.kind == "eventBasedGateway":
                yield from _first_event(process, node)


def loops(flow: CheckedFlow) -> Iterator[Problem]:
    """Boundary events may lead back: they are no flow of the loop itself."""
    for process in flow.processes:
        after: dict[str, set[str]] = {}
        for line in process.flows:
            source = process.nodes.get(line.source)
            if source is not None and source.kind != "boundaryEvent":
                after.setdefault(line.source, set()).add(line.target)
        choosing = {n.id for n in process.nodes.values() if n.kind in CHOICES and len(process.outgoing(n.id)) > 1}
        resting = {n.id for n in process.nodes.values() if n.kind in RESTS}
        for name in _first_cycle(after, choosing):
            yield problem(process.nodes[name], "所在的一圈没有网关可以离开，请加排他网关")
        for name in _first_cycle(after, resting):
            yield problem(process.nodes[name], "所在的一圈没有需要等待的环节，会不停地运行")


def _ways(process: Process, node: Node) -> Iterator[Problem]:
    incoming, outgoing = process.incoming(node.id), process.outgoing(node.id)
    if node.kind in ("startEvent", "boundaryEvent") and incoming:
        yield problem(node, "不能有进入的连线")
    if node.kind == "endEvent" and outgoing:
        yield problem(node, "是结束事件，不能有离开的连线")
    if node.kind != "endEvent" and not outgoing:
        yield problem(node, "没有离开的连线")
    if len(outgoing) > 1 and node.kind not in GATEWAYS:
        yield problem(node, "有不止一条离开的连线，请在后面加网关")


def _conditions(process: Process, node: Node) -> Iterator[Problem]:
    outgoing = process.outgoing(node.id)
    conditional = [line for line in outgoing if line.condition is not None]
    default = node.xml.get("default")
    if default and default not in {line.id for line in outgoing}:
        yield problem(node, f"的默认出路“{default}”不是它自己的连线")
    if node.kind not in ("exclusiveGateway", "inclusiveGateway"):
        if conditional:
            yield problem(node, "的出路上不能写条件，请用排他或包容网关")
        return
    if len(outgoing) == 1 and conditional:
        yield problem(node, "只有一条出路，不需要条件")
    if len(outgoing) > 1:
        if not default and not (node.kind == "inclusiveGateway" and any(map(_always, conditional))):
            yield problem(node, "没有默认出路，条件都不成立时事项会停住")
        if any(not line.condition for line in outgoing if line.id != default):
            yield problem(node, "的出路有的没有写条件")


def _always(line: Flow) -> bool:
    return (line.condition or "").lower() == "true"


def _first_event(process: Process, node: Node) -> Iterator[Problem]:
    following = [process.nodes[line.target] for line in process.outgoing(node.id) if line.target in process.nodes]
    if len(following) < 2:
        yield problem(node, "至少要有两种等待的事件")
    for after in following:
        if after.kind != "intermediateCatchEvent" or len(process.incoming(after.id)) != 1:
            yield problem(after, "在事件网关之后，只能是从这个网关进入的中间捕获事件")
        elif after.element.properties.get("deadline"):
            yield problem(after, "在事件网关之后，时限要写在网关前面的环节上")


def _call_depth(flow: CheckedFlow, process: Process, above: tuple[str, ...]) -> Iterator[Problem]:
    chain = (*above, process.id)
    for node in process.nodes.values():
        called = flow.known.get(node.xml.get("calledElement", "")) if node.kind == "callActivity" else None
        if called is None:
            continue
        if called.id in chain:
            yield problem(node, f"绕回来调用了“{called.name}”自己")
        elif len(chain) + _nesting(process, node) >= MAX_CALL_DEPTH:
            yield problem(node, f"调用的层数超过 {MAX_CALL_DEPTH} 层")
        else:
            yield from _call_depth(flow, called, chain)


def _nesting(process: Process, node: Node) -> int:
    depth = 0
    while node.scope in process.nodes and process.nodes[node.scope].kind in SUBPROCESSES:
        node = process.nodes[node.scope]
        depth += 1
    return depth


def _graph(process: Process) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Where a token may go from each node, and whence it may have come."""
    after: dict[str, set[str]] = {}
    before: dict[str, set[str]] = {}
    steps = [(line.source, line.target) for line in process.flows]
    steps += [(node.element.attached_to, node.id) for node in process.nodes.values() if node.element.attached_to]
    for source, target in steps:
        after.setdefault(source, set()).add(target)
        before.setdefault(target, set()).add(source)
    return after, before


def _closure(begin: Iterable[str], steps: Mapping[str, set[str]]) -> set[str]:
    return reached(begin, lambda name: steps.get(name, ()))


def _first_cycle(after: Mapping[str, set[str]], without: set[str]) -> list[str]:
    """A node on a cycle that avoids some nodes; none if there is no such cycle. Peels off what lies on no cycle."""
    left = {name: {to for to in targets if to not in without} for name, targets in after.items() if name not in without}
    while True:
        done = {name for name, targets in left.items() if not targets & left.keys()}
        if not done:
            break
        left = {name: targets for name, targets in left.items() if name not in done}
    return _on_cycle(left)


def _on_cycle(left: Mapping[str, set[str]]) -> list[str]:
    """Every node left leads to a cycle: follow any way until a node comes again."""
    if not left:
        return []
    name, seen = min(left), set()
    while name not in seen:
        seen.add(name)
        name = min(left[name] & left.keys())
    return [name]
