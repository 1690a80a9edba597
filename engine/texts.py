"""Every piece of our expression language on a diagram: where it stands and what it says."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.diagram import Node, Process
from engine.elements import MADE_UP, Element
from engine.expressions import compile_expression, compile_script
from engine.expressions.compiled import Compiled
from engine.markup import SPIFF

EXPRESSIONS = {
    "candidates": "办理岗位",
    "limit": "时限长度",
    "limitFrom": "时限起点",
    "limitGiven": "时限来由",
    "deadlineFor": "时限归谁",
    "itemLabel": "任务是哪一项",
    "available": "可用条件",
    "opens": "几时起可办",
    "title": "标题",
    "mark": "标记",
    "clue": "哪条线索",
}
LOOP = "bpmn:multiInstanceLoopCharacteristics"
PARTS = {
    f"{LOOP}/bpmn:loopCardinality": "多实例个数",
    f"{LOOP}/bpmn:completionCondition": "多实例完成条件",
    "bpmn:timerEventDefinition/bpmn:timeDuration": "定时",
    "bpmn:timerEventDefinition/bpmn:timeDate": "定时",
}


@dataclass(frozen=True)
class Text:
    """An expression or script and where it stands."""

    element: str  # id of the node or sequence flow
    shown: str  # that element as a designer sees it
    place: str
    source: str
    script: bool = False

    def compile(self) -> Compiled:
        """Raises ExpressionError."""
        return compile_script(self.source) if self.script else compile_expression(self.source)


def texts(process: Process) -> Iterator[Text]:
    """All of one process."""
    for flow in process.flows:
        if flow.condition is not None:
            yield Text(flow.id, _flow_name(process, flow.source, flow.name, flow.id), "条件", flow.condition)
    for node in process.nodes.values():
        yield from texts_of(node)


def texts_of(node: Node) -> Iterator[Text]:
    shown = str(node.element)
    for name, place in EXPRESSIONS.items():
        if name in node.element.properties:
            yield Text(node.id, shown, place, node.element.properties[name])
    for path, place in PARTS.items():
        source = node.text(path)
        if source is not None:
            yield Text(node.id, shown, place, source)
    if node.kind == "scriptTask":
        yield Text(node.id, shown, "脚本", node.text("bpmn:script") or "", script=True)
    for name, source in parameters_of(node).items():
        yield Text(node.id, shown, f"参数 {name}", source)


def timer_of(node: Node) -> str | None:
    """The expression of a timer event."""
    for path, place in PARTS.items():
        if place == "定时" and (source := node.text(path)) is not None:
            return source
    return None


def loop_names(node: Node) -> set[str]:
    """Variables that a multi-instance reads, and the one it collects from each instance."""
    names = {node.text(f"{LOOP}/bpmn:loopDataInputRef")}
    item = node.child(f"{LOOP}/bpmn:outputDataItem")
    if item is not None:
        names.add(item.get("id"))
    return {name for name in names if name}


def operator_of(node: Node) -> tuple[str, dict[str, str]] | None:
    """The handler a service task names, and its parameters with their types."""
    operator = node.child("bpmn:extensionElements/spiff:serviceTaskOperator")
    if operator is None:
        return None
    parameters = operator.iterfind(f".//{{{SPIFF}}}parameter")
    return operator.get("id", ""), {entry.get("id", ""): entry.get("type", "") for entry in parameters}


def result_of(node: Node) -> str:
    """The variable that a service task's answer becomes; "" where it is let go."""
    operator = node.child("bpmn:extensionElements/spiff:serviceTaskOperator")
    return operator.get("resultVariable", "") if operator is not None else ""


def parameters_of(node: Node) -> dict[str, str]:
    """The expression of each parameter that a service task gives its handler."""
    entries = node.xml.iterfind(f".//{{{SPIFF}}}serviceTaskOperator//{{{SPIFF}}}parameter")
    return {entry.get("id", ""): entry.get("value", "") for entry in entries}


def decision_of(node: Node) -> str:
    return node.text("bpmn:extensionElements/spiff:calledDecisionId") or ""


def shown(process: Process, element: str) -> str:
    node: Node | None = process.nodes.get(element)
    return str(node.element) if node else f"「{element}」"


def _flow_name(process: Process, source: str, name: str, flow: str) -> str:
    before: Element | None = process.nodes[source].element if source in process.nodes else None
    label = f"「{name}」（{flow}）" if name else f"（{flow}）" if MADE_UP.fullmatch(flow) else f"「{flow}」"
    return f"{before} 的出路{label}" if before else f"连线{label}"
