"""What an operator may see and set of a case's variables: what they may not know of or break is not among them."""

from engine import parse, settable
from tests.engine.case import begin
from tests.engine.diagrams import both, diagram, end, script, start, sub, user, xor

SECRETIVE = diagram(
    "p",
    start(),
    script("ask", "note = level", confidential="yes"),
    user("work", candidates='post(unit, "handler") if note else ""', clue="entry.id"),
    end("done"),
    flows="start ask work done",
)
#: Two branches, one of them in a subprocess, meet before level decides.
MEETING = diagram(
    "p",
    start(),
    both("S"),
    user("A"),
    sub("B", start("b"), user("inside"), end("e"), flows="b inside e"),
    both("J"),
    xor("X"),
    user("high"),
    user("low"),
    end("done"),
    flows="start S A J X; S B J; X -> high: level > 1; X -> low: else; high done; low done",
)


def test_clues_and_what_confidential_steps_give_or_read_are_not_listed():  # XT-20, CA-12
    assert list(settable(parse("p", {"p.bpmn": SECRETIVE}))) == ["unit"]


def test_every_token_has_the_new_value_also_behind_a_join_and_in_a_subprocess():
    case = begin(MEETING, data={"level": 1})
    assert case.execution.values_of("level") == [1]
    case.set("level", 5)
    for step in ("A", "inside"):
        case.do(step)
    assert case.open == ["high"]


def test_tokens_that_do_not_agree_are_told_apart():
    case = begin(MEETING, data={"level": 1})
    case.do("A", level=True)
    assert case.execution.values_of("level") == [True, 1]
