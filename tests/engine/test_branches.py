"""Where branches part and meet: gateways, multi-instances, ends."""

import pytest

from tests.engine.case import begin
from tests.engine.diagrams import (
    both,
    boundary,
    call,
    catch,
    diagram,
    each,
    end,
    event,
    message,
    messages,
    script,
    some,
    start,
    timer,
    user,
    xor,
)

LIST = {"units": ["a", "b"]}


def test_12_branches_that_meet_do_not_mix_lists():
    case = begin(
        diagram(
            "p",
            start(),
            both("S"),
            script("A", 'notes = ["x", "y"]'),
            user("B"),
            both("J"),
            user("C"),
            end(),
            flows="start S A J C end; S B J",
        ),
        data={"notes": ["old"], "keep": {"deep": [1]}},
    )
    case.do("B")
    assert case.variables("C") == {"notes": ["x", "y"], "keep": {"deep": [1]}}


@pytest.mark.parametrize("order", ["AB", "BA"])
def test_12_what_a_branch_merely_carried_does_not_undo_what_another_changed(order):
    case = begin(
        diagram(
            "p",
            start(),
            both("S"),
            user("A"),
            user("B"),
            both("J"),
            user("C"),
            xor("G"),
            end(),
            flows="start S A J C G; S B J; G -> end: rounds.done > 3; G -> C: else",
        ),
        data={"rounds": {"done": 1}},
    )
    for task in order:
        case.do(task, **({"rounds": {"done": 2}} if task == "A" else {}))
    assert case.variables("C")["rounds"] == {"done": 2}


@pytest.mark.parametrize("one_by_one", [False, True])
def test_13_rework_may_come_back_to_a_multi_instance(one_by_one):
    many = each(user("B"), "units", "unit", into="answers", output="answer", one_by_one=one_by_one)
    case = begin(
        diagram("p", start(), many, user("C"), xor("G"), end(), flows="start B C G; G -> B: again; G -> end: else"),
        data=LIST,
    )
    for again in (True, False):
        for _ in LIST["units"]:
            case.do("B", answer=f"{again}")
        assert case.variables("C")["answers"] == [f"{again}"] * 2
        case.do("C", again=again)
    assert case.ended


@pytest.mark.parametrize("one_by_one", [False, True])
def test_an_item_covers_one_of_the_same_name_around_it_and_no_longer_than_its_list_lasts(one_by_one):
    main = diagram("p", start(), each(call("A", "q"), "units", "unit"), user("C"), end(), flows="start A C end")
    inner = each(user("B"), "rooms", "unit", one_by_one=one_by_one)
    after = each(user("E"), "rooms", "unit", one_by_one=one_by_one)
    called = [
        diagram("q", start("s1"), call("X", "r"), user("D"), call("Y", "t"), end("e1"), flows="s1 X D Y e1"),
        diagram("r", start("s2"), inner, end("e2"), flows="s2 B e2"),
        diagram("t", start("s3"), after, end("e3"), flows="s3 E e3"),
    ]
    case = begin(main, *called, data={"units": ["a"], "rooms": [1, 2]})
    seen = []
    while case.open != ["C"]:
        task = case.open[0]
        seen.append((task, case.variables(task)["unit"]))
        case.do(task)
    assert seen == [("B", 1), ("B", 2), ("D", "a"), ("E", 1), ("E", 2)]
    assert "unit" not in case.variables("C")


def test_an_instance_that_does_not_give_what_is_collected_says_so():
    many = each(user("B"), "units", "unit", into="answers", output="answer")
    case = begin(diagram("p", start(), many, end(), flows="start B end"), data={"units": ["a"]})
    case.do("B")
    assert "没有得到要汇总的“answer”" in case.failed["B"]


def test_a_multi_instance_may_end_early():
    many = each(user("B"), "units", "unit", output="ok", into="oks", until="ok")
    case = begin(diagram("p", start(), many, user("C"), end(), flows="start B C end"), data={"units": ["a", "b", "c"]})
    case.do("B", ok=False)
    case.do("B", ok=True)
    assert case.open == ["C"]
    assert len(case.withdrawn) == 1


def asked_five(until):
    opinion = each(user("B"), "units", "unit", output="vote", into="votes", until=until)
    shapes = (start(), opinion, user("C"), end())
    return begin(diagram("p", *shapes, flows="start B C end"), data={"units": ["a", "b", "c", "d", "e"]})


def test_two_thirds_who_agree_are_enough_and_so_are_too_many_who_do_not():
    agree = "(len(votes) - len(without(votes, 'agree'))) * 3 >= len(units) * 2"
    differ = "len(without(votes, 'agree')) * 3 > len(units)"
    case = asked_five(until=f"{agree} or {differ}")
    for _ in range(4):
        assert "B" in case.open
        case.do("B", vote="agree")
    assert case.open == ["C"]
    assert len(case.withdrawn) == 1
    case = asked_five(until=f"{agree} or {differ}")
    case.do("B", vote="refuse")
    case.do("B", vote="refuse")
    assert case.open == ["C"]
    assert case.variables("C")["votes"] == ["refuse", "refuse"]


def test_a_join_in_a_loop_waits_in_its_second_round_too():
    case = begin(
        diagram(
            "p",
            start(),
            xor("M"),
            both("S"),
            user("A"),
            user("B"),
            both("J"),
            user("C"),
            xor("G"),
            end(),
            flows="start M S A J C G; S B J; G -> M: again; G -> end: else",
        )
    )
    for again in (True, True, False):
        case.do("A")
        assert case.open == ["B"]
        case.do("B")
        case.do("C", again=again)
    assert case.ended


def test_an_inclusive_join_waits_for_a_branch_inside_a_called_process():
    case = begin(
        diagram(
            "p",
            start(),
            some("S"),
            call("C", "q"),
            xor("X"),
            user("A"),
            some("J"),
            end(),
            end("e2"),
            flows="start S; S -> C: True; S -> A: True; C X; X -> J: True; X -> e2: else; A J end",
        ),
        diagram("q", start("qs"), user("QA"), end("qe"), flows="qs QA qe"),
    )
    case.do("A")
    assert (case.open, case.ended) == (["QA"], False)
    case.do("QA")
    assert case.ended


def test_a_terminate_end_withdraws_everything():
    case = begin(
        diagram(
            "p",
            start(),
            both("S"),
            user("A"),
            call("C", "q"),
            end(content=event("terminate")),
            end("e2"),
            catch("T", timer("workdays(1)")),
            end("e3"),
            flows="start S A end; S C e2; S T e3",
        ),
        diagram("q", start("qs"), user("QA"), end("qe"), flows="qs QA qe"),
    )
    case.do("A")
    assert (case.open, case.ended, case.due) == ([], True, {})
    assert sorted(case.withdrawn) == ["C", "QA", "T"]


def test_ended_tokens_do_not_pile_up():
    case = begin(
        diagram(
            "p",
            start(),
            user("A"),
            boundary("m", "A", message("m"), False),
            user("B"),
            end(),
            end("e2"),
            messages("m"),
            flows="start A end; m B e2",
        )
    )
    execution = case.execution
    sizes = []
    for _ in range(30):
        execution.receive(execution.messages()[0].id, {})
        [task] = [task for task in execution.open_tasks() if task.element.id == "B"]
        execution.complete(task.id, {})
        sizes.append(len(execution._case.tasks))
    assert sizes[-1] <= sizes[0] + 2


def test_what_branches_set_before_they_ended_comes_back_from_a_called_process():
    case = begin(
        diagram(
            "p",
            start(),
            call("C", "q"),
            user("Z"),
            xor("G"),
            end(),
            flows="start C Z G; G -> end: x + y > 0; G -> Z: else",
        ),
        diagram("q", start("qs"), both("S"), user("A"), user("B"), end("e1"), end("e2"), flows="qs S A e1; S B e2"),
        data={"x": 0, "y": 0},
    )
    case.do("A", x=1)
    case.do("B", y=2)
    assert case.variables("Z") == {"x": 1, "y": 2}


def test_a_task_can_still_be_interrupted_after_a_side_way_has_ended():
    case = begin(
        diagram(
            "p",
            start(),
            user("A"),
            boundary("ask", "A", message("m"), False),
            boundary("back", "A", message("m2")),
            user("B"),
            user("C"),
            end(),
            end("e2"),
            end("e3"),
            messages("m", "m2"),
            flows="start A end; ask B e2; back C e3",
        )
    )
    case.say("ask")
    case.do("B")
    case.say("back")
    assert case.open == ["C"]


def test_an_item_hides_a_variable_of_the_same_name():
    case = begin(
        diagram("p", start(), each(user("B"), "units", "unit"), end(), flows="start B end"), data={**LIST, "unit": "z"}
    )
    assert sorted(task.variables["unit"] for task in case.execution.open_tasks()) == ["a", "b"]
