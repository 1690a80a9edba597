"""Random flows whose gateways may be mismatched: what a checker of control flow has to tell apart."""

from dataclasses import dataclass, field
from random import Random

from tests.engine.diagrams import (
    Shape,
    both,
    boundary,
    catch,
    diagram,
    end,
    first_event,
    message,
    messages,
    some,
    start,
    user,
    xor,
)

KINDS = {"x": xor, "a": both, "i": some}


@dataclass
class Drawing:
    """A flow while it is drawn. The way from a gateway to an element is open when `gateway_element` is 1."""

    random: Random
    mismatch: float  # how often a branch ends otherwise than it began
    shapes: list[Shape] = field(default_factory=list)
    flows: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, kind: str, make=None, *more) -> str:
        self.count += 1
        name = f"{kind}{self.count}"
        self.shapes.append((make or KINDS[kind])(name, *more))
        return name

    def link(self, before: str, after: str, condition: str = "") -> None:
        self.flows.append(f"{before} -> {after}: {condition}" if condition else f"{before} -> {after}")

    def slips(self) -> bool:
        return self.random.random() < self.mismatch


def random_control(seed: int, mismatch: float) -> bytes:
    """A file with the process `p`. Without mismatches every case of it can end."""
    drawing = Drawing(Random(seed), mismatch, [start(), end()])
    last = "start"
    for _ in range(drawing.random.randint(1, 3)):
        last = _block(drawing, last, 0)
    drawing.link(last, "end")
    heard = messages(*(f"m{number}" for number in range(drawing.count + 1)))
    return diagram("p", heard, *drawing.shapes, flows="\n".join(drawing.flows))


def _block(drawing: Drawing, before: str, depth: int) -> str:
    nested = [_choice, _loop, _branches, _branches, _first]
    return drawing.random.choice([_user, *nested] if depth < 2 else [_user])(drawing, before, depth)


def _user(drawing: Drawing, before: str, depth: int) -> str:
    name = drawing.add("u", user)
    drawing.link(before, name)
    if drawing.random.random() < 0.3:
        drawing.link(_listener(drawing, name, drawing.slips()), drawing.add("e", end))
    return name


def _listener(drawing: Drawing, on: str, interrupting: bool) -> str:
    """Within branches that are joined, only what does not interrupt is sound."""
    return drawing.add("b", boundary, on, message(f"m{drawing.count}"), interrupting)


def _choice(drawing: Drawing, before: str, depth: int) -> str:
    return _split(drawing, before, depth, "x", "a" if drawing.slips() else "x")


def _branches(drawing: Drawing, before: str, depth: int) -> str:
    kind = drawing.random.choice("ai")
    return _split(drawing, before, depth, kind, drawing.random.choice("axi") if drawing.slips() else kind)


def _split(drawing: Drawing, before: str, depth: int, kind: str, joined: str) -> str:
    """Each branch has a task before what it decides, so that a walker can say which way to go."""
    split, join = drawing.add(kind), drawing.add(joined)
    drawing.link(before, split)
    for number in range(drawing.random.randint(2, 3)):
        first = drawing.add("u", user)
        drawing.link(split, first, "" if kind == "a" else f"{split}_{first} == 1" if number else "else")
        last = _block(drawing, first, depth + 1) if drawing.random.random() < 0.6 else first
        drawing.link(last, join)
        if drawing.slips():
            drawing.link(_listener(drawing, first, drawing.random.random() < 0.5), join)
    return join


def _loop(drawing: Drawing, before: str, depth: int) -> str:
    again = drawing.add("x")
    drawing.link(before, again)
    last = _user(drawing, again, depth) if drawing.random.random() < 0.5 else _block(drawing, again, depth + 1)
    if drawing.random.random() < 0.5:
        last = _user(drawing, last, depth)
    asked = drawing.add("x")
    drawing.link(last, asked)
    drawing.link(asked, again, f"{asked}_{again} == 1")
    after = drawing.add("u", user)
    drawing.link(asked, after, "else")
    return after


def _first(drawing: Drawing, before: str, depth: int) -> str:
    gate, join = drawing.add("g", first_event), drawing.add("a" if drawing.slips() else "x")
    drawing.link(before, gate)
    for _ in range(2):
        event = drawing.add("m", catch, message(f"m{drawing.count}"))
        drawing.link(gate, event)
        drawing.link(event, join)
    return join
