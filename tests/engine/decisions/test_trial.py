"""A table is tried with what somebody types (C-11: before it is published)."""

from engine.decisions.trial import Asked, asks, attempt
from errors import NotFound
from tests.engine.decisions.dmn import table

NOBODY = {"param": lambda key: 3}
LIGHT = table(
    ["source:string", "days:number", 'count("N08"):number'],
    ["light"],
    [['"a","b"', "<= warn", "-", '"red"'], ["-", '> param("xt.days")', ">= 2", '"blue"']],
    "FIRST",
)


def test_a_table_asks_for_its_columns_with_the_values_they_name_and_for_what_only_a_case_knows():
    assert asks(LIGHT, NOBODY) == [
        Asked("source", "source", "string", ("a", "b")),
        Asked("days", "days", "number", ()),
        Asked("warn", "warn", ""),
        Asked('count("N08")', 'count("N08")', "number"),
    ]


def test_what_only_the_outputs_say_again_decides_nothing():
    told = table(["x:string"], ["y"], [['"a"', "who"]])
    assert [(each.key, each.decides) for each in asks(told, {})] == [("x", True), ("who", False)]


def test_what_is_typed_leads_to_the_rows_that_hold_and_the_answer():
    tried = attempt(LIGHT, {"source": "b", "days": "5", "warn": "5"}, NOBODY)
    assert (tried.rules, tried.outputs, tried.problem) == (("r1",), {"light": "“red”"}, "")
    assert attempt(LIGHT, {"days": "4", 'count("N08")': "2"}, NOBODY).rows == (2,)


def test_where_no_row_holds_the_answer_is_the_sentence_a_case_would_end_with():
    tried = attempt(LIGHT, {"days": "5"}, NOBODY)
    assert (tried.rules, tried.outputs) == ((), {})
    assert "没有适用的规则。输入是：source=空，days=5" in tried.problem


def test_two_rows_of_a_table_that_allows_one_are_both_shown():
    unique = table(["x:number"], ["y"], [["> 1", "1"], ["> 2", "2"]], "UNIQUE")
    tried = attempt(unique, {"x": "3"}, {})
    assert tried.rules == ("r1", "r2")
    assert "同时符合第 1、2 行" in tried.problem


def test_a_parameter_that_is_not_there_is_named():
    def param(key: str) -> int:
        raise NotFound(f"没有名为“{key}”的参数。")

    tried = attempt(table(["x:number"], ["y"], [['> param("a.b")', "1"]]), {"x": "3"}, {"param": param})
    assert "没有名为“a.b”的参数。" in tried.problem
