"""Random block-structured flows, in two dialects: ours and stock SpiffWorkflow's."""

from dataclasses import dataclass, field
from random import Random

from tests.engine.diagrams import (
    Shape,
    both,
    boundary,
    call,
    each,
    end,
    file,
    message,
    messages,
    process,
    some,
    start,
    sub,
    timer,
    times,
    user,
    xor,
)

NEVER = '"2999-01-01T00:00:00+00:00"'


@dataclass
class Plan:
    """A flow and what a walker has to know about it."""

    ours: bool
    choices: dict[str, tuple[str, int]] = field(default_factory=dict)  # user task -> variable it sets, number of ways
    items: dict[str, tuple[str, ...]] = field(default_factory=dict)  # element -> items of the multi-instances around it
    called: list[str] = field(default_factory=list)
    count: int = 0

    def next(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"


@dataclass
class Place:
    """Where a block is drawn: collects shapes and flows."""

    shapes: list[Shape] = field(default_factory=list)
    flows: list[str] = field(default_factory=list)
    around: tuple[str, ...] = ()
    in_loop: bool = False  # stock: joins and multi-instances go wrong in a second round
    depth: int = 0

    def inside(self, in_loop: bool | None = None, item: str | None = None) -> "Place":
        around = (*self.around, item) if item else self.around
        return Place(around=around, in_loop=self.in_loop if in_loop is None else in_loop, depth=self.depth + 1)

    def link(self, before: str, after: str, condition: str = "") -> None:
        self.flows.append(f"{before} -> {after}: {condition}" if condition else f"{before} -> {after}")


def random_flow(random: Random, ours: bool) -> tuple[bytes, Plan]:
    """A file and its plan. The same random numbers give the same flow in either dialect."""
    plan = Plan(ours)
    body = _process(random, plan, Place(), "p")
    names = [f"m{number}" for number in range(1, plan.count + 1)]
    return file(messages(*names), body, *plan.called), plan


def _process(random: Random, plan: Plan, place: Place, key: str) -> str:
    _whole(random, plan, place, key)
    return process(key, *place.shapes, flows="\n".join(place.flows))


def _whole(random: Random, plan: Plan, place: Place, key: str) -> None:
    """A start, a sequence of blocks, an end."""
    place.shapes += [start(f"{key}_start"), end(f"{key}_end")]
    last = _sequence(random, plan, place, f"{key}_start", random.randint(1, 3))
    place.link(last, f"{key}_end")


def _sequence(random: Random, plan: Plan, place: Place, before: str, length: int) -> str:
    for _ in range(length):
        before = _block(random, plan, place, before)
    return before


def _block(random: Random, plan: Plan, place: Place, before: str) -> str:
    simple = [_user]
    nested = [_choice, _loop, _subprocess, _called]
    if not place.in_loop:
        nested += [_parallel, _inclusive, _many, _many]
    return random.choice(simple + nested if place.depth < 3 else simple)(random, plan, place, before)


def _user(random: Random, plan: Plan, place: Place, before: str) -> str:
    name = plan.next("u")
    place.shapes.append(user(name))
    plan.items[name] = place.around
    place.link(before, name)
    for _ in range(random.choice([0, 0, 1, 2])):
        _listen(random, plan, place, name)
    return name


def _listen(random: Random, plan: Plan, place: Place, on: str) -> None:
    """A boundary event with a way of its own."""
    interrupting = random.random() < 0.5
    way, last = plan.next("u"), plan.next("e")
    if random.random() < 0.5:
        name = plan.next("m")
        shape = boundary(name, on, message(name), interrupting)
    else:
        name = plan.next("t")
        due = f'due("{name}")' if plan.ours else NEVER
        shape = boundary(name, on, timer(due, "timeDate"), interrupting)
    place.shapes += [shape, user(way), end(last)]
    plan.items[name] = plan.items[way] = place.around
    place.link(name, way)
    place.link(way, last)


def _decider(plan: Plan, place: Place, before: str, ways: int) -> str:
    """A user task whose answer a gateway reads."""
    name, variable = plan.next("u"), plan.next("c")
    place.shapes.append(user(name))
    plan.items[name] = place.around
    plan.choices[name] = (variable, ways)
    place.link(before, name)
    return name


def _choice(random: Random, plan: Plan, place: Place, before: str) -> str:
    ways = random.randint(2, 3)
    decider = _decider(plan, place, before, ways)
    variable = plan.choices[decider][0]
    split, join = plan.next("x"), plan.next("x")
    place.shapes += [xor(split), xor(join)]
    place.link(decider, split)
    for way in range(ways):
        condition = "else" if way == 0 else f"{variable} == {way}"
        if random.random() < 0.2 and way:
            place.link(split, join, condition)
            continue
        first = plan.next("x")  # a gateway of one way, so that each branch has its own flow from the split
        place.shapes.append(xor(first))
        place.link(split, first, condition)
        place.link(_nested(random, plan, place, first), join)
    return join


def _loop(random: Random, plan: Plan, place: Place, before: str) -> str:
    again, split = plan.next("x"), plan.next("x")
    place.shapes += [xor(again), xor(split)]
    place.link(before, again)
    body = Place(place.shapes, place.flows, place.around, True, place.depth + 1)
    last = _sequence(random, plan, body, again, 1)
    decider = _decider(plan, place, last, 2)
    place.link(decider, split)
    place.link(split, again, f"{plan.choices[decider][0]} == 1")
    after = plan.next("x")
    place.shapes.append(xor(after))
    place.link(split, after, "else")
    return after


def _parallel(random: Random, plan: Plan, place: Place, before: str) -> str:
    split, join = plan.next("a"), plan.next("a")
    place.shapes += [both(split), both(join)]
    place.link(before, split)
    for _ in range(random.randint(2, 3)):
        place.link(_nested(random, plan, place, split), join)
    return join


def _inclusive(random: Random, plan: Plan, place: Place, before: str) -> str:
    ways = 3
    decider = _decider(plan, place, before, ways)
    variable = plan.choices[decider][0]
    split, join = plan.next("i"), plan.next("i")
    place.shapes += [some(split), some(join)]
    place.link(decider, split)
    for way in range(ways):
        name = plan.next("u")
        place.shapes.append(user(name))
        plan.items[name] = place.around
        place.link(split, name, "else" if way == 0 else f"{variable} >= {way}")
        place.link(name, join)
    return join


def _nested(random: Random, plan: Plan, place: Place, before: str) -> str:
    """One block, drawn in the same process."""
    place.depth += 1
    last = _block(random, plan, place, before)
    place.depth -= 1
    return last


def _subprocess(random: Random, plan: Plan, place: Place, before: str) -> str:
    name = plan.next("s")
    place.shapes.append(_drawn_inside(random, plan, place.inside(), name))
    place.link(before, name)
    return name


def _drawn_inside(random: Random, plan: Plan, inside: Place, name: str) -> Shape:
    _whole(random, plan, inside, name)
    return sub(name, *inside.shapes, flows="\n".join(inside.flows))


def _called(random: Random, plan: Plan, place: Place, before: str) -> str:
    name, key = plan.next("k"), plan.next("q")
    place.shapes.append(call(name, key))
    place.link(before, name)
    plan.called.append(_process(random, plan, place.inside(), key))
    return name


def _many(random: Random, plan: Plan, place: Place, before: str) -> str:
    """A subprocess for each unit."""
    name, item = plan.next("s"), plan.next("unit")
    one_by_one = random.random() < 0.5  # by number, because stock leaves the item of the first in the way of the second
    inside = place.inside(in_loop=True, item=None if one_by_one else item)
    shape = _drawn_inside(random, plan, inside, name)
    place.shapes.append(times(shape, "2", one_by_one=True) if one_by_one else each(shape, "units", item))
    place.link(before, name)
    return name
