"""Flows that are broken each in one place: refused in a sentence on the element that has to be mended."""

import pytest

from engine import Surroundings
from engine.check import counter_examples
from tests.engine.checking import FORM, found
from tests.engine.diagrams import (
    Shape,
    both,
    boundary,
    call,
    catch,
    diagram,
    end,
    errors,
    event,
    message,
    rule,
    script,
    service,
    start,
    sub,
    throw,
    timer,
    times,
    user,
    xor,
)

A, B, C, D = (user(name) for name in "ABCD")
LATE = boundary("late", "A", timer("workdays(1)"))
BESIDE = boundary("late", "A", timer("workdays(1)"), False)
SIGNAL = '<bpmn:signal id="s" name="回复"/>'
ERROR = errors(no="no")


def flow(*shapes: Shape | str, flows: str) -> bytes:
    return diagram("p", start(), *shapes, end(), flows=flows)


#: What is wrong: the diagram, the element, the sentence.
BROKEN = {
    # a case waits for ever
    "a parallel join behind a choice": (
        flow(xor("G", name="同意？"), A, B, both("J"), flows="start G; G -> A: x; G -> B: else; A J end; B J"),
        "J",
        "「J」会一直等下去：「同意？」（G）走了“A”以后，从「B」来的一路永远等不到。",
    ),
    "a branch that is interrupted before its join": (
        flow(both("P"), A, LATE, B, both("J"), end("e"), flows="start P A J end; P B J; late e"),
        "J",
        "「J」会一直等下去：「late」发生以后，从「A」来的一路永远等不到。",
    ),
    "a join with work that need not begin": (
        flow(A, BESIDE, B, both("J"), flows="start A J end; late B J"),
        "J",
        "「J」会一直等下去：「A」办完以后，从「B」来的一路永远等不到。",
    ),
    "a way back out of parallel work": (
        flow(xor("M"), both("P"), A, B, both("J"), xor("X"), flows="start M P A X; P B J end; X -> J: else; X -> M: y"),
        "J",
        "「J」会一直等下去：已经汇合过一次，又来了一路；「X」走了“M”、「X」走了“J”以后，从「X」来的一路永远等不到。",
    ),
    "two branches that wait for each other": (
        flow(
            both("P"),
            both("J"),
            A,
            xor("X"),
            both("K"),
            B,
            flows="start P J A X; X -> K: y; X -> end: else; P K B J; J end",
        ),
        "J",
        "「J」会一直等下去：从「B」来的一路永远等不到。",
    ),
    "an end in the middle of parallel work": (
        flow(both("P"), A, xor("X"), B, both("J"), end("e"), flows="start P A X; X -> e: y; X -> J: else; P B J end"),
        "J",
        "「J」会一直等下去：「X」走了“e”以后，从「X」来的一路永远等不到。",
    ),
    "an end in the middle of parallel work inside a subprocess": (
        flow(
            sub(
                "S", start("s"), both("P"), A, LATE, B, both("J"), end("e"), end("f"), flows="s P A J e; P B J; late f"
            ),
            flows="start S end",
        ),
        "J",
        "「J」会一直等下去：「late」发生以后，从「A」来的一路永远等不到。",
    ),
    "a signal that only a later step sends": (
        flow(
            SIGNAL,
            catch("W", event("signal", "s"), noDeadline="等另一路的信号"),
            throw("T", event("signal", "s")),
            flows="start W T end",
        ),
        "W",
        "「W」会一直等下去：除了在它之后，没有环节发出信号“回复”，永远等不到。",
    ),
    # a case never ends, is done twice, or leaves something out
    "a loop that starts more work each round": (
        flow(
            xor("M"), A, both("P"), xor("X"), both("J"), B, flows="start M A P X; P J end; X -> M: y; X -> B: else; B J"
        ),
        "J",
        "永远等不到",
    ),
    "parallel work that is not joined": (
        flow(both("P"), A, B, xor("X"), C, flows="start P A X C end; P B X"),
        "C",
        "「C」会办 2 遍：「P」分出的 2 路没有汇合就都走到这里，请先用并行网关汇合。",
    ),
    "an error that nothing inside throws": (
        flow(
            ERROR,
            sub("S", start("s"), A, end("e"), flows="s A e"),
            boundary("b", "S", event("error", "no")),
            flows="start S end; b end",
        ),
        "b",
        "「b」永远走不到：所在的环节里面不会抛出它等的错误。",
    ),
    "an error that is caught on another way only": (
        flow(
            ERROR,
            xor("G"),
            call("K", "q"),
            call("L", "q"),
            boundary("b", "K", event("error", "no")),
            flows="start G; G -> K: x; G -> L: else; K end; L end; b end",
        ),
        "qf",
        "「qf」抛出的错误“no”没有边界事件接住：「G」走了“L”以后，事项会停在这里。",
    ),
    "a way on from what only fails": (
        flow(
            ERROR,
            sub("S", start("s"), A, end("e", content=event("error", "no")), flows="s A e"),
            boundary("b", "S", event("error", "no")),
            B,
            flows="start S B end; b end",
        ),
        "B",
        "「B」永远走不到：「S」从不这样办完。",
    ),
    # ways that lead nowhere
    "a loop without exit": (flow(A, xor("M"), B, flows="start M A B M; end"), "A", "之后走不到任何结束事件"),
    "a loop without anything to wait for": (
        flow(xor("M"), script("s", "x = 1"), xor("G"), flows="start M s G; G -> M: x; G -> end: else"),
        "G",
        "「G」所在的一圈没有需要等待的环节，会不停地运行。",
    ),
    "an unreachable step": (flow(A, B, flows="start A end; B end"), "B", "「B」从开始事件走不到。"),
    "a gateway without a default": (
        flow(xor("G"), A, flows="start G; G -> A: x; G -> end: y; A end"),
        "G",
        "「G」没有默认出路，条件都不成立时事项会停住。",
    ),
    "a dead end": (flow(A, flows="start A"), "A", "「A」没有离开的连线。"),
    # names that nothing stands behind
    "a message that is not there": (
        flow(A, boundary("b", "A", message("m9")), flows="start A end; b end"),
        "b",
        "「b」引用的消息“m9”不存在。",
    ),
    "a boundary event on nothing": (
        flow(A, boundary("b", "Z", timer("workdays(1)")), flows="start A end; b end"),
        "b",
        "「b」没有贴在任务、调用活动或子流程上。",
    ),
    "an unknown handler": (flow(service("N", "sms.sent"), flows="start N end"), "N", "sms.sent"),
    "an unknown form": (flow(user("A", form="G"), flows="start A end"), "A", "G"),
    "an unknown decision": (flow(rule("R", "kinds"), flows="start R end"), "R", "kinds"),
    "an unknown parameter": (
        flow(user("A", deadline="d", limit='workdays(param("xt.dayz"))'), flows="start A end"),
        "A",
        "xt.dayz",
    ),
    "a call of itself": (flow(call("K", "p"), flows="start K end"), "K", "「K」绕回来调用了“p”自己。"),
    "a multi-instance without a list": (
        flow(times(A, ""), flows="start A end"),
        "A",
        "「A」的多实例要么写个数，要么写清单变量。",
    ),
    # what a flow owes to people
    "a limit without a unit": (
        flow(user("A", deadline="a", limit="3"), flows="start A end"),
        "A",
        "「A」的时限长度“3”要写成 workdays(5)、hours(2) 这样的时长。",
    ),
    "a limit that is none": (
        flow(user("A", deadline="a", limit="workdays(0 - 3)"), flows="start A end"),
        "A",
        "「A」的时长“workdays(0 - 3)”，数量要是 0 到 3650 的整数。",
    ),
    "a timer longer than ten years": (
        flow(A, boundary("b", "A", timer("workdays(99999999)")), flows="start A end; b end"),
        "b",
        "「b」的时长“workdays(99999999)”，数量要是 0 到 3650 的整数。",
    ),
    "a timer without a unit": (flow(A, boundary("b", "A", timer("3")), flows="start A end; b end"), "b", "「b」"),
    "a wait without a limit": (flow(A, user("B", noDeadline=""), flows="start A B end"), "B", "「B」没有时限"),
    "a missing reply": (
        diagram("p", start(noReply=""), A, end(), flows="start A end"),
        "end",
        "「end」不答复提出人就能走到",
    ),
    "an urging without an owner": (
        flow(service("U", "urge", parameters={"to": '"water"'}), flows="start U end"),
        "U",
        "「U」以后没有负责的岗位，阶梯到不了责任人。",
    ),
}
FAILING = diagram("q", ERROR, start("qs"), user("Q"), end("qf", content=event("error", "no")), flows="qs Q qf")


@pytest.mark.parametrize("name", BROKEN)
def test_refused_on_the_element(name):
    content, element, sentence = BROKEN[name]
    more = [FAILING] if b'calledElement="q"' in content else []
    problems = found(content, *more, handlers={"urge": {"to": True}}, escalating=["urge"])
    assert [one for one in problems if one.element == element and sentence in one.message and not one.warning], problems


def test_only_what_could_run_is_searched():
    """A drawing that lacks its ends, or calls itself, has no states."""
    known = Surroundings(handlers={}, parameters=())
    searched = {
        name: counter_examples("p", {"p.bpmn": content, "q.bpmn": FAILING, "F.form.json": FORM}, known)
        for name, (content, _, _) in BROKEN.items()
    }
    told = {name for name, faults in searched.items() if faults}
    assert told == set(list(BROKEN)[: list(BROKEN).index("a loop without exit")])
