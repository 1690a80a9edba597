"""What end and throw events throw, and which events can hear it."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from engine.diagram import Node, Process
from engine.markup import BPMN, tag
from engine.reach import reached

THROWS = ("intermediateThrowEvent", "endEvent")


class Thrown(NamedTuple):
    """An error or escalation, and the element that throws it."""

    code: str
    element: str


def thrown_by(node: Node) -> Thrown:
    return Thrown(_code(node) or "", node.id)


def caught(event: Node, thrown: Thrown) -> bool:
    """Whether a boundary event for errors or escalations hears this one: a code of its own, or all that come."""
    return _code(event) in (None, thrown.code)


class Signals:
    """Which signals a flow sends, and from where."""

    def __init__(self, processes: Iterable[Process]):
        self._throwers: dict[str, list[tuple[Process, Node]]] = {}
        for process in processes:
            for node in process.nodes.values():
                if node.kind in THROWS and node.element.event == "signal":
                    self._throwers.setdefault(signal_name(node), []).append((process, node))

    def can_come(self, process: Process, event: Node) -> bool:
        """Whether what an event waits for can be sent by somebody who does not wait behind it for just that."""
        if event.element.event != "signal":
            return True
        throwers = self._throwers.get(signal_name(event), [])
        around = _without(process, event)
        return any(other is not process or node.scope != event.scope or node.id in around for other, node in throwers)


def _without(process: Process, event: Node) -> Collection[str]:
    """All that the starts of an event's scope lead to without it."""
    starts = [node.id for node in process.nodes.values() if node.kind == "startEvent" and node.scope == event.scope]
    return reached(starts, lambda name: _after(process, name), {event.id})


def _after(process: Process, name: str) -> list[str]:
    lines = [line.target for line in process.outgoing(name)]
    return lines + [attached.id for attached in process.attached(name)]


def _code(node: Node) -> str | None:
    return _definition(node, f"{node.element.event}Code")


def signal_name(node: Node) -> str:
    return _definition(node, "name") or ""


def _definition(node: Node, attribute: str) -> str | None:
    """An attribute of the error, escalation or signal that an event names."""
    kind = node.element.event
    wanted = next((event.get(f"{kind}Ref") for event in node.events() if tag(event) == f"{kind}EventDefinition"), None)
    root = node.xml.getroottree().getroot()
    found = next((one for one in root.iter(f"{{{BPMN}}}{kind}") if one.get("id") == wanted), None)
    return found.get(attribute) if found is not None else None
