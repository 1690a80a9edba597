"""What is drawn: processes with their elements and flows, as engine/reading.py finds them in the files."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from engine.elements import CalledProcess, DeadlineRule, Element
from engine.markup import BPMN, SPIFF, tag

NODES = frozenset(
    [
        "task",
        "userTask",
        "manualTask",
        "serviceTask",
        "scriptTask",
        "businessRuleTask",
        "sendTask",
        "receiveTask",
        "callActivity",
        "subProcess",
        "transaction",
        "adHocSubProcess",
        "startEvent",
        "endEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "boundaryEvent",
        "exclusiveGateway",
        "parallelGateway",
        "inclusiveGateway",
        "eventBasedGateway",
        "complexGateway",
    ]
)
SUBPROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
CALL = "callActivity"
JOINS = frozenset({"parallelGateway", "inclusiveGateway"})
EVENT = "EventDefinition"


@dataclass(frozen=True)
class Flow:
    """A sequence flow."""

    id: str
    name: str
    source: str
    target: str
    condition: str | None


@dataclass(frozen=True)
class Node:
    """An element together with the XML it was read from, and the scope it is drawn in."""

    element: Element
    xml: etree._Element
    scope: str  # id of the process or subprocess directly around it

    @property
    def id(self) -> str:
        return self.element.id

    @property
    def kind(self) -> str:
        return self.element.kind

    def child(self, path: str) -> etree._Element | None:
        """The first match of a path such as `bpmn:multiInstanceLoopCharacteristics`."""
        return self.xml.find(path, {"bpmn": BPMN, "spiff": SPIFF})

    def text(self, path: str) -> str | None:
        found = self.child(path)
        return (found.text or "").strip() if found is not None else None

    def events(self) -> list[etree._Element]:
        return [child for child in self.xml if tag(child).endswith(EVENT)]


@dataclass
class Process:
    """One bpmn:process and everything drawn in it, subprocesses included."""

    id: str
    name: str
    executable: bool
    filename: str
    xml: etree._Element
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)
    repeated: set[str] = field(default_factory=set)  # ids that stand on more than one element

    def calls(self) -> dict[str, CalledProcess]:
        """By the call activity."""
        calling = {node.id: node.xml.get("calledElement", "") for node in self.nodes.values() if node.kind == CALL}
        return {
            id_: CalledProcess(to, frozenset(flow.source for flow in self.incoming(id_))) for id_, to in calling.items()
        }

    def called(self) -> set[str]:
        return {call.process for call in self.calls().values()}

    def outgoing(self, node: str) -> list[Flow]:
        return [flow for flow in self.flows if flow.source == node]

    def incoming(self, node: str) -> list[Flow]:
        return [flow for flow in self.flows if flow.target == node]

    def attached(self, node: str) -> list[Node]:
        return [other for other in self.nodes.values() if other.element.attached_to == node]


def reachable(key: str, processes: Mapping[str, Process]) -> list[Process]:
    """The main process first, then all that it calls, directly or not."""
    found: dict[str, Process] = {}
    waiting = [key]
    while waiting:
        process = processes.get(waiting.pop(0))
        if process is not None and process.id not in found:
            found[process.id] = process
            waiting.extend(sorted(process.called()))
    return list(found.values())


def deadline_of(element: Element) -> DeadlineRule | None:
    """The deadline an element declares."""
    properties = element.properties
    if not properties.get("deadline"):
        return None
    return DeadlineRule(
        key=properties["deadline"],
        name=properties.get("deadlineName", element.name),
        limit=properties.get("limit", ""),
        start=properties.get("limitFrom"),
        until=properties.get("until", element.id),
        clauses=tuple(properties.get("limitClauses", "").split()) or element.clauses,
        element=element.id,
        given=properties.get("limitGiven", ""),
    )
