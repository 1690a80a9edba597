"""What a flow owes to people, whatever it is about: nobody waits without end, no ladder ends in the air, whoever
asked is answered. docs/decisions/legality.md says what counts and why.
"""

import re
from collections.abc import Iterable, Iterator

from engine.check.flow import CheckedFlow, problem
from engine.check.routes import Place, Routes
from engine.check.work import around_of
from engine.diagram import Node, Process
from engine.expressions import compile_expression
from engine.expressions.compiled import Compiled
from engine.texts import LOOP, operator_of, parameters_of, texts_of, timer_of
from errors import Problem

CONSTANT = re.compile(r"(['\"])([^'\"]*)\1")
WAITS = frozenset({"userTask", "receiveTask", "intermediateCatchEvent", "eventBasedGateway"})


def waits(flow: CheckedFlow) -> Iterator[Problem]:
    """Every wait has a deadline or says why not."""
    routes = Routes(flow)
    for node in flow.nodes(*WAITS):
        if _is_wait(flow, node) and not (node.element.properties.get("noDeadline") or _timed(flow, routes, node)):
            yield problem(node, "没有时限：请写时限或画定时事件，确实没有的写明原因")


def answers(flow: CheckedFlow) -> Iterator[Problem]:
    """No route closes a case without a reply to whoever brought it. Only a person brings one: a timer asks nothing."""
    routes = Routes(flow)
    asked = [place for place in routes.starts() if _is_asked(routes.node(place))]
    silent, anywhere = (
        routes.walk(asked, stop=lambda place: _answers(routes.node(place)), aside=aside, undone=True)
        for aside in (False, True)
    )
    for place in sorted(anywhere):
        node = routes.node(place)
        closes = node.kind == "endEvent" and len(place) == 1 and node.scope == routes.main.id
        closes &= place in silent or node.element.event == "terminate"
        if closes and "noReply" not in node.element.properties:
            yield problem(node, "不答复提出人就能走到：请在路上答复并标明，确实不用答复的写明原因")


def ladders(flow: CheckedFlow) -> Iterator[Problem]:
    """Whoever urges or supervises a unit is followed by somebody else when the unit stays silent."""
    routes = Routes(flow)
    everywhere = routes.walk(routes.starts())
    for rung in sorted(place for place in everywhere if _escalates(flow, routes.node(place))):
        node = routes.node(rung)
        urged = _named(parameters_of(node).get("to", ""))
        key = node.element.properties.get("deadline")
        if key is None:
            if not _owned(routes, routes.after(rung), urged):
                yield problem(node, "以后没有负责的岗位，阶梯到不了责任人")
            continue
        lapses = [place for place in everywhere if _lapse(routes.node(place), key)]
        if not lapses:
            yield problem(node, f"的时限“{key}”到期没有人管，请画到期以后由谁接着督促")
        for lapse in sorted(lapses):
            if not _owned(routes, [lapse], urged):
                yield problem(routes.node(lapse), "以后没有负责的岗位，阶梯到不了责任人")


def reasons(flow: CheckedFlow) -> Iterator[Problem]:
    """A reason is a reason, a reply is a reply."""
    for node in flow.nodes():
        said = node.element.properties
        for name in ("noDeadline", "noReply"):
            if name in said and len(said[name]) < 4:
                yield problem(node, f"没有写明原因（{name}）")
        if said.get("reply", "yes") != "yes":
            yield problem(node, "的属性“reply”只能写 yes")
        if "noDeadline" in said and "deadline" in said:
            yield problem(node, "既有时限又写了没有时限的原因")
        if "noReply" in said and node.kind == "startEvent" and node.element.event is not None:
            yield problem(node, "按日历开始，没有提出人，不用写 noReply")


def _is_wait(flow: CheckedFlow, node: Node) -> bool:
    """A timer is a deadline, an event behind an event gateway waits as part of it, and the form that registers a case
    is handed in together with it."""
    if node.kind == "intermediateCatchEvent":
        return node.element.event != "timer" and not _behind_gateway(flow, node)
    return not (node.kind == "userTask" and _registers(flow, node))


def _timed(flow: CheckedFlow, routes: Routes, node: Node) -> bool:
    if _clocked(flow, node) or _until(flow, routes, node):
        return True
    around = around_of(flow, node)
    return bool(around) and all(_timed(flow, routes, one) for one in around)


def _clocked(flow: CheckedFlow, node: Node) -> bool:
    process = _process_of(flow, node)
    following = [process.nodes[line.target] for line in process.outgoing(node.id)]
    beside = process.attached(node.id) + (following if node.kind == "eventBasedGateway" else [])
    return bool(node.element.properties.get("deadline")) or any(one.element.event == "timer" for one in beside)


def _until(flow: CheckedFlow, routes: Routes, node: Node) -> bool:
    """A deadline that began before ends here, and there is no way here on which none began."""
    opening = {one.id for one in flow.nodes() if one.element.properties.get("until") == node.id}
    if not opening:
        return False
    without = routes.walk(routes.starts(), stop=lambda place: place[-1] in opening)
    return all(place[-1] != node.id for place in without)


def _registers(flow: CheckedFlow, node: Node) -> bool:
    main = flow.processes[0]
    return node.element.process == main.id and any(
        source.kind == "startEvent" and source.element.event is None
        for source in (main.nodes[line.source] for line in main.incoming(node.id))
    )


def _behind_gateway(flow: CheckedFlow, node: Node) -> bool:
    process = _process_of(flow, node)
    return any(process.nodes[line.source].kind == "eventBasedGateway" for line in process.incoming(node.id))


def _process_of(flow: CheckedFlow, node: Node) -> Process:
    return next(process for process in flow.processes if process.id == node.element.process)


def _is_asked(node: Node) -> bool:
    return node.element.event is None and "noReply" not in node.element.properties


def _answers(node: Node) -> bool:
    """Not if it is done for each of many: there may be none."""
    return "reply" in node.element.properties and node.child(LOOP) is None


def _escalates(flow: CheckedFlow, node: Node) -> bool:
    operator = operator_of(node) if node.kind == "serviceTask" else None
    return operator is not None and operator[0] in flow.around.escalating


def _lapse(node: Node, key: str) -> bool:
    """A timer that goes off when this deadline has passed."""
    if node.element.event != "timer":
        return False
    calls = compile_expression(timer_of(node) or "").calls
    return any(call.function == "due" and call.arguments[:1] == (key,) for call in calls)


def _owned(routes: Routes, begin: Iterable[Place], urged: frozenset[str]) -> bool:
    """Somebody is reached who is not of the unit that is urged."""
    return any(_is_owner(routes.node(place), urged) for place in routes.walk(begin))


def _is_owner(node: Node, urged: frozenset[str]) -> bool:
    """A post's task, or a service that names a post."""
    if node.kind == "userTask":
        return not (_named(node.element.properties.get("candidates", "")) & urged)
    if node.kind != "serviceTask":
        return False
    read = [text.compile() for text in texts_of(node)]
    return any("post" in one.functions and not (one.names | _units(one)) & urged for one in read)


def _named(expression: str) -> frozenset[str]:
    """The variables an expression reads, and in quotes the units that are written in it."""
    if not expression:
        return frozenset()
    read, constant = compile_expression(expression), CONSTANT.fullmatch(expression.strip())
    return read.names | _units(read) | ({f'"{constant[2]}"'} if constant else set())


def _units(read: Compiled) -> frozenset[str]:
    first = [call.arguments[0] for call in read.calls if call.function == "post" and call.arguments]
    return frozenset(f'"{unit}"' for unit in first if isinstance(unit, str))
