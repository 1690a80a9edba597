"""The .bpmn files of a flow, read by us from the XML.

SpiffWorkflow's own parser drops or misreads some of what is drawn (docs/decisions/spiffworkflow-faults.md), so what
we show, check and look up never comes from it.
"""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from engine.diagram import EVENT, NODES, SUBPROCESSES, Flow, Node, Process
from engine.elements import Element
from engine.markup import BPMN, SPIFF, read_xml, tag

PROPERTY = f"{{{BPMN}}}extensionElements/{{{SPIFF}}}properties/{{{SPIFF}}}property"
_BREAK = re.compile(r"(?<![!-~])\n|\n(?![!-~])")  # beside a character that is not of a Latin word


def read_processes(files: Mapping[str, bytes]) -> dict[str, Process]:
    """Every process of every .bpmn file, by id; of two with one id the first. Raises InvalidDiagram."""
    processes: dict[str, Process] = {}
    for filename in sorted(files):
        if filename.endswith(".bpmn"):
            for process in processes_of(filename, read_xml(filename, files[filename])):
                if process.id in processes:
                    processes[process.id].repeated.add(process.id)
                else:
                    processes[process.id] = process
    return processes


def processes_of(filename: str, root: etree._Element) -> Iterator[Process]:
    """Every process of one file, its nodes and flows read."""
    lanes = _lanes(root)
    for xml in root.iter(f"{{{BPMN}}}process"):
        process = Process(
            id=xml.get("id", ""),
            name=xml.get("name") or xml.get("id", ""),
            executable=xml.get("isExecutable", "true") == "true",
            filename=filename,
            xml=xml,
        )
        _fill(process, xml, process.id, lanes, None)
        yield process


def _fill(process: Process, around: etree._Element, scope: str, lanes: Mapping[str, str], lane: str | None) -> None:
    """Collect nodes and flows; a subprocess's elements stand in the lane of the subprocess."""
    for xml in around:
        kind = tag(xml)
        if kind == "sequenceFlow":
            process.flows.append(_flow(xml))
        elif kind in NODES:
            node = Node(_element(xml, kind, process.id, lanes.get(xml.get("id", ""), lane)), xml, scope)
            if node.id in process.nodes:
                process.repeated.add(node.id)
            process.nodes.setdefault(node.id, node)
            if kind in SUBPROCESSES:
                _fill(process, xml, node.id, lanes, node.element.lane)


def _flow(xml: etree._Element) -> Flow:
    condition = xml.find(f"{{{BPMN}}}conditionExpression")
    return Flow(
        id=xml.get("id", ""),
        name=xml.get("name", ""),
        source=xml.get("sourceRef", ""),
        target=xml.get("targetRef", ""),
        condition=(condition.text or "").strip() if condition is not None else None,
    )


def _element(xml: etree._Element, kind: str, process: str, lane: str | None) -> Element:
    properties = read_properties(xml)
    events = [tag(child) for child in xml if tag(child).endswith(EVENT)]
    return Element(
        id=xml.get("id", ""),
        kind=kind,
        name=_in_one_line(xml.get("name", "")),
        process=process,
        lane=lane,
        clauses=tuple(properties.get("clauses", "").split()),
        properties=properties,
        attached_to=xml.get("attachedToRef"),
        interrupting=xml.get("cancelActivity", "true").lower() == "true",
        event=events[0].removesuffix(EVENT) if events else None,
    )


def _in_one_line(label: str) -> str:
    """A label broken to fit its shape, as one reads it: 审核退回职责界定. Between two Latin words a blank stays."""
    lines = "\n".join(" ".join(line.split()) for line in label.splitlines())
    return _BREAK.sub("", lines).replace("\n", " ").strip()


def read_properties(xml: etree._Element) -> dict[str, str]:
    """The spiffworkflow:property entries of an element itself, not of what it contains."""
    return {entry.get("name", ""): entry.get("value", "").strip() for entry in xml.findall(PROPERTY)}


def _lanes(root: etree._Element) -> dict[str, str]:
    return {
        (reference.text or "").strip(): lane.get("name", "")
        for lane in root.iter(f"{{{BPMN}}}lane")
        for reference in lane.findall(f"{{{BPMN}}}flowNodeRef")
    }
