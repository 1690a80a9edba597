"""Whatever is written, the answer is plain data within the caps, or an ExpressionError."""

import json
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.expressions import ExpressionError, compile_expression, compile_script, evaluate, execute
from engine.expressions.values import plain

DATA = {"x": {"a": 1}, "word": "abc", "items": [1, 2], "n": 7, "none": None, "long": "长" * 20_000, "big": [0] * 1000}

WORDS = """
    ( ) [ ] { } . , : ; = == != < > <= >= := + - * / // % ** @ << >> | & ^ ~ ' " \'\'\' \\ # _ __
    and or not in is if else elif for while lambda def class yield await import from return del with as try
    x word items n none big long y 金额 true false null True None 0 1 2.5 1e9 1e999 9999999999999999 0x1f 1j b'' f''
    'a' "abc" '__class__' __class__ _x ... -> -1 len min max sum text number int get date round abs eval
    （ ， ９
"""
SPACES = ["\n", "\n  ", " ", "\t", "\0", "\ufeff", "\u200b", "\ud800", "\uff3f", "if x:\n  ", "y = "]
LEAVES = """
    x x.a x['a'] word items items[0] n none big long missing given() 0 7 -2 2.5 1e15 'a' '' true null [] {}
"""
INFIX = "+ - * / // % == != < <= > >= and or"
FUNCTIONS = "len min max sum abs round text number int float bool lower contains get date day days_between given"

FRAGMENTS = st.sampled_from([*WORDS.split(), *SPACES])
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(FRAGMENTS, max_size=25).map("".join),
    st.lists(FRAGMENTS, max_size=25).map(" ".join),
)
TREE_LEAVES = st.sampled_from(LEAVES.split())


def _wider(inner):
    return st.one_of(
        st.tuples(inner, st.sampled_from([*INFIX.split(), "in", "not in"]), inner).map(
            lambda parts: "({} {} {})".format(*parts)
        ),
        inner.map(lambda a: f"(not {a})"),
        inner.map(lambda a: f"(-{a})"),
        st.tuples(inner, inner, inner).map(lambda parts: "({} if {} else {})".format(*parts)),
        st.lists(inner, max_size=4).map(lambda parts: f"[{', '.join(parts)}]"),
        st.tuples(inner, inner).map(lambda parts: "{{'k': {}, word: {}}}".format(*parts)),
        st.tuples(inner, inner).map(lambda parts: "{}[{}]".format(*parts)),
        inner.map(lambda a: f"{a}.a"),
        st.tuples(st.sampled_from(FUNCTIONS.split()), st.lists(inner, max_size=3)).map(
            lambda p: f"{p[0]}({', '.join(p[1])})"
        ),
    )


TREES = st.recursive(TREE_LEAVES, _wider, max_leaves=30)
SCRIPT_LINES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["y", "x.b", "x.a.c", "z.p.q", "items"]), TREES).map(" = ".join),
        st.tuples(TREES, TREES, TREES).map(lambda p: "if {}:\n  y = {}\nelse:\n  z.k = {}".format(*p)),
    ),
    min_size=1,
    max_size=6,
).map("\n".join)


def answer_is_plain_data(run, source):
    before = json.dumps(DATA)
    with suppress(ExpressionError):
        result = run(source, DATA, {"given": lambda *arguments: list(arguments)})
        assert plain(result) == result
        assert json.loads(json.dumps(result, allow_nan=False)) == result
    assert json.dumps(DATA) == before


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_any_text_gives_plain_data_or_an_expression_error(source):
    answer_is_plain_data(evaluate, source)
    answer_is_plain_data(execute, source)


@settings(max_examples=400, deadline=None)
@given(TREES)
def test_any_tree_gives_plain_data_or_an_expression_error(source):
    answer_is_plain_data(evaluate, source)


@settings(max_examples=200, deadline=None)
@given(SCRIPT_LINES)
def test_any_script_gives_plain_data_or_an_expression_error(source):
    answer_is_plain_data(execute, source)


ARITHMETIC = st.recursive(
    st.one_of(st.integers(0, 99).map(str), st.sampled_from(["a", "b", "0.5", "True", "False"])),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(INFIX.split()), inner).map(lambda parts: "({} {} {})".format(*parts)),
        inner.map(lambda a: f"(not {a})"),
        st.tuples(inner, inner, inner).map(lambda parts: "({} < {} <= {})".format(*parts)),
        st.tuples(inner, inner, inner).map(lambda parts: "({} if {} else {})".format(*parts)),
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(ARITHMETIC, st.integers(-99, 99), st.floats(-99, 99))
def test_arithmetic_and_logic_agree_with_python(source, a, b):
    try:
        expected = eval(source, {"a": a, "b": b})
    except ZeroDivisionError:
        expected = "除数不能为零"
    result = answer(source, {"a": a, "b": b})
    assert (type(result), result) == (type(expected), expected) or result in (
        "数字超出允许的范围",
        "写得太复杂，请拆成几步",
    )


def answer(source, variables):
    """The value, or what is wrong."""
    try:
        return evaluate(source, variables)
    except ExpressionError as error:
        return error.what


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_reading_a_text_without_running_it_raises_nothing_else_either(source):
    for read in (compile_expression, compile_script):
        try:
            needs = read(source)
        except ExpressionError:
            continue
        assert {call.function for call in needs.calls} == needs.functions
