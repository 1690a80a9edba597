"""What a diagram looks like, read from its interchange: enough to say whether it is well drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

from lxml import etree

NS = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
}
Point = tuple[float, float]
Segment = tuple[Point, Point]


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        beside = self.right <= other.left or other.right <= self.left
        return not beside and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: "Box") -> bool:
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom

    def touches(self, point: Point) -> bool:
        """Whether a point lies on the edge, a pixel more or less: thick borders and corners are not that exact."""
        x, y = point
        inner = Box(self.left + 1, self.top + 1, self.right - 1, self.bottom - 1)
        outer = Box(self.left - 1, self.top - 1, self.right + 1, self.bottom + 1)
        return outer.holds(Box(x, y, x, y)) and not inner.holds(Box(x, y, x, y))

    def is_cut_by(self, segment: Segment) -> bool:
        (ax, ay), (bx, by) = segment
        inner = Box(self.left + 3, self.top + 3, self.right - 3, self.bottom - 3)
        return inner.overlaps(Box(min(ax, bx), min(ay, by), max(ax, bx) + 0.1, max(ay, by) + 0.1))


class Drawing:
    def __init__(self, path: Path):
        root = etree.parse(path).getroot()
        self.boxes = {shape.get("bpmnElement"): _box(shape) for shape in root.iterfind(".//bpmndi:BPMNShape", NS)}
        self.lines = {edge.get("bpmnElement"): _points(edge) for edge in root.iterfind(".//bpmndi:BPMNEdge", NS)}
        self.ends = {
            flow.get("id"): (flow.get("sourceRef"), flow.get("targetRef"))
            for flow in root.iterfind(".//bpmn:sequenceFlow", NS)
        }
        self.host = {
            event.get("id"): event.get("attachedToRef") for event in root.iterfind(".//bpmn:boundaryEvent", NS)
        }
        self.lane = {
            reference.text: lane.get("id")
            for lane in root.iterfind(".//bpmn:lane", NS)
            for reference in lane.iterfind("bpmn:flowNodeRef", NS)
        }

    def faults(self) -> Iterator[str]:
        yield from (f"{node} has no shape" for node in self.lane.keys() - self.boxes.keys())
        yield from (f"{flow} has no line" for flow in self.ends.keys() - self.lines.keys())
        yield from self.loose()
        yield from self.misplaced()
        yield from self.hidden()
        yield from self.tangled()

    def loose(self) -> Iterator[str]:
        for flow, points in self.lines.items():
            for end, point in zip(self.ends[flow], (points[0], points[-1]), strict=True):
                if not self.boxes[end].touches(point):
                    yield f"{flow} does not reach {end}"

    def misplaced(self) -> Iterator[str]:
        for one, other in combinations(sorted(self.lane), 2):
            attached = self.host.get(one) == other or self.host.get(other) == one
            if not attached and self.boxes[one].overlaps(self.boxes[other]):
                yield f"{one} lies over {other}"
        for node, lane in self.lane.items():
            if not self.boxes[lane].holds(self.boxes[node]):
                yield f"{node} lies outside its lane"

    def hidden(self) -> Iterator[str]:
        for flow, points in self.lines.items():
            ends = {*self.ends[flow], *(self.host.get(end) for end in self.ends[flow])}
            for node in self.lane.keys() - ends:
                if any(self.boxes[node].is_cut_by(segment) for segment in pairwise(points)):
                    yield f"{flow} runs through {node}"

    def tangled(self) -> Iterator[str]:
        segments = [(flow, segment) for flow, points in self.lines.items() for segment in pairwise(points)]
        yield from (f"{flow} is slanted" for flow, ((ax, ay), (bx, by)) in segments if ax != bx and ay != by)
        for (flow, one), (other_flow, other) in combinations(segments, 2):
            if flow != other_flow and (_cross(one, other) or _cross(other, one)):
                yield f"{flow} crosses {other_flow}"


def _box(shape: etree._Element) -> Box:
    bounds = shape.find("dc:Bounds", NS)
    x, y, width, height = (float(bounds.get(name)) for name in ("x", "y", "width", "height"))
    return Box(x, y, x + width, y + height)


def _points(edge: etree._Element) -> list[Point]:
    return [(float(point.get("x")), float(point.get("y"))) for point in edge.iterfind("di:waypoint", NS)]


def _cross(level: Segment, upright: Segment) -> bool:
    (ax, ay), (bx, by) = level
    (cx, cy), (dx, dy) = upright
    if ay != by or cx != dx:
        return False
    return min(ax, bx) < cx < max(ax, bx) and min(cy, dy) < ay < max(cy, dy)
