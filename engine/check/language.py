"""What is written in the expression language: conditions, scripts, lengths, timers, and the names in them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from engine.check.flow import CheckedFlow, problem
from engine.diagram import Node
from engine.expressions import evaluate
from engine.expressions.compiled import Compiled
from engine.expressions.functions import PURE
from engine.expressions.nodes import Call
from engine.host import AT_START, FUNCTIONS
from engine.move import moment
from engine.texts import EXPRESSIONS, Text, decision_of, texts, timer_of
from errors import AppError, Problem

LENGTHS = frozenset(["workdays", "calendar_days", "hours", "office_hours"])
DURATION = re.compile(r"""["']?-?P[0-9T][0-9YMWDTHS.]*["']?""", re.IGNORECASE)


def expressions(flow: CheckedFlow) -> Iterator[Problem]:
    for text in (text for process in flow.processes for text in texts(process)):
        try:
            read = text.compile()
        except AppError as error:
            yield Problem(text.element, f"{text.shown} 的{text.place}：{error}")
            continue
        yield from (
            Problem(text.element, f"{text.shown} 的{text.place}{words}。") for words in _wrong(flow, text, read)
        )


def tables(flow: CheckedFlow) -> Iterator[Problem]:
    """What the decision tables in use call, and rows of theirs that say different things of the same case."""
    used = {decision_of(node) for node in flow.nodes("businessRuleTask")}
    for name in sorted(used & flow.decisions.keys()):
        table = flow.decisions[name]
        for call in table.calls:
            yield from (Problem(name, f"决策表“{table.name}”{words}。") for words in _call(flow, call))
        found = table.check()
        yield from found.overlaps
        yield from (replace(gap, warning=True) for gap in found.gaps)  # maybe nothing of that kind ever comes


def timers(flow: CheckedFlow) -> Iterator[Problem]:
    for node in flow.nodes():
        if node.element.event != "timer":
            continue
        source = timer_of(node)
        if node.child("bpmn:timerEventDefinition/bpmn:timeCycle") is not None:
            yield problem(node, "用了周期定时，请改用开始事件的 period_start(…)，或画成回路")
        elif not source:
            yield problem(node, "没有写明到什么时候")
        elif DURATION.fullmatch(source):
            yield problem(node, f"的定时“{source}”要写成 workdays(2)、hours(1) 这样的时长")
        else:
            yield from _fixed_time(flow, node, source)


def limits(flow: CheckedFlow) -> Iterator[Problem]:
    """A limit that is no length would stop each case that comes there."""
    for node in flow.nodes():
        if source := node.element.properties.get("limit"):
            yield from _limit(flow, node, source)


def _limit(flow: CheckedFlow, node: Node, source: str) -> Iterator[Problem]:
    try:
        read = Text(node.id, "", "", source).compile()
    except AppError:
        return  # expressions() tells
    if not read.names and not read.functions & LENGTHS:
        yield problem(node, f"的时限长度“{source}”要写成 workdays(5)、hours(2) 这样的时长")
    yield from _fixed_length(flow, node, source)


def _fixed_length(flow: CheckedFlow, node: Node, source: str) -> Iterator[Problem]:
    """A length that depends on nothing can be told now."""
    read = Text(node.id, "", "", source).compile()
    if read.names or not read.functions or not read.functions <= LENGTHS:
        return
    try:
        count = evaluate(source, {}, dict.fromkeys(LENGTHS, lambda count: count))
    except AppError as error:
        yield problem(node, f"的时长“{source}”算不出来：{error}")
        return
    most = flow.around.longest
    if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= most:
        yield problem(node, f"的时长“{source}”，数量要是 0 到 {most} 的整数")


def _fixed_time(flow: CheckedFlow, node: Node, source: str) -> Iterator[Problem]:
    """A timer that depends on nothing can be tried now."""
    try:
        read = Text(node.id, "", "", source).compile()
        if not read.names and not read.functions:
            moment(evaluate(source, {}))
        yield from _fixed_length(flow, node, source)
    except AppError as error:
        yield Problem(node.id, f"{node.element} 的定时：{error}")


def _wrong(flow: CheckedFlow, text: Text, read: Compiled) -> Iterator[str]:
    for function in sorted(read.functions - PURE.keys() - FUNCTIONS):
        yield f"调用了不存在的函数“{function}”"
    node = flow.node(text.element)
    if node is not None and node.kind == "startEvent" and text.place == EXPRESSIONS["available"]:
        for name in sorted(read.functions & FUNCTIONS - AT_START | read.names):
            yield f"用到“{name}”，那时事项还没有开始，只能用 {'、'.join(sorted(AT_START))}"
    for call in read.calls:
        yield from _call(flow, call)


def _call(flow: CheckedFlow, call: Call) -> Iterator[str]:
    """A name in quotes must be the name of something."""
    name = call.arguments[0] if call.arguments else None
    if call.function == "param" and isinstance(name, str) and name not in flow.around.parameters:
        yield f"用到的参数“{name}”不存在"
    if call.function in ("due", "met") and isinstance(name, str) and name.split(":")[0] not in flow.deadline_keys():
        yield f"用到的时限“{name}”没有在任何环节上开始"
    if call.function == "count" and isinstance(name, str) and flow.node(name) is None:
        yield f"要数的环节“{name}”不存在"
