"""Files made to do harm are refused by check_isolated(), in time, whatever they try."""

import resource

import pytest

from engine import Surroundings, check_isolated
from engine.sandbox import COMPUTING, TOO_MUCH
from tests.engine.checking import FORM
from tests.engine.diagrams import HEAD, both, call, diagram, end, script, start, sub, times, user, xor

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def found(content: bytes, **more: bytes) -> list[str]:
    files = {"p.bpmn": content, "F.form.json": FORM} | {name.replace("__", "."): data for name, data in more.items()}
    before = computed()
    problems = check_isolated("p", files, Surroundings(handlers={}, parameters=()))
    assert computed() - before < COMPUTING + 1
    return [str(problem) for problem in problems]


def computed() -> float:
    """Seconds that the children of this process have computed: on a busy machine the clock tells something else."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def chain(count: int, shape=user) -> bytes:
    names = [f"U{n}" for n in range(count)]
    return diagram("p", start(), *(shape(name) for name in names), end(), flows=f"start {' '.join(names)} end")


def nested(depth: int) -> bytes:
    inside = user("U")
    for level in range(depth):
        inside = sub(f"S{level}", start(f"s{level}"), inside, end(f"e{level}"), flows=f"s{level} {inside.id} e{level}")
    return diagram("p", start(), inside, end(), flows=f"start {inside.id} end")


def forks(count: int) -> bytes:
    shapes = [shape for n in range(count) for shape in (both(f"P{n}"), user(f"A{n}"), user(f"B{n}"), user(f"U{n + 1}"))]
    flows = ";".join(f"P{n} A{n} U{n + 1}; P{n} B{n} U{n + 1}; U{n + 1} P{n + 1}" for n in range(count))
    return diagram("p", start(), *shapes, both(f"P{count}"), end(), flows=f"start P0; P{count} end; {flows}")


def calls(count: int) -> bytes:
    """Each process calls the next one twice."""
    from tests.engine.diagrams import file, process

    parts = []
    for n in range(count):
        name = "p" if n == 0 else f"p{n}"
        ends = (call(f"C{n}a", f"p{n + 1}"), call(f"C{n}b", f"p{n + 1}"))
        shapes = (start(f"s{n}"), both(f"g{n}"), *ends, both(f"j{n}"), end(f"e{n}"))
        parts.append(process(name, *shapes, flows=f"s{n} g{n} C{n}a j{n} e{n}; g{n} C{n}b j{n}"))
    parts.append(process(f"p{count}", start("sl"), user("UL"), end("el"), flows="sl UL el"))
    return file(*parts)


HOSTILE = {
    "billion laughs": f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x>&l9;</x>'.encode(),
    "a file of the server": b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>',
    "an outside DTD": b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>',
    "an empty file": b"",
    "garbage": bytes(range(256)) * 40,
    "not BPMN": b"<html/>",
    "three megabytes": HEAD.encode() + b" " * 3_000_000,
    "six thousand elements": diagram("p", start(), *(user(f"U{n}") for n in range(3_000)), end(), flows="start U0 end"),
    "a thousand levels": b"<a>" * 1_000 + b"</a>" * 1_000,
    "fifteen forks": forks(15),
    "forty forks": forks(40),
    "endless instances": diagram("p", start(), times(user("A"), "99999999"), end(), flows="start A end"),
    "computed instances": diagram("p", start(), times(user("A"), "9999 * 9999"), end(), flows="start A end"),
    "an endless loop": diagram(
        "p", start(), script("S", "n = 1"), xor("G"), end(), flows="start S G; G -> S: n == 1; G -> end: else"
    ),
    "two tasks in a ring": diagram("p", start(), user("A"), user("B"), end(), flows="start A B A"),
    "a call of itself": diagram("p", start(), call("C", "p"), end(), flows="start C end"),
    "nine subprocesses inside one another": nested(12),
    "calls that double": calls(8),
    "a chain too long": chain(700),
    "an expression too deep": diagram(
        "p", start(), script("S", "x = " + "(" * 3_000 + "1" + ")" * 3_000), end(), flows="start S end"
    ),
    "attributes missing": HEAD.encode()
    + b"<bpmn:process><bpmn:startEvent/><bpmn:sequenceFlow/></bpmn:process></bpmn:definitions>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_refused_in_time(name):
    problems = found(HOSTILE[name])
    assert problems
    assert not any("Error" in problem or "Traceback" in problem for problem in problems), problems


def test_garbage_in_other_files_is_refused_too():
    assert found(chain(1), x__dmn=b"\xff\xfe<", y__form__json=b"[" * 10_000)


def test_a_long_chain_and_many_parallel_blocks_are_fine():
    assert found(chain(500)) == []
    shapes = [shape for n in range(20) for shape in (both(f"P{n}"), user(f"A{n}"), user(f"B{n}"), both(f"J{n}"))]
    flows = (
        ";".join(f"P{n} A{n} J{n}; P{n} B{n} J{n}; J{n} P{n + 1}" for n in range(19)) + ";P19 A19 J19 end; P19 B19 J19"
    )
    assert found(diagram("p", start(), *shapes, end(), flows=f"start P0; {flows}")) == []


def test_a_child_that_is_killed_is_a_problem(monkeypatch):
    monkeypatch.setattr("engine.sandbox.SECONDS", 0.05)
    assert found(chain(100)) == [TOO_MUCH]
