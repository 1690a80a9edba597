"""Everything a diagram says, by element: what is not known by name is told by its tag, so that nothing is missed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from engine.markup import BPMN, BPMNDI, SPIFF, read_xml, tag
from queries.studio.diff.labels import KINDS, LABELS, way
from queries.studio.diff.words import parameter_label

#: What the flows between elements say once more, and what has a meaning to modelers alone.
SILENT = {"incoming", "outgoing", "flowNodeRef", "laneSet", "childLaneSet"}
SAID = {"id", "cancelActivity"}  # attributes that are told otherwise


@dataclass
class Drawn:
    """An element: `place` is where and in what colour it is drawn."""

    kind: str
    name: str
    facts: dict[str, str] = field(default_factory=dict)
    place: str = ""


def drawn(filename: str, content: bytes) -> dict[str, Drawn]:
    """The elements of a diagram by id. Raises InvalidDiagram."""
    root = read_xml(filename, content)
    units = (each for each in root.iter(f"{{{BPMN}}}*") if tag(each) in KINDS and each.get("id"))
    found = {each.get("id"): _drawn(each) for each in units}
    for lane in root.iter(f"{{{BPMN}}}lane"):
        for node in lane.iterchildren(f"{{{BPMN}}}flowNodeRef"):
            if one := found.get((node.text or "").strip()):
                one.facts[LABELS["lane"]] = lane.get("id", "")
    for shape in root.iter(f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge"):
        if one := found.get(shape.get("bpmnElement")):
            one.place = "\n".join(_place(shape))
    return found


def _place(shape: Any) -> Iterator[str]:
    """Corners, bends, label and colour; as numbers, for a modeler writes 100 and 100.0."""
    for part in shape.iter(etree.Element):
        for name, value in sorted(part.attrib.items()):
            if name != "id":
                yield f"{part.tag} {name} {_number(value)}"


def _number(value: str) -> str:
    try:
        return str(float(value))
    except ValueError:
        return value


def _drawn(element: Any) -> Drawn:
    name = element.get("name") or "".join(element.itertext(f"{{{BPMN}}}text")).strip()
    one = Drawn(KINDS[tag(element)], " ".join(name.split()))
    if tag(element) == "boundaryEvent":
        one.facts[LABELS["cancelActivity"]] = element.get("cancelActivity", "true")
    for label, value in _facts(element, ()):
        one.facts[label] = f"{one.facts[label]}；{value}" if label in one.facts else value
    return one


def _facts(element: Any, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for attribute, value in element.attrib.items():
        if attribute not in SAID and not attribute.startswith("{http://www.w3.org/"):
            yield way(*names, etree.QName(attribute).localname), value
    if (text := (element.text or "").strip()) and names:
        yield way(*names), text
    for child in element.iterchildren(etree.Element):
        local = etree.QName(child).localname
        if tag(child) in KINDS or local in SILENT:
            continue
        yield from _facet(child, local, names)


def _facet(child: Any, local: str, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """What the engine reads has short ways; of all else the way is told."""
    if local == "property" and child.get("name"):
        yield way(child.get("name")), child.get("value", "")
    elif local == "parameter" and child.get("id"):
        yield f"{way(local)}“{parameter_label(_handler(child), child.get('id'))}”", child.get("value", "")
    elif local == "serviceTaskOperator":
        yield way(local), child.get("id", "")
        yield from _facts(child, ())
    elif not len(child) and not set(child.attrib) - {"id"} and not (child.text or "").strip():
        yield way(*names, local), "是"
    else:
        yield from _facts(child, (*names, "" if local.endswith("EventDefinition") else local))


def _handler(parameter: Any) -> str:
    """The service that a parameter is given to."""
    operators = parameter.iterancestors(f"{{{SPIFF}}}serviceTaskOperator")
    return next((each.get("id", "") for each in operators), "")
