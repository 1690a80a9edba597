"""A flow that cannot work is refused in a sentence that names the element as the designer sees it."""

import pytest

from tests.engine.checking import found
from tests.engine.diagrams import (
    Shape,
    body_of,
    both,
    boundary,
    call,
    catch,
    diagram,
    each,
    end,
    errors,
    event,
    first_event,
    message,
    messages,
    rule,
    script,
    service,
    some,
    start,
    sub,
    throw,
    timer,
    times,
    user,
    xor,
)


def problems(*files: bytes) -> list[str]:
    wrong = found(*files, handlers={"mail.send": {"to": True, "copy": False}}, parameters={"xt.days"})
    return [str(problem) for problem in wrong]


def test_what_is_wrong_is_told_in_the_words_of_the_editor():
    labels = {"notify.post": "通知岗位", "notify.post:to": "接收通知的岗位"}
    told = flow(service("Activity_1i0zna8", "notify.post", name=""), flows="start Activity_1i0zna8 end")
    wrong = found(told, handlers={"notify.post": {"to": True}}, labels=labels)
    words = "没有名称的服务任务（Activity_1i0zna8）的服务“通知岗位”没有填“接收通知的岗位”。"
    assert words in [each.message for each in wrong]


def test_a_notice_to_words_that_are_no_post_reaches_nobody():
    told = flow(service("N", "notify.post", parameters={"to": '"县政府督查室督查员"'}), flows="start N end")
    wrong = found(told, handlers={"notify.post": {"to": True}}, to_posts=["notify.post:to"])
    assert any("写成了文字“县政府督查室督查员”，谁也收不到" in each.message for each in wrong)


def flow(*shapes, flows: str, **more) -> bytes:
    return diagram("p", start(), *shapes, end(), flows=flows, **more)


GOOD = flow(
    user("A", name="签收", deadline="sign", limit='workdays(param("xt.days"))', status="signing", clauses="XT-10"),
    boundary("late", "A", timer('due("sign")'), False),
    service("N", "mail.send", parameters={"to": '"x"'}),
    end("e2"),
    boundary("ask", "A", message("m"), False, form="F", available='count("ask") < 1', unavailable="只能一次。"),
    end("e3"),
    boundary("back", "A", message("m2")),
    xor("G", name="再来？"),
    sub("S", start("s"), user("B"), end("e"), flows="s B e"),
    call("C", "q"),
    both("P"),
    both("J"),
    some("O"),
    some("O2"),
    first_event("E"),
    catch("r", message("m")),
    messages("m", "m2"),
    catch("t", timer("workdays(2)")),
    xor("X"),
    each(user("M"), "units", "unit"),
    end("e4", content=event("terminate")),
    flows="start A G; G -> A: again; G -> S: else; S P C J O; P M J; O -> E: True; O -> O2: x > 1;"
    "E r X; E t X; X O2 end;"
    "late N e2; ask e3; back e4",
)
CALLED = diagram("q", start("qs"), user("Q"), end("qe"), flows="qs Q qe")


def test_a_sound_flow_has_no_problems():
    assert problems(GOOD, CALLED) == []


WRONG = {
    "a condition on a start that no clock makes": (
        diagram("p", start(available="1 > 2"), user("A"), end(), flows="start A end"),
        "「start」不按日历开始，不能写可用条件",
    ),
    "a condition on a start that asks what only a case knows": (
        diagram(
            "p",
            start(content=timer('period_start("monthly")', "timeDate"), available='count("A") == 0'),
            user("A"),
            end(),
            flows="start A end",
        ),
        "用到“count”，那时事项还没有开始",
    ),
    "a title on a start that somebody fills in": (
        diagram("p", start(title='"2026年"'), user("A"), end(), flows="start A end"),
        "「start」不按日历开始，标题由登记的人填，不能写标题的表达式",
    ),
    "a public beginning that waits for no message": (
        diagram("p", start(receiver="a:b", channel="web", form="F"), user("A"), end(), flows="start A end"),
        "「start」不是消息开始事件，不能由企业群众网上提交",
    ),
    "a public beginning whose post is no post": (
        flow(start("web", content=message("m"), receiver="somebody"), user("A"), flows="start A end; web A"),
        "「web」没有写明由哪个岗位登记，应为“单位代号:角色代号”",
    ),
    "a public beginning without a channel": (
        flow(start("web", content=message("m"), receiver="a:b"), user("A"), flows="start A end; web A"),
        "「web」没有写明受理渠道",
    ),
    "a public beginning without a form": (
        flow(start("web", content=message("m"), receiver="a:b"), user("A"), flows="start A end; web A"),
        "「web」没有网上提交的表单",
    ),
    "what the reporter does, by a timer": (
        flow(user("A"), boundary("late", "A", timer('due("d")'), form="F", reporter="评价"), flows="start A end"),
        "「late」不是消息事件，反映人不能在查询页上办",
    ),
    "what the reporter does, without a form": (
        flow(user("A"), boundary("b", "A", message("m"), reporter="申诉"), end("e"), flows="start A end; b e"),
        "「b」由反映人在查询页上填，却没有表单",
    ),
    "what the reporter does, without a button": (
        flow(user("A", reporter=" "), flows="start A end"),
        "「A」没有写明查询页上的按钮叫什么",
    ),
    "what the reporter does, on a gateway": (
        flow(xor("G", reporter="评价"), flows="start G end"),
        "「G」是网关，不能有属性“reporter”",
    ),
    "an event subprocess": (
        flow(
            user("A"),
            Shape(
                "subProcess",
                "ES",
                "撤销",
                attributes=(("triggeredByEvent", "true"),),
                content=body_of([start("s"), end("e")], "s e", "x"),
            ),
            flows="start A end",
        ),
        "「撤销」（ES）是事件子流程",
    ),
    "a loop that no gateway can leave": (
        flow(user("A"), user("B", name="复核"), flows="start A B A; B end"),
        "有不止一条离开的连线",
    ),
    "a loop through a parallel gateway only": (
        flow(user("A"), both("G"), flows="start A G end; G A"),
        "没有网关可以离开",
    ),
    "an automatic loop": (
        flow(script("S", "n = 1"), xor("G"), flows="start S G; G -> S: n == 1; G -> end: else"),
        "没有需要等待的环节",
    ),
    "a dangling message": (
        flow(user("A"), boundary("b", "A", message("none")), end("e"), flows="start A end; b e"),
        "引用的消息“none”不存在",
    ),
    "an event without its message": (
        flow(user("A"), boundary("b", "A", "<bpmn:messageEventDefinition/>"), end("e"), flows="start A end; b e"),
        "没有选定消息",
    ),
    "a dangling error": (
        flow(
            user("A"), end("x", content=event("error", "none")), xor("G"), flows="start A G; G -> x: ok; G -> end: else"
        ),
        "引用的错误“none”不存在",
    ),
    "an error that nobody catches": (
        flow(
            user("A"),
            end("x", content=event("error", "err")),
            xor("G"),
            errors(err="E"),
            flows="start A G; G -> x: ok; G -> end: else",
        ),
        "抛出的错误“E”没有边界事件接住",
    ),
    "an unquoted duration": (
        flow(user("A"), boundary("b", "A", timer("PT1H"), name="催办"), end("e"), flows="start A end; b e"),
        "「催办」（b）的定时“PT1H”要写成",
    ),
    "a quoted duration": (
        flow(user("A"), boundary("b", "A", timer('"PT1H"')), end("e"), flows="start A end; b e"),
        "要写成 workdays",
    ),
    "a cycle timer": (
        flow(user("A"), boundary("b", "A", timer('"R3/PT1H"', "timeCycle")), end("e"), flows="start A end; b e"),
        "周期定时",
    ),
    "a time without offset": (
        flow(catch("T", timer('"2026-01-01T09:00:00"')), flows="start T end"),
        "不是带时区的时间",
    ),
    "a timer without time": (
        flow(catch("T", "<bpmn:timerEventDefinition/>"), flows="start T end"),
        "没有写明到什么时候",
    ),
    "a script before a task": (
        flow(
            Shape(
                "userTask",
                "A",
                properties=(("candidates", '"x"'), ("form", "F")),
                extensions="<spiffworkflow:preScript>x = 1</spiffworkflow:preScript>",
            ),
            flows="start A end",
        ),
        "系统不读的扩展“preScript”",
    ),
    "equal ids": (flow(user("A"), user("A"), flows="start A end"), "标识“A”用了不止一次"),
    "equal names of items": (
        flow(
            each(user("A", name="征求意见"), "units", "unit"), each(user("B"), "units", "unit"), flows="start A B end"
        ),
        "「征求意见」（A）、「B」 的多实例都把每一项叫“unit”，标识在一个文件里不能重复",
    ),
    "an id of SpiffWorkflow's": (flow(user("End"), flows="start End end"), "系统保留"),
    "a node out of reach": (
        flow(user("A"), user("B", name="孤岛"), flows="start A end; B end"),
        "「孤岛」（B）从开始事件走不到",
    ),
    "a way without end": (
        flow(user("A"), both("G"), xor("X"), user("B"), flows="start A G end; G X B X"),
        "走不到任何结束事件",
    ),
    "a link event": (flow(throw("L", event("link")), flows="start L end"), "链接事件"),
    "a compensation": (flow(throw("L", event("compensate")), flows="start L end"), "补偿事件"),
    "a signal at the end": (
        flow(user("A"), flows="start A x").replace(
            b'<bpmn:endEvent id="end"></bpmn:endEvent>',
            b'<bpmn:endEvent id="x"><bpmn:signalEventDefinition/></bpmn:endEvent>',
        ),
        "信号事件",
    ),
    "a complex gateway": (flow(Shape("complexGateway", "K"), flows="start K end"), "复杂网关"),
    "a plain task": (flow(Shape("task", "K"), flows="start K end"), "没有类型"),
    "a standard loop": (
        flow(
            Shape(
                "userTask",
                "A",
                properties=(("candidates", "x"), ("form", "F")),
                loop='<bpmn:standardLoopCharacteristics loopMaximum="3"/>',
            ),
            flows="start A end",
        ),
        "循环标记",
    ),
    "an exclusive gateway without default": (
        flow(xor("G", name="受理？"), end("e"), flows="start G; G -> end: a; G -> e: b"),
        "「受理？」（G）没有默认出路",
    ),
    "a condition where it would be ignored": (flow(user("A"), flows="start A; A -> end: x > 1"), "出路上不能写条件"),
    "a way without condition": (flow(xor("G"), end("e"), flows="start G; G -> end: else; G e"), "有的没有写条件"),
    "an unknown function": (
        flow(xor("G"), end("e"), flows="start G; G -> end: open(1); G -> e: else"),
        "不存在的函数“open”",
    ),
    "an unknown parameter": (
        flow(xor("G"), end("e"), flows='start G; G -> end: param("xt.dais") > 1; G -> e: else'),
        "用到的参数“xt.dais”不存在",
    ),
    "an unreadable condition": (flow(xor("G"), end("e"), flows="start G; G -> end: a >; G -> e: else"), "的条件："),
    "an unknown deadline": (
        flow(user("A"), boundary("b", "A", timer('due("sgin")')), end("e"), flows="start A end; b e"),
        "用到的时限“sgin”没有在任何环节上开始",
    ),
    "a property typed wrongly": (
        flow(user("A", deadlin="x"), flows="start A end"),
        "的属性“deadlin”不认识，是不是“deadline”",
    ),
    "an unknown task that its doer may not have done": (
        flow(user("A", notBy="B"), flows="start A end"),
        "不得由办理“B”的人办理，但没有这个任务",
    ),
    "a way back that is none": (flow(user("A", sendBack="no"), flows="start A end"), "的退回只能写 any"),
    "a property in the wrong place": (
        flow(xor("G", candidates='"x"'), flows="start G end"),
        "是网关，不能有属性“candidates”",
    ),
    "a user task without post": (
        flow(user("A", name="登记", candidates=""), flows="start A end"),
        "「登记」（A）没有写明由哪个岗位办理",
    ),
    "a user task without form": (flow(user("A", form=""), flows="start A end"), "没有表单"),
    "a missing form": (flow(user("A", form="F-9"), flows="start A end"), "表单“F-9”不存在"),
    "a missing decision": (flow(rule("R", "nope"), flows="start R end"), "决策表“nope”不存在"),
    "an unknown handler": (
        flow(service("H", "mail.sent"), flows="start H end"),
        "服务“mail.sent”不存在，是不是“mail.send”",
    ),
    "an unknown handler parameter": (
        flow(service("H", "mail.send", parameters={"too": "1"}), flows="start H end"),
        "没有参数“too”",
    ),
    "a handler parameter left out": (
        flow(service("H", "mail.send", parameters={"copy": '"x"'}), flows="start H end"),
        "的服务“mail.send”没有填“to”",
    ),
    "a missing called process": (flow(call("C", "nope"), flows="start C end"), "调用的流程“nope”不存在"),
    "a process that calls itself": (flow(call("C", "p"), flows="start C end"), "绕回来调用了"),
    "a deadline without length": (flow(user("A", deadline="d"), flows="start A end"), "没有写时限长度"),
    "a deadline by a clause of no step of its": (
        flow(user("A", deadline="d", limit="workdays(1)", clauses="C-04", limitClauses="C-03"), flows="start A end"),
        "的时限依据C-03，不在这个环节的条款里",
    ),
    "a deadline until nowhere": (
        flow(user("A", deadline="d", limit="workdays(1)", until="Z"), flows="start A end"),
        "没有这个环节",
    ),
    "a deadline that its own step meets at once": (
        flow(script("S", "x = 1", deadline="d", limit="workdays(1)"), flows="start S end"),
        "要写明到哪个环节为止",
    ),
    "a voided deadline that never starts": (flow(user("A", voids="d"), flows="start A end"), "要作废的时限“d”"),
    "a deadline to keep that never starts": (flow(user("A", alsoDue="d"), flows="start A end"), "还要守的时限“d”"),
    "a deadline that several units would share": (
        flow(
            each(
                sub("S", start("s"), user("A", deadline="d", limit="workdays(1)"), end("e"), flows="s A e"),
                "units",
                "unit",
            ),
            flows="start S end",
        ),
        "不然几家共用一个",
    ),
    "too many instances": (flow(times(user("A"), "99999999"), flows="start A end"), "多实例超过"),
    "several ways out of a task": (flow(user("A"), end("e"), flows="start A end; A e"), "有不止一条离开的连线"),
    "a subprocess without start": (
        flow(sub("S", user("A"), end("e"), flows="A e"), flows="start S end"),
        "必须有且只有一个开始事件",
    ),
    "a boundary event on nothing": (
        flow(user("A"), boundary("b", "Z", timer("workdays(1)")), end("e"), flows="start A end; b e"),
        "没有贴在",
    ),
    "a loose flow": (flow(user("A"), flows="start A end; A nowhere"), "一端没有连上"),
    "forks that never join": (
        flow(user("A"), both("P"), user("B"), user("C"), user("D"), flows="start A P B D; P C D; D end"),
        "「D」会办 2 遍：「P」分出的 2 路没有汇合就都走到这里",
    ),
    "forks without number": (
        flow(
            *(shape for n in range(20) for shape in (user(f"U{n}"), both(f"P{n}"), user(f"A{n}"), user(f"B{n}"))),
            *(boundary(f"b{n}", f"B{n}", timer("workdays(1)")) for n in range(20)),  # so none must be done twice
            user("U20"),
            flows="start U0; U20 end;"
            + ";".join(f"U{n} P{n} A{n} U{n + 1}; P{n} B{n} U{n + 1}; b{n} end" for n in range(20)),
        ),
        "做了太多事",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_refused(name):
    content, sentence = WRONG[name]
    assert any(sentence in problem for problem in problems(content)), problems(content)


def test_a_flow_that_is_not_there():
    assert problems(diagram("other", start(), end(), flows="start end")) == ["没有标识为“p”的流程。"]


def test_every_problem_is_said_once_and_at_once():
    found = problems(flow(user("A", candidates="", form=""), service("H", "x"), flows="start A H end"))
    assert len(found) == len(set(found)) == 3
