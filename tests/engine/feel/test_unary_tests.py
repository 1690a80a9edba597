from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import FeelError, compile_unary

CASE = {"blue_before": 2, "days": 3}
FUNCTIONS = {"param": {"k": 7}.get}


def matches(cell, value):
    return compile_unary(cell).matches(value, CASE, FUNCTIONS)


@pytest.mark.parametrize(
    ("cell", "accepted", "refused"),
    [
        ('"a","b"', "b", "c"),
        ('["a","b"]', "b", "c"),
        ('not("a","b")', "c", "b"),
        ('not("a")', None, "a"),
        ("[1..5]", 5, 5.1),
        ("]1..5[", 2, 5),
        ("(1..5]", 5, 1),
        ("[1..5],[7..9]", 8, 6),
        ("not([1..5])", 6, 5),
        ("< 5", 4, 5),
        (">= 0.5", 0.5, 0.4),
        ("-5", -5, 5),
        ("!= 1", 2, 1),
        ("true", True, False),
        ("true", True, 1),
        ("null", None, 0),
        ("days", 3, 4),
        ("<= blue_before", 2, 3),
        ('> param("k")', 8, 7),
        ('(blue_before..param("k")]', 7, 2),
        ("? > 3 and ? < 5", 4, 5),
        ("not(? > 3)", 3, 4),
        ("not(?) and days = 3", False, True),
        ('contains(?, "哨")', "吹哨", "报到"),
        ('>= date("2026-01-01")', "2026-01-01", "2025-12-31"),
        ('[date("2026-01-01")..date("2026-12-31")]', "2026-12-31T23:59:00+08:00", "2027-01-01"),
    ],
)
def test_a_cell_accepts_and_refuses(cell, accepted, refused):
    assert matches(cell, accepted)
    assert not matches(cell, refused)


@pytest.mark.parametrize("cell", ["-", "", "  ", " - "])
@pytest.mark.parametrize("value", [None, 0, "x", [1], False])
def test_a_dash_or_an_empty_cell_accepts_anything(cell, value):
    assert matches(cell, value)


@pytest.mark.parametrize("cell", ['"a"', 'not("a")', "< 5", "not(< 5)", "[1..5]", "not([1..5])", "true"])
@pytest.mark.parametrize("value", [[1], {"a": 1}, float("nan")])
def test_a_value_of_another_kind_matches_nothing(cell, value):
    assert not matches(cell, value)


def test_a_negation_must_hold_the_whole_cell():
    with pytest.raises(FeelError, match="整个单元格"):
        compile_unary('not("a"), "b"')


def test_a_cell_tells_what_it_reads_and_calls():
    cell = compile_unary('[blue_before..param("k")], other')
    assert cell.names == {"blue_before", "other"}
    assert [tuple(call) for call in cell.calls] == [("param", ("k",))]


numbers = st.integers(-6, 6)


@given(st.sampled_from("[(]"), numbers, numbers, st.sampled_from("])["), st.integers(-16, 16))
def test_a_range_holds_exactly_the_numbers_between_its_ends(opening, low, high, closing, halves):
    value = halves / 2
    low, high = min(low, high), max(low, high)
    above = value >= low if opening == "[" else value > low
    below = value <= high if closing == "]" else value < high
    assert matches(f"{opening}{low}..{high}{closing}", value) is (above and below)
    assert matches(f"not({opening}{low}..{high}{closing})", value) is not (above and below)


@given(st.text(max_size=60) | st.text(alphabet='"a1 ,.()[]<>=!-?@/*+notidfe部', max_size=40))
def test_any_text_either_compiles_or_is_refused_in_words(text):
    with suppress(FeelError):
        cell = compile_unary(text)
        cell.matches("x", {}, dict.fromkeys((call.function for call in cell.calls), lambda *arguments: None))
