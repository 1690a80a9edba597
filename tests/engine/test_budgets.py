"""What would never end is stopped."""

import pytest

from errors import BudgetExceeded
from tests.engine.case import begin
from tests.engine.diagrams import (
    both,
    call,
    diagram,
    end,
    script,
    start,
    times,
    user,
    xor,
)


def test_5_forks_that_never_join_are_stopped():
    shapes = [shape for n in range(20) for shape in (user(f"U{n}"), both(f"S{n}"), user(f"A{n}"), user(f"B{n}"))]
    flows = ";".join(f"U{n} S{n} A{n} U{n + 1}; S{n} B{n} U{n + 1}" for n in range(20))
    with pytest.raises(BudgetExceeded):
        begin(diagram("p", start(), *shapes, user("U20"), end(), flows=f"start U0; U20 end; {flows}"))


def test_8_a_loop_that_no_gateway_can_leave_is_stopped():
    with pytest.raises(BudgetExceeded):
        begin(diagram("p", start(), user("A"), user("B"), end(), flows="start A B A"))


def test_an_endless_automatic_loop_is_stopped():
    with pytest.raises(BudgetExceeded):
        begin(
            diagram(
                "p", start(), script("S", "n = 1"), xor("G"), end(), flows="start S G; G -> S: n == 1; G -> end: else"
            )
        )


def test_too_many_instances_are_stopped():
    with pytest.raises(BudgetExceeded):
        begin(diagram("p", start(), times(user("B"), "99999999"), end(), flows="start B end"))


def test_a_process_that_calls_itself_is_stopped():
    with pytest.raises(BudgetExceeded):
        begin(diagram("p", start(), call("C", "p"), end(), flows="start C end"))


def test_a_chain_of_five_hundred_tasks_runs():
    names = [f"U{n}" for n in range(500)]
    case = begin(diagram("p", start(), *map(user, names), end(), flows=f"start {' '.join(names)} end"))
    case.do("U0")
    case.do("U1")
    assert case.open == ["U2"]
