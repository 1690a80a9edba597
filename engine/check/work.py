"""What an element says about itself: properties, forms, deadlines, handlers, decisions."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from engine.check.flow import CheckedFlow, problem
from engine.diagram import Node
from engine.forms.narrowing import HIDDEN, READONLY
from engine.markup import SPIFF
from engine.reading import PROPERTY, read_properties
from engine.texts import LOOP, decision_of, operator_of, parameters_of
from errors import Problem

ANYWHERE = frozenset({"clauses", "status", "voids", "confidential", "mark"})
WAITS = frozenset({"noDeadline"})
TIMED = frozenset({"deadline", "deadlineName", "limit", "limitFrom", "limitGiven", "limitClauses", "until"})
SPOKEN = frozenset({"form", "available", "unavailable"})
RECEIVER = re.compile(r"[a-z0-9_]+:[a-z0-9_]+")
AUTOMATIC = frozenset(
    ["scriptTask", "serviceTask", "businessRuleTask", "startEvent", "boundaryEvent", "intermediateThrowEvent"]
)
PLACES = {  # kind -> properties it may have besides those that stand anywhere
    "userTask": TIMED
    | WAITS
    | {"candidates", "form", "opens", "registrars", "reply", "clue", "notBy", "reporter", "deadlineFor", "itemLabel"}
    | {"alsoDue", "sendBack", HIDDEN, READONLY},
    "callActivity": TIMED | {"deadlineFor", "itemLabel"},
    "subProcess": TIMED | {"deadlineFor", "itemLabel"},
    "intermediateCatchEvent": TIMED | SPOKEN | WAITS | {"reporter"},
    "receiveTask": TIMED | SPOKEN | WAITS,
    "eventBasedGateway": WAITS,
    **dict.fromkeys(AUTOMATIC, TIMED),
    "boundaryEvent": TIMED | SPOKEN | {"reporter"},
    "startEvent": TIMED | {"form", "noReply", "underWay", "title", "available", "unavailable", "receiver", "channel"},
    "serviceTask": TIMED | {"reply"},
    "endEvent": frozenset({"noReply"}),
}
NAMES = ANYWHERE.union(*PLACES.values())


def properties(flow: CheckedFlow) -> Iterator[Problem]:
    for node in flow.nodes():
        allowed = ANYWHERE | PLACES.get(node.kind, frozenset())
        for name in node.element.properties:
            if name in allowed:
                continue
            if name in NAMES:
                yield problem(node, f"是{node.element.kind_name}，不能有属性“{name}”")
            else:
                close = get_close_matches(name, sorted(NAMES), 1)
                hint = f"，是不是“{close[0]}”" if close else ""
                yield problem(node, f"的属性“{name}”不认识{hint}")
        if len(read_properties(node.xml)) != len(node.xml.findall(PROPERTY)):
            yield problem(node, "有同名的属性")


def tasks(flow: CheckedFlow) -> Iterator[Problem]:
    for node in flow.nodes("userTask"):
        if not node.element.properties.get("candidates"):
            yield problem(node, "没有写明由哪个岗位办理")
        if not node.element.properties.get("form"):
            yield problem(node, "没有表单")
    for node in flow.nodes():
        form = node.element.properties.get("form")
        if form and form not in flow.forms:
            yield problem(node, f"的表单“{form}”不存在")
        for earlier in node.element.properties.get("notBy", "").split():
            if earlier not in {task.id for task in flow.nodes("userTask")}:
                yield problem(node, f"不得由办理“{earlier}”的人办理，但没有这个任务")
        if node.element.properties.get("sendBack", "none") not in ("any", "none"):
            yield problem(node, "的退回只能写 any（也可退回其他单位）或 none（不能退回）")
        if "unavailable" in node.element.properties and "available" not in node.element.properties:
            yield problem(node, "写了不可用的说明，却没有写条件")
        if "available" in node.element.properties and node.kind == "startEvent" and node.element.event != "timer":
            yield problem(node, "不按日历开始，不能写可用条件")
        if "title" in node.element.properties and node.kind == "startEvent" and node.element.event != "timer":
            yield problem(node, "不按日历开始，标题由登记的人填，不能写标题的表达式")


def public_starts(flow: CheckedFlow) -> Iterator[Problem]:
    """Where people who have no account begin a case themselves: with a form, for a post, by a channel."""
    for node in flow.nodes("startEvent"):
        said = node.element.properties
        if not {"receiver", "channel"} & said.keys():
            continue
        if node.element.event != "message":
            yield problem(node, "不是消息开始事件，不能由企业群众网上提交")
        if not RECEIVER.fullmatch(said.get("receiver", "")):
            yield problem(node, "没有写明由哪个岗位登记，应为“单位代号:角色代号”")
        if not said.get("channel"):
            yield problem(node, "没有写明受理渠道")
        if not said.get("form"):
            yield problem(node, "没有网上提交的表单")


def reporters(flow: CheckedFlow) -> Iterator[Problem]:
    """What whoever brought the case does on /query: with a form that anybody can fill in, and a button."""
    for node in flow.nodes():
        said = node.element.properties
        if "reporter" not in said:
            continue
        if node.kind != "userTask" and node.element.event != "message":
            yield problem(node, "不是消息事件，反映人不能在查询页上办")
        if not said["reporter"].strip():
            yield problem(node, "没有写明查询页上的按钮叫什么")
        form = flow.forms.get(said.get("form", ""))
        if not said.get("form"):
            yield problem(node, "由反映人在查询页上填，却没有表单")
        if form is not None and form.lists:
            yield problem(node, f"由反映人在查询页上填，表单“{form.key}”不能用单位、事项的名单")


def deadlines(flow: CheckedFlow) -> Iterator[Problem]:
    for node in flow.nodes():
        said = node.element.properties
        if said.get("deadline") and not said.get("limit"):
            yield problem(node, "开始计时，却没有写时限长度")
        if not said.get("deadline") and TIMED & said.keys():
            yield problem(node, "写了时限的细节，却没有写时限的名字")
        if said.get("deadline") and node.kind in AUTOMATIC and said.get("until", node.id) == node.id:
            yield problem(node, "不等人办理，开始的时限要写明到哪个环节为止")
        if others := set(said.get("limitClauses", "").split()) - set(node.element.clauses):
            yield problem(node, f"的时限依据{'、'.join(sorted(others))}，不在这个环节的条款里")
        if said.get("until") and flow.node(said["until"]) is None:
            yield problem(node, f"的时限要等到“{said['until']}”办完，但没有这个环节")
        for key in said.get("voids", "").split():
            if key not in flow.deadline_keys():
                yield problem(node, f"要作废的时限“{key}”没有在任何环节上开始")
        for key in said.get("alsoDue", "").split():
            if key not in flow.deadline_keys():
                yield problem(node, f"还要守的时限“{key}”没有在任何环节上开始")
        if said.get("deadline") and (around := _parallel_around(flow, node)):
            yield problem(node, f"在并行的多实例{around.element}里，请在那里写明时限归谁，不然几家共用一个")
        if "deadlineFor" in said and node.kind == "userTask" and not said.get("deadline"):
            yield problem(node, "没有时限，不用写时限归谁")
        if "deadlineFor" in said and node.kind != "userTask" and node.child(LOOP) is None:
            yield problem(node, "不是多实例，不用写时限归谁")
        if "itemLabel" in said and node.kind != "userTask" and node.child(LOOP) is None:
            yield problem(node, "不是多实例，不用写任务是哪一项")


#: A text as an expression writes it, and a post as it is kept.
_TEXT = re.compile(r"""\s*["'](.*)["']\s*""")
_POST = re.compile(r"post:\w+:\w+")


def services(flow: CheckedFlow) -> Iterator[Problem]:
    for node in flow.nodes("serviceTask"):
        operator = operator_of(node)
        if operator is None:
            yield problem(node, "没有选定服务")
            continue
        handler, given = operator
        if handler not in flow.around.handlers:
            close = get_close_matches(handler, sorted(flow.around.handlers), 1)
            yield problem(node, f"用的服务“{handler}”不存在{f'，是不是“{close[0]}”' if close else ''}")
            continue
        takes = flow.around.handlers[handler]
        for name in sorted(given.keys() - takes.keys()):
            yield problem(node, f"的服务“{flow.around.service(handler)}”没有参数“{name}”")
        for name in sorted(name for name, required in takes.items() if required and name not in given):
            yield problem(node, f"的服务“{flow.around.service(handler)}”没有填“{flow.around.service(handler, name)}”")
        for name, source in parameters_of(node).items():
            words = _TEXT.fullmatch(source)
            if words and words[1] and f"{handler}:{name}" in flow.around.to_posts and not _POST.fullmatch(words[1]):
                yield problem(node, f"要告诉的岗位写成了文字“{words[1]}”，谁也收不到，请从列表里选一个岗位")
        for parameter in node.xml.iterfind(f".//{{{SPIFF}}}parameter"):
            if not parameter.get("value", "").strip() or not parameter.get("type"):
                yield problem(node, f"的参数“{flow.around.service(handler, parameter.get('id', ''))}”没有写完整")


def decisions(flow: CheckedFlow) -> Iterator[Problem]:
    for node in flow.nodes("businessRuleTask"):
        decision = decision_of(node)
        if not decision:
            yield problem(node, "没有选定决策表")
        elif decision not in flow.decisions:
            yield problem(node, f"用的决策表“{decision}”不存在")
    for node in flow.nodes("scriptTask"):
        if not node.text("bpmn:script"):
            yield problem(node, "没有写脚本")


def _parallel_around(flow: CheckedFlow, node: Node) -> Node | None:
    """The parallel multi-instance that a node runs in, directly or through calls, and that keeps no deadlines apart."""
    seen: set[str] = set()
    waiting = [node]
    while waiting:
        inside = waiting.pop()
        for around in around_of(flow, inside):
            loop = around.child(LOOP)
            parallel = loop is not None and loop.get("isSequential") != "true"
            if parallel and "deadlineFor" not in around.element.properties:
                return around
            if around.id not in seen:
                seen.add(around.id)
                waiting.append(around)
    return None


def around_of(flow: CheckedFlow, node: Node) -> list[Node]:
    """The subprocess around a node, or the call activities that call its process."""
    subprocess = flow.node(node.scope)
    if subprocess is not None:
        return [subprocess]
    return [call for call in flow.nodes("callActivity") if call.xml.get("calledElement") == node.element.process]
