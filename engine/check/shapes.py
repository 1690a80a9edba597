"""What may be drawn at all: kinds of elements, kinds of events, ids, references."""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from engine.check.flow import CheckedFlow, problem
from engine.diagram import Node
from engine.limits import MAX_INSTANCES
from engine.markup import BPMN, SPIFF, tag
from engine.texts import LOOP
from errors import Problem

KINDS = {  # kinds that are refused, and what to draw instead
    "task": "没有类型，请改成用户任务、服务任务、脚本任务或业务规则任务",
    "manualTask": "是手工任务，请改成用户任务",
    "sendTask": "是发送任务，请改成服务任务",
    "complexGateway": "是复杂网关，系统不支持，请改用排他、并行或包容网关",
    "transaction": "是事务子流程，系统不支持，请改用普通子流程",
    "adHocSubProcess": "是即席子流程，系统不支持，请改用普通子流程",
}
EVENTS = {  # where an event stands -> what it may wait for or throw
    "startEvent": {"message", "timer"},
    "endEvent": {"error", "escalation", "terminate"},
    "intermediateCatchEvent": {"message", "timer", "signal"},
    "intermediateThrowEvent": {"escalation", "signal"},
    "boundaryEvent": {"message", "timer", "signal", "error", "escalation"},
}
EVENT_NAMES = {
    "message": "消息",
    "timer": "定时",
    "signal": "信号",
    "error": "错误",
    "escalation": "升级",
    "terminate": "终止",
    "link": "链接",
    "compensate": "补偿",
    "conditional": "条件",
    "cancel": "取消",
}
ACTIVITIES = frozenset(
    ["userTask", "serviceTask", "scriptTask", "businessRuleTask", "receiveTask", "callActivity", "subProcess"]
)
EXTENSIONS = frozenset({"properties", "serviceTaskOperator", "calledDecisionId"})
TAKEN = frozenset({"Start", "End", "Root", "StartEventSplit", "StartEventJoin"})  # SpiffWorkflow's own names


def kinds(flow: CheckedFlow) -> Iterator[Problem]:
    for node in flow.nodes():
        if node.kind in KINDS:
            yield problem(node, KINDS[node.kind])
        if node.kind == "subProcess" and node.xml.get("triggeredByEvent") == "true":
            yield problem(node, "是事件子流程，系统不支持，请改用边界事件")
        if node.child("bpmn:standardLoopCharacteristics") is not None:
            yield problem(node, "用了循环标记，请改画排他网关和回退的连线")


def events(flow: CheckedFlow) -> Iterator[Problem]:
    for node in flow.nodes(*EVENTS):
        kinds_here = [tag(event).removesuffix("EventDefinition") for event in node.events()]
        if len(kinds_here) > 1:
            yield problem(node, "一次等待多种事件，请分开画")
        for kind in kinds_here:
            if kind not in EVENTS[node.kind]:
                yield problem(node, f"用了这里不支持的{EVENT_NAMES.get(kind, kind)}事件")
        if node.kind == "startEvent" and kinds_here and node.scope != node.element.process:
            yield problem(node, "在子流程里，只能是普通的开始事件")
        if node.kind in ("boundaryEvent", "intermediateCatchEvent") and not kinds_here:
            yield problem(node, "没有写明等待什么")
        if kinds_here == ["error"] and node.kind == "boundaryEvent" and not node.element.interrupting:
            yield problem(node, "是错误事件，必须中断所在的环节")


def boundaries(flow: CheckedFlow) -> Iterator[Problem]:
    for node in flow.nodes("boundaryEvent"):
        on = flow.node(node.element.attached_to or "")
        if on is None or on.kind not in ACTIVITIES or on.scope != node.scope:
            yield problem(node, "没有贴在任务、调用活动或子流程上")


def ids(flow: CheckedFlow) -> Iterator[Problem]:
    """Ids become variables, keys of rows and names inside SpiffWorkflow: one thing, one id."""
    items = _items(flow)
    for repeated in sorted(_repeated(flow)):
        if len(nodes := items.get(repeated, [])) > 1:
            named = "、".join(str(node.element) for node in nodes)
            why = "标识在一个文件里不能重复，绘图工具打开时会丢掉后一个"
            yield Problem(nodes[-1].id, f"{named} 的多实例都把每一项叫“{repeated}”，{why}；请各起一个名字。")
        else:
            yield Problem(repeated, f"标识“{repeated}”用了不止一次，每个元素的标识必须不同。")
    for node in flow.nodes():
        if not node.id:
            yield Problem("", f"流程“{node.element.process}”里有一个元素没有标识。")
        elif node.id in TAKEN or node.id.endswith(
            (".EndJoin", ".BoundaryEventSplit", ".BoundaryEventJoin", " [child]")
        ):
            yield problem(node, "的标识是系统保留的，请换一个")


def references(flow: CheckedFlow) -> Iterator[Problem]:
    """Each event and receive task must name something that the same file defines."""
    for node in flow.nodes():
        holders = [node.xml] if node.kind == "receiveTask" else node.events()
        for holder in holders:
            kind = "message" if node.kind == "receiveTask" else tag(holder).removesuffix("EventDefinition")
            if kind not in ("message", "error", "escalation", "signal"):
                continue
            wanted = holder.get(f"{kind}Ref")
            if not wanted:
                yield problem(node, f"没有选定{EVENT_NAMES[kind]}")
            elif not _defines(node, kind, wanted):
                yield problem(node, f"引用的{EVENT_NAMES[kind]}“{wanted}”不存在")


def catchers(flow: CheckedFlow) -> Iterator[Problem]:
    caught = {(event, code) for node in flow.nodes("boundaryEvent") for event, code in _codes(node)}
    for node in flow.nodes("endEvent"):
        for event, code in _codes(node):
            if event == "error" and (event, code) not in caught and (event, None) not in caught:
                yield problem(node, f"抛出的错误“{code}”没有边界事件接住")


def calls(flow: CheckedFlow) -> Iterator[Problem]:
    for node in flow.nodes("callActivity"):
        called = node.xml.get("calledElement")
        if not called:
            yield problem(node, "没有选定要调用的流程")
        elif called not in flow.known:
            yield problem(node, f"调用的流程“{called}”不存在")
        elif not flow.known[called].executable:
            yield problem(node, f"调用的流程“{called}”没有勾选“可执行”")


def extensions(flow: CheckedFlow) -> Iterator[Problem]:
    """Scripts before and after, payloads, instructions: SpiffWorkflow would run some, and nobody would see them."""
    for node in flow.nodes():
        for found in node.xml.iterfind(f"{{{BPMN}}}extensionElements/{{{SPIFF}}}*"):
            name = etree.QName(found).localname
            if name not in EXTENSIONS:
                yield problem(node, f"带有系统不读的扩展“{name}”，请删除；需要计算请画脚本任务")
        for name in ("dataInputAssociation", "dataOutputAssociation", "ioSpecification"):
            if node.child(f"bpmn:{name}") is not None:
                yield problem(node, "连了数据对象，数据对象只作说明，请去掉连线")


def many(flow: CheckedFlow) -> Iterator[Problem]:
    for node in flow.nodes():
        if node.child(LOOP) is None:
            continue
        count, items = node.text(f"{LOOP}/bpmn:loopCardinality"), node.text(f"{LOOP}/bpmn:loopDataInputRef")
        item = node.child(f"{LOOP}/bpmn:inputDataItem")
        if bool(count) == bool(items):
            yield problem(node, "的多实例要么写个数，要么写清单变量")
        if items and (item is None or not (item.get("id") or "").isidentifier()):
            yield problem(node, "的多实例没有写明每一项叫什么变量（输入项的标识）")
        if count and count.isdecimal() and int(count[:9]) > MAX_INSTANCES:
            yield problem(node, f"的多实例超过 {MAX_INSTANCES} 个")


def _repeated(flow: CheckedFlow) -> set[str]:
    """Twice in one file, or on elements of two files: what a case passes is told apart by id alone."""
    roots = {process.filename: process.xml.getroottree().getroot() for process in flow.processes}
    in_files = [Counter(found.get("id") for found in root.iter(f"{{{BPMN}}}*")) for root in roots.values()]
    across = Counter(node.id for node in flow.nodes()) + Counter(process.id for process in flow.processes)
    repeated = {name for counted in [*in_files, across] for name, count in counted.items() if name and count > 1}
    return repeated.union(*(process.repeated for process in flow.processes))


def _items(flow: CheckedFlow) -> dict[str, list[Node]]:
    """What multi-instances call an item, with those that do, in the order of the drawing."""
    found: dict[str, list[Node]] = {}
    for node in flow.nodes():
        items = [node.child(f"{LOOP}/bpmn:{item}") for item in ("inputDataItem", "outputDataItem")]
        for name in {item.get("id", "") for item in items if item is not None}:
            found.setdefault(name, []).append(node)
    return found


def _defines(node: Node, kind: str, wanted: str) -> bool:
    root = node.xml.getroottree().getroot()
    return any(found.get("id") == wanted for found in root.iter(f"{{{BPMN}}}{kind}"))


def _codes(node: Node) -> Iterator[tuple[str, str | None]]:
    root = node.xml.getroottree().getroot()
    for event in node.events():
        kind = tag(event).removesuffix("EventDefinition")
        if kind in ("error", "escalation"):
            found = [one for one in root.iter(f"{{{BPMN}}}{kind}") if one.get("id") == event.get(f"{kind}Ref")]
            yield kind, found[0].get(f"{kind}Code") if found else None
