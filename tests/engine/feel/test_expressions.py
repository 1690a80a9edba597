import pytest

from engine.expressions import NOT_LITERAL
from engine.feel import FeelError, compile_expression

CASE = {
    "days": 3,
    "部门": "县府办",
    "due": "2026-05-01",
    "sent": "2026-05-01T09:30:00+08:00",
    "sheet": {"reason": "r"},
    "units": ["a", "b"],
}
FUNCTIONS = {"param": {"k": 7}.get, "count": lambda element: 9}


def value(source):
    return compile_expression(source).evaluate(CASE, FUNCTIONS)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('部门 = "县府办"', True),
        ("days != 1", True),
        ("sheet.reason", "r"),
        ("1 + 2 * 3 - 4 / 2", 5),
        ("0.1 + 0.2 = 0.3", True),
        ("-days", -3),
        ("days between 1 and 3", True),
        ("1 = 1 and true", True),
        ("days in (1..5)", True),
        ("days in ]3..5[", False),
        ("days in (1, 2, 3)", True),
        ("days in [1, 2, 3]", True),
        ("days in > 2", True),
        ("days in (> 5, < 4)", True),
        ("not(days in [1..2])", True),
        ('"a" in units', True),
        ('if days > 2 then "多" else "少"', "多"),
        ('param("k") + 1', 8),
        ('count(units) + count("step")', 11),
        ('list contains(units, "a")', True),
        ('upper case("a") + lower case("B")', "Ab"),
        ('contains(部门, "府") and starts with(部门, "县")', True),
        ("max(1, 2, 3) + min([4, 5]) + sum([1, 2.5])", 10.5),
        ('number("3.50")', 3.5),
        ("string(12)", "12"),
        ('date("2026-01-31")', "2026-01-31"),
        ('due > date("2026-04-30")', True),
        ('sent = date("2026-05-01")', True),
        ('sent < @"2026-05-01T10:00:00"', True),
        ("[1, [2]]", [1, [2]]),
        ("= days", 3),
    ],
)
def test_an_expression_has_this_value(source, expected):
    assert value(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "missing > 5",
        'days < "a"',
        "sheet.no.deeper",
        '"a" + 1',
        "1 / 0",
        "true < false",
        "number(部门)",
        "missing and true",
    ],
)
def test_what_does_not_fit_together_is_null_and_never_an_exception(source):
    assert value(source) is None


def test_a_missing_variable_equals_only_null():
    assert value("missing = null") is True
    assert value('missing = "a"') is False
    assert value('missing != "a"') is True


def test_a_known_side_decides_and_or_even_when_the_other_is_missing():
    assert value("missing > 1 or true") is True
    assert value("false and missing > 1") is False


@pytest.mark.parametrize(
    ("source", "words", "column"),
    [
        ("“a”", "中文标点", 1),
        ("days，1", "中文标点", 5),
        ('"abc', "引号没有成对", 1),
        ("'a'", "双引号", 1),
        ("days 1", "多出了", 6),
        ('("a"', "这里应当是“.”", 5),
        ('date("2026-02-30")', "不是存在的日期", 1),
        ("days in [5..1]", "小的在前", 13),
        ("[1..5]", "区间只能写在", 0),
        ("? > 1", "只能写在决策表", 0),
        ("9" * 20, "数字太大", 1),
        ('"\\u0000"', "不能保存", 1),
        ("a\u202eb", "看不见的字符", 2),
    ],
)
def test_a_mistake_is_named_with_its_place(source, words, column):
    with pytest.raises(FeelError, match=words) as caught:
        compile_expression(source)
    assert caught.value.column == column


@pytest.mark.parametrize(
    "source", ["(" * 2000, "[" * 1000, "not(" * 500, "if " * 500, "-(" * 500, "1" + "+1" * 600, "1," * 5000, "]" * 300]
)
def test_a_hostile_text_is_refused_and_does_not_exhaust_the_machine(source):
    with pytest.raises(FeelError):
        compile_expression(source)


def test_an_unknown_function_is_named_when_called():
    with pytest.raises(FeelError, match="nope"):
        value("nope(1)")


def test_an_expression_tells_what_it_reads_and_calls():
    expression = compile_expression('sheet.reason = param("k") and f(days, -1)')
    assert expression.names == {"sheet", "days"}
    assert [tuple(call) for call in expression.calls] == [("param", ("k",)), ("f", (NOT_LITERAL, -1))]


def test_a_condition_becomes_nested_lists_for_the_browser():
    assert compile_expression('=not(kind in ["a", "b"]) or sheet.n <= -1').tree() == [
        "or",
        ["not", ["in", ["name", "kind"], ["is", ["literal", "a"]], ["is", ["literal", "b"]]]],
        ["<=", ["name", "sheet", "n"], ["literal", -1]],
    ]


@pytest.mark.parametrize("source", ["param(1) = 2", "days + 1 > 2", "if a then b else c"])
def test_what_the_browser_cannot_evaluate_has_no_tree(source):
    with pytest.raises(FeelError):
        compile_expression(source).tree()


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:00-14:00", "2026-02-30", "2026-01-01T99:00"]
)
def test_a_time_outside_the_calendar_is_no_time(text):
    assert compile_expression('x > date("2026-01-01")').evaluate({"x": text}) is None
