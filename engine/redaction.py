"""A drawing without its secrets: for readers who may not know of the confidential elements (XT-20).

What is secret goes with its flows and shapes, and so does what only makes sense beside it: a gateway all of whose
ways out are secret, an event that leads nowhere else, a lane or pool with nothing left in it or to say to it, a note or
a datum that a secret is tied to. A gateway with one way left is no choice any more: the line runs on through where it
stood. What a viewer does not show (conditions, scripts, documentation, whose task it is) is left out of the whole file,
because it names the secrets too; so are, where there are secrets, notes, data and frames that are tied to nothing.
"""

from collections.abc import Collection, Iterable
from itertools import chain

from lxml import etree

from engine.diagram import Flow, Node
from engine.markup import BPMN, SPIFF, read_xml, tag
from engine.reading import processes_of

DI, DC = "http://www.omg.org/spec/BPMN/20100524/DI", "http://www.omg.org/spec/DD/20100524/DC"
WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
UNSEEN = frozenset({"documentation", "conditionExpression", "script", "ioSpecification"})
EMPTIED = ("EventDefinition", "LoopCharacteristics")  # drawn as a mark, whatever they say
REFERRED_TO = frozenset({"message", "signal", "error", "escalation"})
#: Drawn beside what they are about; and what only they refer to.
BESIDE = frozenset({"textAnnotation", "dataObjectReference", "dataStoreReference", "group"})
BEHIND = {"dataObject": "dataObjectRef", "dataStore": "dataStoreRef", "categoryValue": "categoryValueRef"}
DATA_FLOWS = frozenset({"dataInputAssociation", "dataOutputAssociation"})


def redacted(content: bytes, secret: Collection[str]) -> tuple[bytes, frozenset[str]]:
    """The file without the elements `secret`, and the ids of the nodes that are left."""
    root = read_xml("", content)
    drawing = Drawing(root, secret)
    drawing.take_out()
    _leave_out_unseen(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8"), frozenset(drawing.nodes)


class Drawing:
    """Nodes and flows of one file, taken out one by one together with everything that refers to them."""

    def __init__(self, root: etree._Element, secret: Collection[str]):
        self.root = root
        processes = list(processes_of("", root))
        self.nodes: dict[str, Node] = {id_: node for each in processes for id_, node in each.nodes.items()}
        self.flows: dict[str, Flow] = {flow.id: flow for each in processes for flow in each.flows}
        self.secret = self._with_what_hangs_on(set(secret) & set(self.nodes))
        self._split = {id_ for id_ in self.nodes if len(self._out(id_)) > 1}

    def take_out(self) -> None:
        if not self.secret:
            return
        ties = self._ties()
        self._remove(flow.id for flow in self.flows.values() if {flow.source, flow.target} & self.secret)
        self._remove(self.secret)
        for id_ in [*self.nodes]:
            if self.nodes[id_].kind.endswith("Gateway") and id_ in self._split and len(self._out(id_)) == 1:
                self._run_on_through(id_)
        self._drop_empty_lanes()
        self._drop_empty_pools()
        self._drop_what_stood_beside(ties)

    def _ties(self) -> dict[str, set[str]]:
        """What each note, datum and frame is tied to."""
        ties: dict[str, set[str]] = {xml.get("id", ""): set() for xml in self.root.iter() if tag(xml) in BESIDE}
        for xml in self.root.iter():
            ends = _ends_of(xml)
            if tag(xml) in DATA_FLOWS:
                said = {(each.text or "").strip() for each in xml if tag(each) in ("sourceRef", "targetRef")}
                ends = {xml.getparent().get("id"), *(said & ties.keys())}
            for one in ends & ties.keys():
                ties[one or ""] |= {end or "" for end in ends - {one}}
        return ties

    def _drop_what_stood_beside(self, ties: dict[str, set[str]]) -> None:
        """One tie that is gone is enough: what is said of two may be said of the secret one."""
        while lost := {one for one, ends in ties.items() if not ends or not ends <= self._ids()}:
            self._remove(lost)
            ties = {one: ends for one, ends in ties.items() if one not in lost}
        used = {xml.get(name) for xml in self.root.iter() for name in BEHIND.values()}
        self._remove(
            xml.get("id", "") for xml in [*self.root.iter()] if tag(xml) in BEHIND and xml.get("id") not in used
        )
        self._remove({xml.get("bpmnElement", "") for xml in self.root.iter()} - self._ids())

    def _drop_empty_pools(self) -> None:
        """A pool shows a process, or somebody outside to whom messages go."""
        told = {end for xml in self.root.iter(f"{{{BPMN}}}messageFlow") for end in _ends_of(xml)}
        for pool in [*self.root.iter(f"{{{BPMN}}}participant")]:
            process = pool.get("processRef")
            empty = process and all(node.element.process != process for node in self.nodes.values())
            if pool.get("id") not in told and (empty or not process):
                self._remove([pool.get("id", ""), process or ""])

    def _ids(self) -> set[str]:
        return {xml.get("id", "") for xml in self.root.iter()}

    def _with_what_hangs_on(self, secret: set[str]) -> set[str]:
        """Grown until nothing is left that would only point at a secret."""
        while grown := {id_ for id_, node in self.nodes.items() if id_ not in secret and self._hangs_on(node, secret)}:
            secret |= grown
        return secret

    def _hangs_on(self, node: Node, secret: set[str]) -> bool:
        if node.scope in secret or node.element.attached_to in secret:
            return True
        if not node.kind.endswith(("Gateway", "Event")):
            return False  # somebody's task, or what the system does for all to see
        into = [flow.source for flow in self.flows.values() if flow.target == node.id]
        out = [flow.target for flow in self._out(node.id)]
        return any(ids and secret.issuperset(ids) for ids in (into, out))

    def _out(self, id_: str) -> list[Flow]:
        return [flow for flow in self.flows.values() if flow.source == id_]

    def _run_on_through(self, gateway: str) -> None:
        """Each flow into the gateway becomes one to where the flow out of it leads."""
        [out] = self._out(gateway)
        target = self.nodes[out.target].xml
        for flow in [each for each in self.flows.values() if each.target == gateway]:
            self.flows[flow.id] = Flow(flow.id, "", flow.source, out.target, None)
            xml = self._by_id(flow.id)
            xml.set("targetRef", out.target)
            xml.attrib.pop("name", None)
            etree.SubElement(target, f"{{{BPMN}}}incoming").text = flow.id
            self._lengthen(flow.id, out.id, self._bounds(self.nodes[gateway].xml))
        self._remove([out.id, gateway])

    def _lengthen(self, first: str, second: str, gateway: etree._Element | None) -> None:
        """One line from two, by way of the middle of the gateway that joined them."""
        edge, rest = self._drawn(first), self._drawn(second)
        if edge is None or rest is None or gateway is None:
            return
        for label in edge.findall(f"{{{DI}}}BPMNLabel"):
            edge.remove(label)
        edge.remove(edge.findall(WAYPOINT)[-1])
        for point in [_middle(gateway), *(dict(each.attrib) for each in rest.findall(WAYPOINT)[1:])]:
            etree.SubElement(edge, WAYPOINT, point)

    def _remove(self, ids: Iterable[str]) -> None:
        gone = set(ids)
        gone |= {xml.get("id", "") for xml in self.root.iter() if _ends_of(xml) & gone}
        for xml in [*self.root.iter()]:
            refers = tag(xml) in ("incoming", "outgoing", "flowNodeRef") and (xml.text or "").strip() in gone
            if (refers or xml.get("id") in gone or xml.get("bpmnElement") in gone) and xml.getparent() is not None:
                xml.getparent().remove(xml)
        for id_ in gone:
            self.nodes.pop(id_, None)
            self.flows.pop(id_, None)

    def _drop_empty_lanes(self) -> None:
        """The pool then reaches as far as the lanes that are left."""
        lanes = list(self.root.iter(f"{{{BPMN}}}lane"))
        kept = [lane for lane in lanes if lane.find(f"{{{BPMN}}}flowNodeRef") is not None]
        self._remove(lane.get("id", "") for lane in lanes if lane not in kept)
        if not kept or len(kept) == len(lanes):
            return
        boxes = [box for lane in kept if (box := self._bounds(lane)) is not None]
        for pool in self.root.iter(f"{{{BPMN}}}participant"):
            if boxes and (own := self._bounds(pool)) is not None:
                top = min(float(box.get("y", 0)) for box in boxes)
                own.set("height", str(max(float(box.get("y", 0)) + float(box.get("height", 0)) for box in boxes) - top))
                own.set("y", str(top))

    def _bounds(self, xml: etree._Element) -> etree._Element | None:
        shape = self._drawn(xml.get("id", ""))
        return None if shape is None else shape.find(f"{{{DC}}}Bounds")

    def _drawn(self, id_: str) -> etree._Element | None:
        shapes = chain(self.root.iter(f"{{{DI}}}BPMNShape"), self.root.iter(f"{{{DI}}}BPMNEdge"))
        return next((each for each in shapes if each.get("bpmnElement") == id_), None)

    def _by_id(self, id_: str) -> etree._Element:
        return next(each for each in self.root.iter() if each.get("id") == id_)


def _middle(bounds: etree._Element) -> dict[str, str]:
    def of(start: str, length: str) -> str:
        return f"{float(bounds.get(start, 0)) + float(bounds.get(length, 0)) / 2:g}"

    return {"x": of("x", "width"), "y": of("y", "height")}


def _ends_of(xml: etree._Element) -> set[str | None]:
    """What a line joins that is no sequence flow: an association, a message flow."""
    return {xml.get("sourceRef"), xml.get("targetRef")} if tag(xml) in ("association", "messageFlow") else set()


def _leave_out_unseen(root: etree._Element) -> None:
    used = {value for xml in root.iter() for name, value in xml.attrib.items() if name.endswith("Ref")}
    for xml in [*root.iter()]:
        name = tag(xml)
        xml.attrib.pop("default", None)
        unused = name in REFERRED_TO and xml.get("id") not in used
        ours = etree.QName(xml).namespace == SPIFF and not _is_kept(xml)
        if (name in UNSEEN or unused or ours) and (parent := xml.getparent()) is not None:
            parent.remove(xml)
        elif name.endswith(EMPTIED):
            del xml[:]


def _is_kept(xml: etree._Element) -> bool:
    """Of our own markup a viewer shows the clauses alone."""
    name = etree.QName(xml).localname
    return name == "properties" or (name == "property" and xml.get("name") == "clauses")
