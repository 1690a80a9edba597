"""Whether the words beside shapes and lines can be read: where bpmn-js writes them, and what lies there already."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from lxml import etree

from tests.bpmn.drawing import NS, Box, Drawing, Point

LINE, WIDE, NARROW = 13.2, 11, 6.1  # px: one line of text, a Chinese character, a Latin letter
TITLE = 31  # px at the left of a pool or lane that hold its own name
OUTSIDE = ("startEvent", "endEvent", "intermediateThrowEvent", "intermediateCatchEvent", "boundaryEvent")
GATEWAYS = ("exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway")


def unreadable(path: Path) -> Iterator[str]:
    """Each name of an event, a gateway or a flow that stands on something, or has no place of its own."""
    root, drawing = etree.parse(path).getroot(), Drawing(path)
    named = {element.get("id"): element.get("name") for element in _named(root)}
    places = {
        drawn.getparent().getparent().get("bpmnElement"): drawn
        for drawn in root.iterfind(".//bpmndi:BPMNLabel/dc:Bounds", NS)
    }
    yield from (f"“{named[key]}” of {key} has no place" for key in named.keys() - places.keys())
    texts = {key: _text(named[key], places[key]) for key in named.keys() & places.keys()}
    taken = [*_taken(root, drawing), *((f"the name of {key}", [text]) for key, text in texts.items())]
    for key, text in texts.items():
        mine = (f"the name of {key}", drawing.host.get(key))  # a button's name may stand inside its task
        for what, boxes in taken:
            if what not in mine and any(text.overlaps(box) for box in boxes):
                yield f"“{named[key]}” of {key} lies on {what}"


def _named(root: etree._Element) -> Iterator[etree._Element]:
    for tag in (*OUTSIDE, *GATEWAYS, "sequenceFlow"):
        yield from (element for element in root.iterfind(f".//bpmn:{tag}", NS) if element.get("name"))


def _text(name: str, place: etree._Element) -> Box:
    """Centred at the top of its place, however wide that is."""
    lines = name.split("\n")
    half = max(sum(NARROW if char.isascii() else WIDE for char in line) for line in lines) / 2
    middle, top = float(place.get("x")) + float(place.get("width")) / 2, float(place.get("y"))
    return Box(middle - half, top + 1, middle + half, top + len(lines) * LINE - 2)


def _taken(root: etree._Element, drawing: Drawing) -> Iterator[tuple[str, list[Box]]]:
    gateways = {element.get("id") for tag in GATEWAYS for element in root.iterfind(f".//bpmn:{tag}", NS)}
    for key, box in drawing.boxes.items():
        if key in gateways:
            yield key, list(_diamond(box))
        else:
            yield key, [box] if key in drawing.lane else list(_frame(box))
    for key, points in drawing.lines.items():
        yield key, [_stroke(*segment) for segment in pairwise(points)]
    for element in root.iterfind(".//*[@default]", NS):
        yield f"the slash of {element.get('default')}", [_slash(*drawing.lines[element.get("default")][:2])]


def _diamond(box: Box) -> Iterator[Box]:
    middle, centre, half = (box.left + box.right) / 2, (box.top + box.bottom) / 2, (box.right - box.left) / 2
    for off in range(-int(half), int(half), 5):
        reach = half - abs(off + 2.5)
        yield Box(middle - reach, centre + off, middle + reach, centre + off + 5)


def _frame(box: Box) -> Iterator[Box]:
    yield Box(box.left, box.top, box.left + TITLE, box.bottom)
    corners = [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]
    yield from (_stroke(*segment) for segment in pairwise([*corners, corners[0]]))


def _stroke(one: Point, other: Point) -> Box:
    (ax, ay), (bx, by) = one, other
    return Box(min(ax, bx) - 1, min(ay, by) - 1, max(ax, bx) + 1, max(ay, by) + 1)


def _slash(one: Point, other: Point) -> Box:
    """The mark of a default flow, 6 to 10 px from where it starts and 8 px to each side."""
    (ax, ay), (bx, by) = one, other
    x, y = ax + 8 * ((bx > ax) - (bx < ax)), ay + 8 * ((by > ay) - (by < ay))
    across, along = (8, 3) if ax == bx else (3, 8)
    return Box(x - across, y - along, x + across, y + along)
