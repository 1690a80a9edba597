"""What is wrong in SpiffWorkflow 3.2.0 does not reach a case. Numbers: docs/decisions/spiffworkflow-faults.md."""

from decimal import Decimal

import orjson
import pytest

from engine import Execution, parse
from engine.specs.wiring import registry
from errors import BudgetExceeded
from tests.engine.case import CaseDriver, TestHost, begin
from tests.engine.diagrams import (
    both,
    boundary,
    call,
    catch,
    diagram,
    each,
    end,
    errors,
    escalations,
    event,
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

LIST = {"units": ["a", "b"]}


def host_with(**handlers) -> TestHost:
    host = TestHost()
    host.handlers = handlers
    return host


def test_1_a_state_is_bytes_that_load_and_dump_to_themselves():
    case = begin(
        diagram("p", start(), both("S"), user("A"), user("B"), both("J"), end(), flows="start S A J end; S B J"),
        data={"zebra": 1, "apple": {"b": 2, "a": [1, 1.0, True, None]}},
    )
    assert isinstance(case.state, bytes)
    assert case.execution.state == case.state
    assert orjson.dumps(case.variables("A")) == b'{"zebra":1,"apple":{"b":2,"a":[1,1.0,true,null]}}'


def test_2_a_timeout_may_lead_to_several_departments():
    case = begin(
        diagram(
            "p", start(), user("A"), boundary("late", "A", timer("workdays(1)")), each(user("B"), "units", "unit"), end(),
            end("end2"), flows="start A end; late B end2",
        ),
        data=LIST,
    )
    case.wait(days=1)
    assert (case.open, case.failed) == (["B", "B"], {})


def test_3_a_multi_instance_finishes_on_a_worker_that_parsed_the_flow_anew():
    flow = diagram("p", start(), each(user("B"), "units", "unit"), user("C"), end(), flows="start B C end")
    case = begin(flow, data=LIST)
    for _ in range(2):
        case.definition = parse("p", {"0.bpmn": flow})
        case.do("B")
    assert case.open == ["C"]


def test_4_a_task_deeper_than_a_thousand_steps_is_still_seen():
    case = begin(
        diagram(
            "p", start(), script("S", "n = n + 1"), xor("G"), user("A"), end(), flows="start S G; G -> S: n < 600; G -> A: else; A end"
        ),
        data={"n": 0},
    )
    assert (case.open, case.ended) == (["A"], False)


def test_4_a_case_of_two_thousand_rounds_stays_small():
    case = begin(
        diagram("p", start(), user("A"), xor("G"), end(), flows="start A G; G -> A: again; G -> end: else")
    )
    case.do("A", again=True)
    first = len(case.state)
    execution = case.execution
    for _ in range(300):
        execution.complete(execution.open_tasks()[0].id, {"again": True})
    assert len(execution.state) <= first + 20
    assert len(execution._case.tasks) < 10


def test_5_chained_parallel_blocks_are_not_predicted_over_and_over():
    blocks = [f"S{n} A{n} J{n}; S{n} B{n} J{n}; S{n} C{n} J{n}; J{n} S{n + 1}" for n in range(12)]
    shapes = [shape for n in range(12) for shape in (both(f"S{n}"), *(user(f"{x}{n}") for x in "ABC"), both(f"J{n}"))]
    case = begin(diagram("p", start(), *shapes, user("S12"), end(), flows="start S0; S12 end;" + ";".join(blocks)))
    for n in range(12):
        for x in "ABC":
            case.do(f"{x}{n}")
    assert case.open == ["S12"]


def test_5_forks_that_never_join_are_stopped():
    shapes = [shape for n in range(20) for shape in (user(f"U{n}"), both(f"S{n}"), user(f"A{n}"), user(f"B{n}"))]
    flows = ";".join(f"U{n} S{n} A{n} U{n + 1}; S{n} B{n} U{n + 1}" for n in range(20))
    with pytest.raises(BudgetExceeded):
        begin(diagram("p", start(), *shapes, user("U20"), end(), flows=f"start U0; U20 end; {flows}"))


def test_6_a_case_changes_nothing_in_the_shared_specs():
    definition = parse(
        "p",
        {
            "0.bpmn": diagram(
                "p", start(), each(call("C", "q"), "units", "unit"), xor("G"), end(), flows="start C G; G -> C: again; G -> end: else"
            ),
            "1.bpmn": diagram("q", start("qs"), user("A"), boundary("m", "A", message("m"), False), user("B"), end("qe"), end("e2"), messages("m"), flows="qs A qe; m B e2"),
        },
    )
    before = _frozen(definition)
    one, two = CaseDriver(definition, {**LIST, "again": False}), CaseDriver(definition, {"units": ["x"]})
    one.say("m", only_if='unit == "b"')
    two.do("A", again=True)
    one.do("A", only_if='unit == "a"')
    one.do("A")
    one.do("B")
    two.do("A", again=False)
    assert (one.ended, two.ended) == (True, True)
    assert _frozen(definition) == before


def _frozen(definition):
    specs = [definition.spec, *definition.subprocess_specs.values()]
    connected = [task.completed_event.n_subscribers() for spec in specs for task in spec.task_specs.values()]
    inputs = [(task.name, tuple(task._inputs), tuple(task._outputs)) for spec in specs for task in spec.task_specs.values()]
    return connected, inputs


def test_8_a_loop_that_no_gateway_can_leave_is_stopped():
    with pytest.raises(BudgetExceeded):
        begin(diagram("p", start(), user("A"), user("B"), end(), flows="start A B A"))


def test_9_data_may_have_a_key_called_typename():
    case = begin(
        diagram("p", start(), user("A"), end(), flows="start A end"), data={"typename": "UUID", "x": {"typename": "Task"}}
    )
    assert case.variables("A") == {"typename": "UUID", "x": {"typename": "Task"}}


def test_10_an_error_is_caught_around_its_own_subprocess_only():
    def side(name):
        inside = sub(f"S{name}", start(f"s{name}"), user(f"U{name}"), end(f"e{name}", content=event("error", "err")), flows=f"s{name} U{name} e{name}")
        return inside, boundary(f"b{name}", f"S{name}", event("error", "err")), user(f"C{name}"), end(f"x{name}"), end(f"y{name}")

    case = begin(
        diagram(
            "p", start(), both("G"), *side("1"), *side("2"), errors(err="E1"),
            flows="start G S1 x1; b1 C1 y1; G S2 x2; b2 C2 y2",
        )
    )
    case.do("U2")
    assert case.open == ["C2", "U1"]


def test_10_an_error_nobody_catches_is_a_failure():
    case = begin(diagram("p", start(), user("A"), end(content=event("error", "err")), errors(err="E1"), flows="start A end"))
    case.do("A")
    assert "E1" in case.failed["end"]
    assert not case.ended


def test_11_an_interrupted_subprocess_does_nothing_more():
    inside = sub(
        "S", start("s"), user("U"), both("G"), throw("T", event("escalation", "esc")), service("H", "mail"), end("e"), end("e2"),
        flows="s U G T e; G H e2",
    )
    case = begin(
        diagram("p", start(), inside, boundary("b", "S", event("escalation", "esc")), user("C"), end(), end("end2"), escalations(esc="E"), flows="start S end; b C end2"),
        host=host_with(mail=lambda: {}),
    )
    case.do("U")
    assert case.open == ["C"]
    assert case.host.log.count("call mail") == case.trail.count(("H", "completed"))
    assert case.passed[case.passed.index("T") :] == ["T", "b"]


def test_12_branches_that_meet_do_not_mix_lists():
    case = begin(
        diagram(
            "p", start(), both("S"), script("A", 'notes = ["x", "y"]'), user("B"), both("J"), user("C"), end(),
            flows="start S A J C end; S B J",
        ),
        data={"notes": ["old"], "keep": {"deep": [1]}},
    )
    case.do("B")
    assert case.variables("C") == {"notes": ["x", "y"], "keep": {"deep": [1]}}


def test_12_what_a_branch_merely_carried_does_not_undo_what_another_changed():
    case = begin(
        diagram(
            "p", start(), both("S"), user("A"), user("B"), both("J"), user("C"), xor("G"), end(),
            flows="start S A J C G; S B J; G -> end: rounds.done > 3; G -> C: else",
        ),
        data={"rounds": {"done": 1}},
    )
    case.do("A", rounds={"done": 2})
    case.do("B")
    assert case.variables("C")["rounds"] == {"done": 2}


@pytest.mark.parametrize("one_by_one", [False, True])
def test_13_rework_may_come_back_to_a_multi_instance(one_by_one):
    many = each(user("B"), "units", "unit", into="answers", output="answer", one_by_one=one_by_one)
    case = begin(
        diagram("p", start(), many, user("C"), xor("G"), end(), flows="start B C G; G -> B: again; G -> end: else"), data=LIST
    )
    for again in (True, False):
        for _ in LIST["units"]:
            case.do("B", answer=f"{again}")
        assert case.variables("C")["answers"] == [f"{again}"] * 2
        case.do("C", again=again)
    assert case.ended


def test_a_multi_instance_may_end_early():
    many = each(user("B"), "units", "unit", output="ok", into="oks", until="ok")
    case = begin(diagram("p", start(), many, user("C"), end(), flows="start B C end"), data={"units": ["a", "b", "c"]})
    case.do("B", ok=False)
    case.do("B", ok=True)
    assert case.open == ["C"]
    assert len(case.withdrawn) == 1


def test_15_a_failed_step_keeps_its_data_and_runs_again():
    answers = iter([ConnectionError("down"), {"value": 1}])

    def call_out(to):
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    case = begin(
        diagram(
            "p", start(), both("S"), user("A", name="登记"), service("H", "h", "result", {"to": "who"}, name="通知"), user("B"), both("J"), end(),
            flows="start S A H J end; S B J",
        ),
        host=host_with(h=call_out),
    )
    case.do("A", who="zjj")
    assert case.failed == {"H": "“通知”没有办成：系统内部出错（ConnectionError）。"}
    case.do("B")
    assert not case.ended
    case.retry("H")
    assert (case.failed, case.ended) == ({}, True)


def test_a_failure_on_arrival_waits_for_a_retry_too():
    case = begin(
        diagram("p", start(), user("A"), boundary("late", "A", timer("unknown")), end(), end("end2"), flows="start A end; late end2"),
    )
    assert list(case.failed) == ["late"]
    assert case.open == ["A"]
    case.do("A")
    assert (case.ended, case.failed) == (True, {})


def test_an_error_of_ours_speaks_for_itself():
    case = begin(diagram("p", start(), xor("G", name="是否受理"), end(), end("e2"), flows="start G; G -> end: missing > 1; G -> e2: else"))
    assert case.failed["G"].startswith("“是否受理”没有办成：")
    assert "missing" in case.failed["G"]


def test_16_what_is_completed_before_a_wait_is_found():
    case = begin(diagram("p", start(), user("A"), both("S"), user("B"), user("C"), both("J"), end(), flows="start A S B J end; S C J"))
    execution = case.execution
    execution.complete(execution.open_tasks()[0].id, {})
    assert [step.element for step in execution.trail] == ["A", "S"]


def test_18_decisions_are_ours_and_read_feel():
    table = DMN.format(cell='"a","b"')
    case = begin(
        diagram("p", start(), rule("R", "kinds"), user("A"), end(), flows="start R A end"), data={"kind": "b"}, kinds__dmn=table.encode()
    )
    assert case.variables("A")["level"] == "high"


def test_18_a_table_without_a_conclusion_is_a_failure():
    case = begin(
        diagram("p", start(), rule("R", "kinds"), user("A"), end(), flows="start R A end"), data={"kind": "z"},
        kinds__dmn=DMN.format(cell='"a"').encode(),
    )
    assert list(case.failed) == ["R"]


@pytest.mark.parametrize("value", [Decimal("1.5"), {"day": __import__("datetime").date(2026, 1, 1)}, float("inf")])
def test_20_a_result_that_cannot_be_stored_is_a_failure(value):
    case = begin(
        diagram("p", start(), service("H", "h", "result"), end(), flows="start H end"), host=host_with(h=lambda: {"value": value})
    )
    assert "无法保存" in case.failed["H"]


def test_a_join_in_a_loop_waits_in_its_second_round_too():
    case = begin(
        diagram(
            "p", start(), xor("M"), both("S"), user("A"), user("B"), both("J"), user("C"), xor("G"), end(),
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
            "p", start(), some("S"), call("C", "q"), xor("X"), user("A"), some("J"), end(), end("e2"),
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
            "p", start(), both("S"), user("A"), call("C", "q"), end(content=event("terminate")), end("e2"), catch("T", timer("workdays(1)")), end("e3"),
            flows="start S A end; S C e2; S T e3",
        ),
        diagram("q", start("qs"), user("QA"), end("qe"), flows="qs QA qe"),
    )
    case.do("A")
    assert (case.open, case.ended, case.due) == ([], True, {})
    assert sorted(case.withdrawn) == ["C", "QA", "T"]


def test_an_endless_automatic_loop_is_stopped():
    with pytest.raises(BudgetExceeded):
        begin(
            diagram("p", start(), script("S", "n = 1"), xor("G"), end(), flows="start S G; G -> S: n == 1; G -> end: else")
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


def test_ended_tokens_do_not_pile_up():
    case = begin(
        diagram(
            "p", start(), user("A"), boundary("m", "A", message("m"), False), user("B"), end(), end("e2"), messages("m"),
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
        diagram("p", start(), call("C", "q"), user("Z"), xor("G"), end(), flows="start C Z G; G -> end: x + y > 0; G -> Z: else"),
        diagram("q", start("qs"), both("S"), user("A"), user("B"), end("e1"), end("e2"), flows="qs S A e1; S B e2"),
        data={"x": 0, "y": 0},
    )
    case.do("A", x=1)
    case.do("B", y=2)
    assert case.variables("Z") == {"x": 1, "y": 2}


def test_a_state_from_elsewhere_is_refused():
    definition = parse("p", {"0.bpmn": diagram("p", start(), user("A"), end(), flows="start A end")})
    with pytest.raises(ValueError, match="state"):
        Execution.load(definition, b"{}", TestHost())


DMN = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
<decision id="kinds" name="kinds"><decisionTable id="t" hitPolicy="UNIQUE">
<input id="i"><inputExpression id="ie" typeRef="string"><text>kind</text></inputExpression></input>
<output id="o" name="level" typeRef="string"/>
<rule id="r"><inputEntry id="c"><text>{cell}</text></inputEntry><outputEntry id="x"><text>"high"</text></outputEntry></rule>
</decisionTable></decision></definitions>"""

assert registry  # the wiring these tests lean on
