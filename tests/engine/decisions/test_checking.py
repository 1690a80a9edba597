from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.decisions.dmn import table


def messages(problems):
    return [problem.message for problem in problems]


def test_a_whole_table_has_neither_overlaps_nor_gaps():
    check = table(
        ["source", "joint:boolean"],
        ["y"],
        [['"a"', "-", "1"], ['not("a")', "true", "2"], ['not("a")', "false", "3"]],
    ).check()
    assert check.problems == ()
    assert check.complete


def test_an_overlap_names_both_rows_and_an_example():
    check = table(["source", "days:number"], ["y"], [['"a","b"', "<= 5", "1"], ['"b"', "[5..9]", "2"]]).check()
    assert messages(check.overlaps) == ["决策表“哨件分类”第 1、2 行会同时符合，例如：source=“b”，days=5。"]
    assert check.overlaps[0].element == "r2"


def test_a_gap_gives_the_case_that_no_row_covers():
    check = table(["days:number"], ["y"], [["< 1", "1"], ["[1..5)", "2"], ["> 5", "3"]]).check()
    assert messages(check.gaps) == ["决策表“哨件分类”没有一行管到这种情况：days=5。"]


def test_a_gap_between_days_is_no_gap_when_no_day_lies_between():
    rows = [['<= date("2026-01-31")', "1"], ['>= date("2026-02-01")', "2"]]
    assert table(["at:date"], ["y"], rows).check().gaps == ()
    assert table(["at:dateTime"], ["y"], rows).check().gaps == ()


def test_a_gap_between_whole_numbers_is_no_gap_for_a_count():
    rows = [["<= 1", "1"], [">= 2", "2"]]
    assert table(["n:integer"], ["y"], rows).check().gaps == ()
    assert messages(table(["n:number"], ["y"], rows).check().gaps) == ["决策表“哨件分类”没有一行管到这种情况：n=1.5。"]


def test_listed_values_bound_what_must_be_covered():
    rows = [['"a"', "1"], ['"b"', "2"]]
    assert "没有列出的值" in messages(table(["x"], ["y"], rows).check().gaps)[0]
    assert table(['x="a","b"'], ["y"], rows).check().gaps == ()


def test_rows_of_an_any_table_may_overlap_when_they_agree():
    rows = [["> 1", '"p"'], ["> 2", '"p"'], ["> 3", '"q"'], ["<= 1", '"r"']]
    overlaps = table(["n:number"], ["y"], rows, "ANY").check().overlaps
    assert [problem.element for problem in overlaps] == ["r3", "r3"]
    assert "结论却不同" in overlaps[0].message


@pytest.mark.parametrize("policy", ["FIRST", "COLLECT", "RULE ORDER"])
def test_tables_that_expect_several_rows_report_no_overlap(policy):
    assert table(["n:number"], ["y"], [["> 1", "1"], ["> 2", "2"], ["<= 1", "3"]], policy).check().problems == ()


def test_the_same_question_in_two_columns_is_one_question():
    rows = [["> 1", "< 5", "1"], [">= 5", "-", "2"], ["<= 1", "-", "3"]]
    check = table(["n:number", "n:number"], ["y"], rows).check()
    assert check.problems == ()
    assert check.complete


def test_a_cell_that_reads_a_variable_makes_the_check_incomplete_and_no_false_fault():
    rows = [["<= limit", "1"], ["> limit", "2"]]
    check = table(["n:number"], ["y"], rows).check()
    assert (check.problems, check.complete) == ((), False)


def test_parameters_that_are_known_can_be_checked():
    rows = [['<= param("blue")', "1"], ['> param("red")', "2"]]
    lights = table(["n:number"], ["y"], rows)
    assert lights.check().complete is False
    check = lights.check({"param": {"blue": 1, "red": 2}.get})
    assert check.complete
    assert len(check.gaps) == 1


def test_a_huge_table_is_checked_within_bounds():
    rows = [[f"[{n}..{n + 1})", f'"{n}"', f"{n}"] for n in range(1000)]
    assert table(["n:number", "m"], ["y"], rows).check().complete is False


NUMBER_CELLS = ["-", "< 1", "<= 1", "[0..2]", "(0..2]", "not([1..2))", "1,3", "not(2)", "> 2", "null"]
TEXT_CELLS = ["-", '"a"', '"b"', 'not("a")', '"a","b"', "null"]
BOOLEAN_CELLS = ["-", "true", "false"]
VALUES = [[n / 2 for n in range(-4, 12)], ["a", "b", "c"], [True, False]]
rows_of_cells = st.lists(
    st.tuples(st.sampled_from(NUMBER_CELLS), st.sampled_from(TEXT_CELLS), st.sampled_from(BOOLEAN_CELLS)),
    min_size=1,
    max_size=7,
)


@settings(max_examples=150, deadline=None)
@given(rows_of_cells)
def test_overlaps_and_gaps_are_those_that_trying_every_case_finds(cells):
    found = table(["n:number", "t", "b:boolean"], ["y"], [[*row, "1"] for row in cells])
    cases = [dict(zip("ntb", values, strict=True)) for values in product(*VALUES)]
    with_missing = [
        dict(zip("ntb", values, strict=True)) for values in product(*([*column, None] for column in VALUES))
    ]
    matched = [found.matches(case) for case in cases]
    pairs = {(one, other) for rows in map(found.matches, with_missing) for one in rows for other in rows if one < other}
    check = found.check()
    assert bool(check.gaps) is (not all(matched))
    if len(check.overlaps) < 20:
        assert {problem.element for problem in check.overlaps} == {f"r{other}" for _, other in pairs}
        assert len(check.overlaps) == len(pairs)
