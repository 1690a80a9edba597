"""BPMN from a few lines of Python, for tests.

    diagram(
        "p",
        start(), user("A", form="F"), xor("G", default="end"), end(),
        flows="start A G; G -> A: again",
    )

A flow line is `a b c` (a chain) or `a -> b: condition`; lines are separated by `;` or line ends.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="http://bihuan/test">'
)

#: What a drawing shows, in the XML made here: the id is the first attribute.
DRAWN = re.compile(r'<bpmn:(?:\w+(?:Task|Event|Gateway|Process)|task|callActivity|sequenceFlow) id="([^"]+)"')

#: A table of one rule; `{cell}` is its condition on `kind`.
DMN = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
<decision id="kinds" name="kinds"><decisionTable id="t" hitPolicy="UNIQUE">
<input id="i"><inputExpression id="ie" typeRef="string"><text>kind</text></inputExpression></input>
<output id="o" name="level" typeRef="string"/>
<rule id="r"><inputEntry id="c"><text>{cell}</text></inputEntry>
<outputEntry id="x"><text>"high"</text></outputEntry></rule>
</decisionTable></decision></definitions>"""


@dataclass(frozen=True)
class Shape:
    tag: str
    id: str
    name: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    extensions: str = ""
    content: str = ""  # before loops and flows
    loop: str = ""

    def xml(self) -> str:
        attributes = "".join(f" {name}={quoteattr(value)}" for name, value in self.attributes)
        entries = "".join(
            f"<spiffworkflow:property name={quoteattr(name)} value={quoteattr(value)}/>"
            for name, value in self.properties
        )
        properties = f"<spiffworkflow:properties>{entries}</spiffworkflow:properties>" if entries else ""
        extensions = f"<bpmn:extensionElements>{properties}{self.extensions}</bpmn:extensionElements>"
        inside = (extensions if properties or self.extensions else "") + self.loop + self.content
        name = f" name={quoteattr(self.name)}" if self.name else ""
        return f"<bpmn:{self.tag} id={quoteattr(self.id)}{name}{attributes}>{inside}</bpmn:{self.tag}>"


def diagram(
    key: str, *shapes: Shape | str, flows: str = "", lanes: dict[str, str] | None = None, name: str = ""
) -> bytes:
    """A file with one process. Strings among the shapes are raw XML for the definitions (messages, errors)."""
    return file(process(key, *shapes, flows=flows, lanes=lanes, name=name))


def file(*parts: str) -> bytes:
    roots = "".join(part for part in parts)
    return f"{HEAD}{roots}{_drawn(roots)}</bpmn:definitions>".encode()


def _drawn(roots: str) -> str:
    """Every element is on the drawing, wherever."""
    shapes = "".join(
        f'<bpmndi:BPMNShape id="di{number}" bpmnElement="{id_}"/>'
        for number, id_ in enumerate(dict.fromkeys(DRAWN.findall(roots)))
    )
    return f'<bpmndi:BPMNDiagram id="di"><bpmndi:BPMNPlane id="plane">{shapes}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'


def process(
    key: str, *shapes: Shape | str, flows: str = "", lanes: dict[str, str] | None = None, name: str = ""
) -> str:
    roots = "".join(shape for shape in shapes if isinstance(shape, str))
    drawn = [shape for shape in shapes if isinstance(shape, Shape)]
    lane_set = _lanes(lanes or {})
    body = lane_set + body_of(drawn, flows, key)
    head = f'<bpmn:process id={quoteattr(key)} name={quoteattr(name or key)} isExecutable="true">'
    return f"{roots}{head}{body}</bpmn:process>"


def body_of(drawn: Iterable[Shape], flows: str, prefix: str) -> str:
    drawn = list(drawn)
    lines = list(_flows(flows, prefix))
    defaults = {source: flow for flow, source, _, condition in lines if condition == "else"}
    shapes = [
        replace(shape, attributes=(*shape.attributes, ("default", defaults[shape.id])))
        if shape.id in defaults
        else shape
        for shape in drawn
    ]
    return "".join(shape.xml() for shape in shapes) + "".join(map(_flow, lines))


def start(id: str = "start", **more) -> Shape:
    """Nobody asks for anything in a test's flow, unless it says noReply=""."""
    if "content" not in more:
        more.setdefault("noReply", "测试用的流程，没有提出人")
    return _shape("startEvent", id, more)


def end(id: str = "end", **more) -> Shape:
    return _shape("endEvent", id, more)


def user(id: str, **more) -> Shape:
    """Without a deadline it says that this is meant, unless it says noDeadline=""."""
    if "deadline" not in more:
        more.setdefault("noDeadline", "测试用的任务，不限时")
    more.setdefault("candidates", '"post"')
    more.setdefault("form", "F")
    return _shape("userTask", id, more)


def script(id: str, source: str, **more) -> Shape:
    return replace(_shape("scriptTask", id, more), content=f"<bpmn:script>{escape(source)}</bpmn:script>")


def service(id: str, handler: str, result: str = "", parameters: dict[str, str] | None = None, **more) -> Shape:
    entries = "".join(
        f'<spiffworkflow:parameter id={quoteattr(name)} type="any" value={quoteattr(value)}/>'
        for name, value in (parameters or {}).items()
    )
    variable = f" resultVariable={quoteattr(result)}" if result else ""
    operator = (
        f"<spiffworkflow:serviceTaskOperator id={quoteattr(handler)}{variable}>"
        f"<spiffworkflow:parameters>{entries}</spiffworkflow:parameters></spiffworkflow:serviceTaskOperator>"
    )
    return replace(_shape("serviceTask", id, more), extensions=operator)


def rule(id: str, decision: str, **more) -> Shape:
    called = f"<spiffworkflow:calledDecisionId>{escape(decision)}</spiffworkflow:calledDecisionId>"
    return replace(_shape("businessRuleTask", id, more), extensions=called)


def call(id: str, process: str, **more) -> Shape:
    return _with(_shape("callActivity", id, more), calledElement=process)


def sub(id: str, *inside: Shape, flows: str, **more) -> Shape:
    return replace(_shape("subProcess", id, more), content=body_of(inside, flows, id))


def xor(id: str, **more) -> Shape:
    return _shape("exclusiveGateway", id, more)


def both(id: str, **more) -> Shape:
    return _shape("parallelGateway", id, more)


def some(id: str, **more) -> Shape:
    return _shape("inclusiveGateway", id, more)


def first_event(id: str, **more) -> Shape:
    return _shape("eventBasedGateway", id, more)


def timer(expression: str, kind: str = "timeDuration") -> str:
    return (
        f'<bpmn:timerEventDefinition><bpmn:{kind} xsi:type="bpmn:tFormalExpression">'
        f"{escape(expression)}</bpmn:{kind}></bpmn:timerEventDefinition>"
    )


def message(reference: str) -> str:
    return f"<bpmn:messageEventDefinition messageRef={quoteattr(reference)}/>"


def event(kind: str, reference: str = "") -> str:
    attribute = f" {kind}Ref={quoteattr(reference)}" if reference else ""
    return f"<bpmn:{kind}EventDefinition{attribute}/>"


def boundary(id: str, on: str, event: str, interrupting: bool = True, **more) -> Shape:
    shape = replace(_shape("boundaryEvent", id, more), content=event)
    return _with(shape, attachedToRef=on, cancelActivity="true" if interrupting else "false")


def catch(id: str, event: str, **more) -> Shape:
    return replace(_shape("intermediateCatchEvent", id, more), content=event)


def throw(id: str, event: str, **more) -> Shape:
    return replace(_shape("intermediateThrowEvent", id, more), content=event)


def messages(*ids: str) -> str:
    return "".join(f"<bpmn:message id={quoteattr(id)} name={quoteattr(id)}/>" for id in ids)


def errors(**codes: str) -> str:
    return "".join(
        f"<bpmn:error id={quoteattr(id)} name={quoteattr(id)} errorCode={quoteattr(code)}/>"
        for id, code in codes.items()
    )


def escalations(**codes: str) -> str:
    return "".join(
        f"<bpmn:escalation id={quoteattr(id)} name={quoteattr(id)} escalationCode={quoteattr(code)}/>"
        for id, code in codes.items()
    )


def each(
    shape: Shape, over: str, item: str, into: str = "", output: str = "", until: str = "", one_by_one: bool = False
) -> Shape:
    """The shape once for each item of a list."""
    return _many(
        shape,
        f"<bpmn:loopDataInputRef>{over}</bpmn:loopDataInputRef>"
        + (f"<bpmn:loopDataOutputRef>{into}</bpmn:loopDataOutputRef>" if into else "")
        + f'<bpmn:inputDataItem id="{item}" name="{item}"/>'
        + (f'<bpmn:outputDataItem id="{output}" name="{output}"/>' if output else "")
        + (f"<bpmn:completionCondition>{escape(until)}</bpmn:completionCondition>" if until else ""),
        one_by_one,
    )


def times(shape: Shape, count: str, one_by_one: bool = False) -> Shape:
    """The shape a number of times."""
    return _many(shape, f"<bpmn:loopCardinality>{escape(count)}</bpmn:loopCardinality>", one_by_one)


def _many(shape: Shape, inside: str, one_by_one: bool) -> Shape:
    sequential = ' isSequential="true"' if one_by_one else ""
    tag = "bpmn:multiInstanceLoopCharacteristics"
    return replace(shape, loop=f"<{tag}{sequential}>{inside}</{tag}>")


def _shape(tag: str, id: str, more: dict[str, str]) -> Shape:
    more = dict(more)
    name = more.pop("name", "")
    content = more.pop("content", "")
    return Shape(tag, id, name, properties=tuple((key, value) for key, value in more.items() if value), content=content)


def _with(shape: Shape, **attributes: str) -> Shape:
    return replace(shape, attributes=(*shape.attributes, *attributes.items()))


def _flows(text: str, prefix: str):
    lines = [line.strip() for part in text.split(";") for line in part.splitlines() if line.strip()]
    count = 0
    for line in lines:
        if "->" in line:
            source, rest = (part.strip() for part in line.split("->", 1))
            target, _, condition = (part.strip() for part in rest.partition(":"))
            count += 1
            yield f"{prefix}_f{count}", source, target, condition
        else:
            names = line.split()
            for source, target in pairwise(names):
                count += 1
                yield f"{prefix}_f{count}", source, target, ""


def _flow(line: tuple[str, str, str, str]) -> str:
    flow, source, target, condition = line
    inside = ""
    if condition and condition != "else":
        inside = f"<bpmn:conditionExpression>{escape(condition)}</bpmn:conditionExpression>"
    return (
        f"<bpmn:sequenceFlow id={quoteattr(flow)} sourceRef={quoteattr(source)} targetRef={quoteattr(target)}>"
        f"{inside}</bpmn:sequenceFlow>"
    )


def _lanes(lanes: dict[str, str]) -> str:
    if not lanes:
        return ""
    drawn = "".join(
        f'<bpmn:lane id="lane{index}" name={quoteattr(name)}>'
        + "".join(f"<bpmn:flowNodeRef>{id}</bpmn:flowNodeRef>" for id in ids.split())
        + "</bpmn:lane>"
        for index, (name, ids) in enumerate(lanes.items())
    )
    return f'<bpmn:laneSet id="lanes">{drawn}</bpmn:laneSet>'
