"""A step that goes wrong waits for a retry; everything else goes on."""

from datetime import date
from decimal import Decimal

import pytest

from tests.engine.case import begin, host_with
from tests.engine.diagrams import (
    DMN,
    both,
    boundary,
    diagram,
    each,
    end,
    errors,
    event,
    rule,
    service,
    start,
    timer,
    user,
    xor,
)


def test_10_an_error_nobody_catches_is_a_failure():
    case = begin(
        diagram("p", start(), user("A"), end(content=event("error", "err")), errors(err="E1"), flows="start A end")
    )
    case.do("A")
    assert "E1" in case.failed["end"]
    assert not case.ended


def test_15_a_failed_step_keeps_its_data_and_runs_again():
    answers = iter([ConnectionError("down"), {"value": 1}])

    def call_out(to):
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    case = begin(
        diagram(
            "p",
            start(),
            both("S"),
            user("A", name="登记"),
            service("H", "h", "result", {"to": "who"}, name="通知"),
            user("B"),
            both("J"),
            end(),
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
        diagram(
            "p",
            start(),
            user("A"),
            boundary("late", "A", timer("unknown")),
            end(),
            end("end2"),
            flows="start A end; late end2",
        ),
    )
    assert list(case.failed) == ["late"]
    assert case.open == ["A"]
    case.do("A")
    assert (case.ended, case.failed) == (True, {})


def test_an_error_of_ours_speaks_for_itself():
    case = begin(
        diagram(
            "p",
            start(),
            xor("G", name="是否受理"),
            end(),
            end("e2"),
            flows="start G; G -> end: missing > 1; G -> e2: else",
        )
    )
    assert case.failed["G"].startswith("“是否受理”没有办成：")
    assert "missing" in case.failed["G"]


def test_18_a_table_without_a_conclusion_is_a_failure():
    case = begin(
        diagram("p", start(), rule("R", "kinds"), user("A"), end(), flows="start R A end"),
        data={"kind": "z"},
        kinds__dmn=DMN.format(cell='"a"').encode(),
    )
    assert list(case.failed) == ["R"]


@pytest.mark.parametrize("value", [Decimal("1.5"), {"day": date(2026, 1, 1)}, float("inf")])
def test_20_a_result_that_cannot_be_stored_is_a_failure(value):
    case = begin(
        diagram("p", start(), service("H", "h", "result"), end(), flows="start H end"),
        host=host_with(h=lambda: {"value": value}),
    )
    assert "无法保存" in case.failed["H"]


def test_15_an_instance_that_failed_is_not_forgotten():
    down = {"b"}

    def tell(to):
        if to in down:
            raise ConnectionError
        return {}

    many = each(service("H", "h", parameters={"to": "unit"}), "units", "unit")
    case = begin(
        diagram("p", start(), many, user("C"), end(), flows="start H C end"),
        data={"units": ["a", "b", "c"]},
        host=host_with(h=tell),
    )
    assert (list(case.failed), case.open) == (["H"], [])
    down.clear()
    case.retry("H")
    assert (case.failed, case.open) == ({}, ["C"])
