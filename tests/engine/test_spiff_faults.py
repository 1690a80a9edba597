"""What is wrong in SpiffWorkflow 3.2.0 does not reach a case. Numbers: docs/decisions/spiffworkflow-faults.md."""

import orjson
import pytest

from engine import Execution, parse
from tests.engine.case import CaseDriver, TestHost, begin, host_with
from tests.engine.diagrams import (
    DMN,
    both,
    boundary,
    call,
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
    start,
    sub,
    throw,
    timer,
    user,
    xor,
)

LIST = {"units": ["a", "b"]}


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
            "p",
            start(),
            user("A"),
            boundary("late", "A", timer("workdays(1)")),
            each(user("B"), "units", "unit"),
            end(),
            end("end2"),
            flows="start A end; late B end2",
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
            "p",
            start(),
            script("S", "n = n + 1"),
            xor("G"),
            user("A"),
            end(),
            flows="start S G; G -> S: n < 600; G -> A: else; A end",
        ),
        data={"n": 0},
    )
    assert (case.open, case.ended) == (["A"], False)


def test_4_a_terminate_end_withdraws_tasks_deeper_than_a_thousand_steps():
    case = begin(
        diagram(
            "p",
            start(),
            script("S", "n = n + 1"),
            xor("G"),
            both("P"),
            user("A"),
            xor("X"),
            end(content=event("terminate")),
            end("e2"),
            flows="start S G; G -> S: n < 600; G -> P: else; P A e2; P X end",
        ),
        data={"n": 0},
    )
    assert (case.open, case.ended, case.withdrawn) == ([], True, ["A"])


def test_4_a_case_of_two_thousand_rounds_stays_small():
    case = begin(diagram("p", start(), user("A"), xor("G"), end(), flows="start A G; G -> A: again; G -> end: else"))
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


def test_6_a_case_changes_nothing_in_the_shared_specs():
    definition = parse(
        "p",
        {
            "0.bpmn": diagram(
                "p",
                start(),
                each(call("C", "q"), "units", "unit"),
                xor("G"),
                end(),
                flows="start C G; G -> C: again; G -> end: else",
            ),
            "1.bpmn": diagram(
                "q",
                start("qs"),
                user("A"),
                boundary("m", "A", message("m"), False),
                user("B"),
                end("qe"),
                end("e2"),
                messages("m"),
                flows="qs A qe; m B e2",
            ),
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
    inputs = [
        (task.name, tuple(task._inputs), tuple(task._outputs)) for spec in specs for task in spec.task_specs.values()
    ]
    return connected, inputs


def test_9_data_may_have_a_key_called_typename():
    case = begin(
        diagram("p", start(), user("A"), end(), flows="start A end"),
        data={"typename": "UUID", "x": {"typename": "Task"}},
    )
    assert case.variables("A") == {"typename": "UUID", "x": {"typename": "Task"}}


def test_10_an_error_is_caught_around_its_own_subprocess_only():
    def side(name):
        inside = sub(
            f"S{name}",
            start(f"s{name}"),
            user(f"U{name}"),
            end(f"e{name}", content=event("error", "err")),
            flows=f"s{name} U{name} e{name}",
        )
        return (
            inside,
            boundary(f"b{name}", f"S{name}", event("error", "err")),
            user(f"C{name}"),
            end(f"x{name}"),
            end(f"y{name}"),
        )

    case = begin(
        diagram(
            "p",
            start(),
            both("G"),
            *side("1"),
            *side("2"),
            errors(err="E1"),
            flows="start G S1 x1; b1 C1 y1; G S2 x2; b2 C2 y2",
        )
    )
    case.do("U2")
    assert case.open == ["C2", "U1"]


def test_11_an_interrupted_subprocess_does_nothing_more():
    inside = sub(
        "S",
        start("s"),
        user("U"),
        both("G"),
        throw("T", event("escalation", "esc")),
        service("H", "mail"),
        end("e"),
        end("e2"),
        flows="s U G T e; G H e2",
    )
    case = begin(
        diagram(
            "p",
            start(),
            inside,
            boundary("b", "S", event("escalation", "esc")),
            user("C"),
            end(),
            end("end2"),
            escalations(esc="E"),
            flows="start S end; b C end2",
        ),
        host=host_with(mail=lambda: {}),
    )
    case.do("U")
    assert case.open == ["C"]
    assert case.host.log.count("call mail") == case.trail.count(("H", "completed"))
    assert case.passed[case.passed.index("T") :] == ["T", "b"]


def test_16_what_is_completed_before_a_wait_is_found():
    case = begin(
        diagram(
            "p", start(), user("A"), both("S"), user("B"), user("C"), both("J"), end(), flows="start A S B J end; S C J"
        )
    )
    execution = case.execution
    execution.complete(execution.open_tasks()[0].id, {})
    assert [step.element for step in execution.trail] == ["A", "S"]


def test_18_decisions_are_ours_and_read_feel():
    table = DMN.format(cell='"a","b"')
    case = begin(
        diagram("p", start(), rule("R", "kinds"), user("A"), end(), flows="start R A end"),
        data={"kind": "b"},
        kinds__dmn=table.encode(),
    )
    assert case.variables("A")["level"] == "high"


def test_a_state_from_elsewhere_is_refused():
    definition = parse("p", {"0.bpmn": diagram("p", start(), user("A"), end(), flows="start A end")})
    with pytest.raises(ValueError, match="state"):
        Execution.load(definition, b"{}", TestHost())
