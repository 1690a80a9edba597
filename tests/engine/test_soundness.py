"""Whether every case can end is found without running one; what is found, the engine does."""

import os
import re
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.diagram import reachable
from engine.reading import read_processes
from engine.soundness import Fault
from engine.soundness import faults as faults_of
from tests.engine.case import CaseDriver, begin
from tests.engine.diagrams import both, diagram, end, event, some, start, user, xor
from tests.engine.random_control import random_control

SEEDS = st.integers(0, 10**6)
CHOICE = re.compile(r"(\w+)_(\w+) == 1")
EXAMPLES = int(os.environ.get("BIHUAN_WALKS", "40"))
#: The same each time: data is left out of the search, and a rare flow gives two branches one answer between them.
few = settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def faults(*files: bytes) -> list[Fault]:
    return faults_of(reachable("p", read_processes({f"{index}.bpmn": content for index, content in enumerate(files)})))


@few
@given(SEEDS)
def test_what_is_built_of_matching_blocks_is_sound(seed):
    assert faults(random_control(seed, mismatch=0)) == []


@few
@given(SEEDS)
def test_a_case_of_a_sound_flow_never_stands_still(seed):
    flow = random_control(seed, mismatch=0.2)
    if not faults(flow):
        _wander(Random(seed), flow)


@few
@given(SEEDS)
def test_a_counter_example_brings_a_real_case_to_a_standstill(seed):
    flow = random_control(seed, mismatch=0.4)
    for fault in faults(flow):
        if "会一直等下去" in fault.message:
            assert _stands_still(_replayed(flow, fault)), fault


def test_work_beside_an_end_that_withdraws_it_is_within_reach():
    shapes = (both("P"), some("S"), user("A"), user("B"), some("J"), user("C"), user("U"))
    stop = end("stop", content=event("terminate"))
    flows = "start P S; P U stop; S -> A: x; S -> B: else; A J; B J; J C end"
    assert faults(diagram("p", start(), *shapes, stop, end(), flows=flows)) == []


def test_a_flow_with_too_many_ways_is_said_not_to_be_searched_to_its_end():
    people = [f"U{number}" for number in range(9)]
    either = ";".join(f"P {u} X{u}; X{u} -> A: x; X{u} -> B: else" for u in people)
    shapes = [shape for u in people for shape in (user(u), xor(f"X{u}"))]
    flow = diagram(
        "p",
        start(),
        both("P"),
        *shapes,
        user("A"),
        user("B"),
        some("J"),
        end(),
        flows=f"start P; {either}; A J end; B J",
    )
    [fault] = faults(flow)
    assert fault.warning
    assert re.match("流程“p”的走法太多，查了 \\d+ 种情形还没有查完", fault.message)


def _wander(random: Random, flow: bytes, steps: int = 15) -> None:
    choices = CHOICE.findall(flow.decode())
    decided = lambda: {f"{gate}_{to}": random.randint(0, 1) for gate, to in choices}  # noqa: E731
    case = begin(flow, data=decided())
    for _ in range(steps):
        assert not _stands_still(case)
        if case.ended:
            return
        if not case.open or (case.buttons and random.random() < 0.3):
            case.say(random.choice(case.buttons))
        else:
            case.do(random.choice(case.open), **decided())


def _stands_still(case: CaseDriver) -> bool:
    assert not case.failed
    return not (case.ended or case.open or case.buttons)


def _replayed(flow: bytes, fault: Fault) -> CaseDriver:
    """A case that goes the way of the counter-example."""
    passed = [
        (name, set(frame.passed[index + 1 : index + 2] or frame.waits))
        for frame in fault.frames
        for index, name in enumerate(frame.passed)
    ]
    choices = CHOICE.findall(flow.decode())
    case = begin(flow, data=_decided(choices, passed))
    for index, (name, _) in enumerate(passed):
        if name.startswith("u"):
            case.do(name, **_decided(choices, passed[index:]))
        elif name.startswith(("b", "m")):
            case.say(name)
    return case


def _decided(choices: list[tuple[str, str]], passed: list[tuple[str, set[str]]]) -> dict[str, int]:
    """The ways that gateways take when they are next passed."""
    ways = dict(reversed(passed))
    return {f"{gate}_{to}": int(to in ways.get(gate, ())) for gate, to in choices}
