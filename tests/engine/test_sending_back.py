"""退回: a task goes back over what its token has passed alone; whatever stands beside it stands where it stood."""

import pytest

from engine import SendingBack, parse
from engine.ways_back import WaysBack
from errors import MessageNotAccepted
from tests.engine.case import begin
from tests.engine.diagrams import (
    both,
    boundary,
    call,
    diagram,
    each,
    end,
    event,
    file,
    message,
    messages,
    process,
    script,
    start,
    sub,
    throw,
    timer,
    user,
    xor,
)

#: 拟稿 → 审签 with a limit and a timer of each; the limit of both runs until 审签 is done.
OFFICE = (
    user("write", deadline="whole", limit="workdays(9)", until="sign"),
    boundary("nudge", "write", timer("workdays(2)"), interrupting=False),
    end("nudged"),
    script("reckon", "pages = 1"),
    xor("ways"),
    user("sign", deadline="sign", limit="workdays(3)"),
    boundary("urge", "sign", timer('due("sign")'), interrupting=False),
    user("remind"),
    end("urged"),
)
FLOWS = "write reckon ways sign; nudge nudged; urge remind urged"


def test_in_one_branch_it_goes_back_and_the_other_stands_where_it_stood():  # C-03, C-08
    beside = user("beside", deadline="beside", limit="workdays(4)"), boundary("late", "beside", timer("workdays(9)"))
    case = begin(
        diagram(
            *("p", start(), both("S"), *OFFICE, *beside, both("J"), user("last"), end(), end("told")),
            flows=f"start S {FLOWS}; sign J; S beside J last end; late told",
        )
    )
    first_nudge = case.due["nudge"]
    case.wait(hours=30)
    case.do("write")
    limits, late = dict(case.host.deadlines), case.due["late"]
    case.send_back("sign", "write")
    assert (case.open, case.due["late"]) == (["beside", "write"], late)
    assert case.host.deadlines == {key: limits[key] for key in ("whole", "beside")}
    assert "meet sign" not in case.host.log
    assert case.due["nudge"] > first_nudge  # the reminder comes back, from now on
    for step in ("write", "sign", "beside", "last"):
        case.do(step)
    assert case.ended


def test_inside_one_of_three_the_other_two_stay_and_all_three_meet_again():
    units = each(call("handle", "office"), "units", "unit")
    case = begin(
        file(
            process("p", start(), units, user("last"), end(), flows="start handle last end"),
            process("office", start("s"), *OFFICE, end("e"), flows=f"s {FLOWS}; sign e"),
        ),
        data={"units": ["a", "b", "c"]},
    )
    for unit in "ab":
        case.do("write", f"unit == '{unit}'")
    case.send_back("sign", "write", "unit == 'b'")
    assert case.open == ["sign", "write", "write"]
    floors = {task.variables["unit"]: task.floor for task in case.execution.open_tasks()}
    assert len(set(floors.values())) == 3
    for unit in "bc":
        case.do("write", f"unit == '{unit}'")
    for unit in "abc":
        case.do("sign", f"unit == '{unit}'")
    case.do("last")
    assert case.ended


def test_the_way_is_what_was_really_passed():
    case = begin(diagram("p", start(), *OFFICE, end(), flows=f"start {FLOWS}; sign end"))
    case.do("write")
    [task] = case.execution.open_tasks()
    back = SendingBack(case.execution, task.id)
    assert back.way("write", "sign", ["write", "reckon", "ways"]).elements == {"reckon", "ways"}
    assert back.way("write", "sign", ["write"]) is None


@pytest.mark.parametrize(
    ("flows", "found"),
    [
        ("start a b c end", "ab"),
        ("start a b x; x -> a: 1 == 2; x -> c: else; c end", "ab"),
        ("start a S b J c end; S other J", ""),
        ("start a S b c end; S other end", "b"),
        ("start x; x -> a: 1 == 2; a told c end; x -> b: else; b c", "b"),
        ("start x; x -> a: 1 == 2; a inside c end; x -> b: else; b c", "b"),
        ("start x; x -> many: 1 == 2; many c end; x -> b: else; b c", "b"),
        ("start a end; asked b c end", "b"),
    ],
)
def test_a_way_goes_no_further_than_a_token_goes_alone(flows, found):
    shapes = {
        "asked": boundary("asked", "a", message("m")),
        **{name: user(name) for name in ("a", "b", "c", "other")},
        **{"S": both("S"), "J": both("J"), "x": xor("x"), "told": throw("told", event("signal", "s"))},
        "inside": sub("inside", start("i"), user("y"), end("z"), flows="i y z"),
        "many": each(user("many"), "units", "unit"),
    }
    drawn = [shape for name, shape in shapes.items() if name in flows.replace(";", " ").split()]
    signal = '<bpmn:signal id="s" name="s"/>'
    definition = parse("p", {"p.bpmn": diagram("p", messages("m"), signal, start(), *drawn, end(), flows=flows)})
    assert sorted(WaysBack(definition, definition.spec.task_specs).steps_before("c")) == [*found]


def test_not_onto_what_is_known_outside_nor_over_a_limit_that_would_begin_a_second_time():  # C-03, XT-10
    window = script("signed", "x = 1", deadline="window", limit="workdays(2)", until="over")
    shapes = user("tell", reply="yes"), user("sign"), window, user("over"), user("work"), xor("ways")
    case = begin(
        diagram(
            *("p", start(), *shapes, end()),
            flows="start tell sign signed ways; ways -> over: x == 2; ways -> work: else; over end; work end",
        )
    )
    case.do("tell")
    case.do("sign")
    [task] = case.execution.open_tasks()
    back, passed = SendingBack(case.execution, task.id), ["sign", "signed", "ways"]
    assert back.may_reach("sign", back.way("sign", "work", passed))
    assert not back.may_reach("tell", back.way("tell", "sign", ["tell"]))
    case.host.deadlines.clear()
    assert not back.may_reach("sign", back.way("sign", "work", passed))


@pytest.mark.parametrize("said", [{"sendBack": "none"}, {"confidential": "yes"}])
def test_what_the_diagram_keeps_from_it_is_not_sent_back(said):  # XT-20
    case = begin(diagram("p", start(), user("a"), user("b", **said), end(), flows="start a b end"))
    case.do("a")
    [task] = case.execution.open_tasks()
    assert SendingBack(case.execution, task.id).steps_before == frozenset()


def test_while_a_branch_that_an_event_began_beside_it_is_under_way_it_stays_and_then_keeps_what_that_brought():
    office = sub("office", start("s"), *OFFICE, end("e"), flows=f"s {FLOWS}; sign e")
    after = user("after", candidates="text(seen)")
    case = begin(diagram("p", start(), office, after, end(), flows="start office after end"))
    case.do("write")
    case.wait(days=4)
    before = case.state
    with pytest.raises(MessageNotAccepted, match="另起一路，还没有走完，不能退回"):
        case.send_back("sign", "write")
    assert case.state == before
    case.do("remind", seen="yes")
    case.send_back("sign", "write")
    for step in ("write", "sign"):
        case.do(step)
    assert case.variables("after")["seen"] == "yes"
