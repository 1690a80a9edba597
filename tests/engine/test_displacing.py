"""An operator moves a token: the case then stands as its flow could have brought it to stand, or nothing happens."""

import pytest

from engine import Displacing
from errors import MessageNotAccepted, NotFound
from tests.engine.case import begin
from tests.engine.diagrams import both, boundary, catch, diagram, each, end, script, start, sub, timer, user

#: sign → ask → handle → check, with a reminder beside handle, a limit of each of the two, and one over both.
LINE = diagram(
    "p",
    start(),
    script("begin", "unit = 1", deadline="whole", limit="workdays(9)", until="check"),
    user("sign", deadline="sign", limit="workdays(1)", until="sign"),
    user("handle", deadline="handle", limit="workdays(5)", until="handle"),
    boundary("nudge", "handle", timer("workdays(2)"), interrupting=False),
    user("remind"),
    script("reckon", "score = unit + 1"),
    user("check", candidates="text(score)"),
    end("done"),
    end("reminded"),
    flows="start begin sign handle reckon check done; nudge remind reminded",
)
FORK = diagram(
    "p",
    start(),
    user("first"),
    both("S"),
    user("A"),
    user("A2"),
    user("B"),
    both("J"),
    user("last"),
    end("done"),
    flows="start first S A A2 J last done; S B J",
)


def test_the_old_step_is_withdrawn_and_the_new_one_begins_with_its_limit_and_its_events():
    case = begin(LINE)
    case.move("sign", "handle")
    assert (case.open, case.withdrawn, list(case.due)) == (["handle"], ["sign"], ["nudge"])
    assert case.host.log == ["open whole", "open sign", "open handle", "void sign"]
    for step in ("handle", "check"):
        case.do(step)
    assert case.ended


def test_it_may_go_back_and_its_timers_go_with_it():
    case = begin(LINE)
    case.do("sign")
    case.move("handle", "sign")
    assert (case.open, case.due, sorted(case.host.deadlines)) == (["sign"], {}, ["sign", "whole"])


def test_what_runs_by_itself_runs_at_once():
    case = begin(LINE)
    case.move("sign", "reckon")
    assert case.open == ["check"]


@pytest.mark.parametrize(
    ("to", "why"),
    [("check", "要用“score”"), ("done", "时限“whole”正在计时")],
)
def test_nothing_that_is_needed_later_is_passed_over(to, why):  # C-03
    case = begin(LINE)
    before = case.state
    with pytest.raises(MessageNotAccepted, match=why):
        case.move("sign", to)
    assert case.state == before


def test_a_branch_that_an_event_has_begun_beside_it_is_not_orphaned():
    case = begin(LINE)
    case.do("sign")
    case.wait(days=2)
    with pytest.raises(MessageNotAccepted, match="另起一路"):
        case.move("handle", "sign")


def test_into_one_branch_of_two_it_may_not_go_for_the_join_would_wait_for_ever():
    case = begin(FORK)
    with pytest.raises(MessageNotAccepted, match="走不到这一步"):
        case.move("first", "A")
    case.move("first", "last")
    case.do("last")
    assert case.ended


def test_inside_a_branch_it_may_and_the_branches_still_meet():
    case = begin(FORK)
    case.do("first")
    case.move("A", "A2")
    with pytest.raises(MessageNotAccepted, match="走不到这一步"):
        case.move("B", "last")
    for step in ("B", "A2", "last"):
        case.do(step)
    assert case.ended


def test_a_wait_is_cut_short_and_a_subprocess_is_not_left():
    inside = sub("inside", start("s"), catch("gap", timer("workdays(3)")), user("work"), end("e"), flows="s gap work e")
    case = begin(diagram("p", start(), inside, user("after"), end("done"), flows="start inside after done"))
    with pytest.raises(NotFound):
        case.move("gap", "after")
    case.move("gap", "work")
    assert (case.open, case.due) == (["work"], {})
    case.do("work")
    assert case.open == ["after"]


def test_one_of_many_and_what_waits_in_secret_are_not_offered():  # XT-20
    many = diagram("p", start(), each(user("one"), "units", "unit"), user("x"), end(), flows="start one x end")
    assert Displacing(begin(many, data={"units": ["a", "b"]}).execution).movable() == {}
    secret = diagram("p", start(), user("quiet", confidential="yes"), user("x"), end(), flows="start quiet x end")
    assert Displacing(begin(secret).execution).movable() == {}


def test_a_step_that_a_fault_has_stopped_may_be_passed_over():
    case = begin(diagram("p", start(), script("give", "x = y + 1"), user("work"), end(), flows="start give work end"))
    assert list(case.failed) == ["give"]
    case.move("give", "work")
    assert (case.open, case.failed) == (["work"], {})


def test_nobody_moves_a_case_past_its_reply():
    case = begin(diagram("p", start(), user("a"), user("tell", reply="yes"), end("z"), flows="start a tell z"))
    with pytest.raises(MessageNotAccepted, match="还没有答复反映人"):
        case.move("a", "z")
    case.move("a", "tell")


def test_after_a_move_the_data_is_what_the_step_had_and_it_may_be_moved_again():
    case = begin(LINE)
    case.do("sign")
    case.move("handle", "sign")
    assert case.variables("sign") == {"unit": 1}
    case.move("sign", "handle")
    assert (case.variables("handle"), list(case.due)) == ({"unit": 1}, ["nudge"])
    case.wait(days=3)
    assert sorted(case.open) == ["handle", "remind"]
    for step in ("remind", "handle", "check"):
        case.do(step)
    assert case.ended


def test_where_the_next_step_goes_wrong_at_once_it_is_not_moved():
    case = begin(
        diagram("p", start(), user("a"), script("b", "x = 1 + note"), end(), flows="start a b end"), data={"note": ""}
    )
    before = case.state
    with pytest.raises(MessageNotAccepted, match="那里一开始就出错"):
        case.move("a", "b")
    assert case.state == before
