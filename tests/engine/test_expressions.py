"""What designers may write, and what it means."""

import pytest

from engine.expressions import (
    NOT_LITERAL,
    ExpressionError,
    compile_expression,
    compile_script,
    evaluate,
    execute,
)
from errors import AppError

CASE = {
    "amount": 1200,
    "kind": "a",
    "urgent": False,
    "金额": 300,
    "units": ["住建局", "水利局"],
    "case": {"title": "井盖", "lead": {"name": "住建局"}, "note": None},
}


def meaning(source, **variables):
    return evaluate(source, {**CASE, **variables})


def complaint(source, variables=CASE, functions=None):
    """What a refused expression tells its designer."""
    with pytest.raises(ExpressionError) as caught:
        evaluate(source, variables, functions)
    return str(caught.value)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("1 + 2 * 3", 7),
        ("7 / 2", 3.5),
        ("7 // 2", 3),
        ("-7 % 3", 2),
        ('"住建" + "局"', "住建局"),
        ("[1] + [2]", [1, 2]),
        ("urgent + true", 1),
        ("金额 * 2", 600),
        ("[amount, kind]", [1200, "a"]),
        ("(1, 2)", [1, 2]),
        ('{"k": [amount], kind: null}', {"k": [1200], "a": None}),
        ("true and True", True),
        ("false or False", False),
        ("null == None", True),
        (r'"a\"b\n"', 'a"b\n'),
        ("  1  ", 1),
        ("(1 +\n 2)", 3),
    ],
)
def test_values_are_written_and_calculated_as_in_python(source, value):
    result = meaning(source)
    assert result == value
    assert type(result) is type(value)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ('amount > 1000 and kind == "a"', True),
        ("1000 < amount <= 1200", True),
        ("1000 < amount < 1200", False),
        ("not urgent", True),
        ('kind != "b"', True),
        ('"2025-01-31" < "2025-02-01"', True),
        ('"水利局" in units', True),
        ('"水" in "水利局"', True),
        ('"title" in case', True),
        ('"x" not in case', True),
        ('case == {"title": "井盖", "lead": {"name": "住建局"}, "note": null}', True),
        ("[1, [2]] == [1, [2.0]]", True),
        ("1 == 1.0", True),
        ('1 == "1"', False),
        ("[] == 0", False),
        ("[1] in [[1]]", True),
        ('"many" if amount > 1000 else "few"', "many"),
    ],
)
def test_comparisons_and_choices_decide_as_they_read(source, value):
    assert meaning(source) == value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("kind and units", ["住建局", "水利局"]),
        ("urgent or kind", "a"),
        ("urgent and missing", False),
        ("kind or missing", "a"),
        ("1 if true else missing", 1),
        ("2 > 3 > missing", False),
    ],
)
def test_what_is_already_decided_leaves_the_rest_unread(source, value):
    assert meaning(source) == value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("case.title", "井盖"),
        ("case.lead.name", "住建局"),
        ('case["lead"]["name"]', "住建局"),
        ("units[0]", "住建局"),
        ("units[-1]", "水利局"),
        ("case.title[1]", "盖"),
    ],
)
def test_a_dot_and_a_bracket_look_up_data(source, value):
    assert meaning(source) == value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ('len("井盖")', 2),
        ("len(units) + len(case)", 5),
        ("min(3, 1, 2)", 1),
        ("max([3, 1, 2])", 3),
        ('max("2025-01-02", "2025-01-10")', "2025-01-10"),
        ("sum([1, 2.5, true])", 4.5),
        ("sum([])", 0),
        ("abs(-3)", 3),
        ("text(1200) + text(1.5) + text(true) + text(null)", "12001.5true"),
        ("str(0)", "0"),
        ('number(" 12 ")', 12),
        ('number("-12.50")', -12.5),
        ("number(true)", 1),
        ('int("12")', 12),
        ("int(-2.7)", -2),
        ('float("2")', 2.0),
        ("bool(units)", True),
        ('bool("")', False),
        ('lower("Ab") + upper("Ab")', "abAB"),
        ('startswith("住建局", "住建")', True),
        ('endswith("住建局", "住建")', False),
        ('contains("住建局", "建")', True),
        ('contains(units, "住建")', False),
        ('without(["住建", "民政", "住建"], "住建")', ["民政"]),
        ('get(case, "title")', "井盖"),
        ('get(case, "none")', None),
        ('get(case, "none", 5)', 5),
        ('get(case.note, "x", 5)', 5),
        ('date("2025-01-31")', "2025-01-31"),
        ('date("2025-01-31T23:30:00+08:00")', "2025-01-31"),
        ('date("2025-01-31T23:30:00Z")', "2025-02-01"),
        ('days_between("2025-01-31", "2025-03-01T09:00:00+08:00")', 29),
        ('days_between("2025-01-02", "2025-01-01")', -1),
        ('day("2027-01-04T09:00:00+08:00")', 4),
    ],
)
def test_pure_functions_are_always_at_hand(source, value):
    result = meaning(source)
    assert result == value
    assert type(result) is type(value)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("round(2.5)", 3),
        ("round(-2.5)", -3),
        ("round(2.675, 2)", 2.68),
        ("round(1250, -2)", 1300),
        ("round(7, 2)", 7),
    ],
)
def test_rounding_is_half_away_from_zero_as_documents_mean_it(source, value):
    assert meaning(source) == value


def test_a_function_given_at_call_time_gets_copies_and_answers_data():
    got = []

    def post(unit, role):
        got.append(unit)
        return {"inbox": [unit["name"], role]}

    assert evaluate('post(case.lead, "liaison").inbox[1]', CASE, {"post": post}) == "liaison"
    assert got == [CASE["case"]["lead"]]
    assert got[0] is not CASE["case"]["lead"]


def test_a_variable_may_have_the_name_of_a_function():
    assert evaluate("len(text) + count(count)", {"text": "abc", "count": 2}, {"count": lambda n: n * 10}) == 23


def test_a_tuple_from_outside_is_a_list():
    assert evaluate("x", {"x": (1, ("a", None))}) == [1, ["a", None]]
    assert evaluate("x == [1, [2]]", {"x": (1, (2,))}) is True
    assert evaluate("pair()", {}, {"pair": lambda: (1, (2,))}) == [1, [2]]


def test_a_result_shares_nothing_with_the_variables():
    variables = {"x": {"items": [1]}}
    result = evaluate("[x, x]", variables)
    result[0]["items"].append(2)
    assert result[1] == variables["x"] == {"items": [1]}


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("金额 > 没有", "没有名为“没有”的变量（第 6 列）"),
        ('"中文" + park(1)', "没有名为“park”的函数（第 8 列）"),
        ("1 + amount / 0", "除数不能为零（第 5 列）"),
        ("kind > 1", "只有数字与数字、文字与文字可以比较大小（第 1 列）"),
        ("case.note.x", "只能从记录里取“x”（第 1 列）"),
        ("case.x", "记录里没有“x”（第 1 列）"),
        ("units[2]", "没有第 2 项（第 1 列）"),
        ("units[true]", "记录要用文字取值，列表和文字要用整数取值（第 1 列）"),
        ("len(1, 2)", "函数“len”的参数个数不对（第 1 列）"),
        ("len(1)", "只有文字、列表和记录有长度（第 1 列）"),
        ("round(1.5, 10)", "小数位数须为 -9 到 9 的整数（第 1 列）"),
        ("min([])", "空列表没有最大值和最小值（第 1 列）"),
        ('date("2025-02-30")', "“2025-02-30”不是日期（第 1 列）"),
        ('number("1a")', "“1a”不是数字（第 1 列）"),
        ("len（kind）", "这里用了全角符号 （ ，请改用半角符号（第 4 列）"),
        ("amount > １", "这里用了全角符号 １ ，请改用半角符号（第 10 列）"),
        ("kind == “a”", "这里用了全角符号 “ ，请改用半角符号（第 9 列）"),
        ("(1 + 2", "括号没有闭合（第 1 列）"),
        ('kind == "a', "引号没有闭合（第 9 列）"),
        ("(kind = 1)", "比较是否相等请用 ==（第 2 列）"),
        ("amount is null", "不能使用 is，请用 == 或 != 比较（第 1 列）"),
        ("", "表达式是空的"),
        ("   \n", "表达式是空的"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_at_which_column(source, words):
    assert words in complaint(source)


@pytest.mark.filterwarnings("ignore")  # where Python only warns, as in production
@pytest.mark.parametrize("source", ["1if urgent else 2", "0x1for amount", "amount + 1or 2", "2.5if true else 1"])
def test_a_number_that_runs_into_a_word_is_refused(source):
    assert "数字后面要有空格" in complaint(source)


def test_an_expression_error_is_one_of_the_deliberate_errors():
    assert issubclass(ExpressionError, AppError)


def test_the_place_in_a_script_has_a_line():
    with pytest.raises(ExpressionError, match="除数不能为零（第 3 行第 7 列）"):
        execute("金额 = 1\nif 金额:\n  费 = 1 / 0", {})


def test_what_cannot_be_stored_is_refused_at_the_line_that_assigns_it():
    with pytest.raises(ExpressionError, match="第 2 行第 1 列"):
        execute("a = 1\nb = x\nc = 1", {"x": [{1}]})


def test_a_given_function_passes_on_words_meant_for_people_and_keeps_its_cause():
    class CalendarMissing(AppError):
        """没有 2031 年的日历。"""

    def workdays(count):
        raise CalendarMissing

    with pytest.raises(ExpressionError, match="函数“workdays”：没有 2031 年的日历") as caught:
        evaluate("1 + workdays(5)", {}, {"workdays": workdays})
    assert isinstance(caught.value.__cause__, CalendarMissing)


def test_a_given_function_that_breaks_does_not_leak_its_exception():
    assert "函数“broken”无法计算（第 5 列）" in complaint("1 + broken()", {}, {"broken": lambda: {}["x"]})
    assert "函数“broken”无法计算" in complaint("broken(1)", {}, {"broken": lambda: 1})


def test_a_given_function_may_not_replace_a_pure_one():
    assert "函数“len”是内置的" in complaint("1", {}, {"len": lambda x: 0})


def test_a_script_answers_what_it_assigned_and_leaves_the_variables_alone():
    variables = {"score": 1, "case": {"lead": {"name": "a"}}}
    changed = execute('score = score + 1\ncase.lead.level = score\nnew.deep.path = "x"', variables)
    assert changed == {
        "score": 2,
        "case": {"lead": {"name": "a", "level": 2}},
        "new": {"deep": {"path": "x"}},
    }
    assert variables == {"score": 1, "case": {"lead": {"name": "a"}}}


@pytest.mark.parametrize(("days", "changed"), [(9, {"light": "red"}), (4, {"light": "yellow"}), (0, {"ok": True})])
def test_a_script_takes_one_branch_of_an_if(days, changed):
    script = """
        if days > 5:
            light = "red"
        elif days > 2:
            light = "yellow"
        else:
            ok = true
    """
    assert execute(script, {"days": days}) == changed


def test_a_script_that_assigns_the_same_value_has_still_assigned():
    assert execute("x = 1", {"x": 1}) == {"x": 1}


def test_names_assigned_from_each_other_share_nothing():
    changed = execute("a = x\nb = a\nb.n = 2", {"x": {"n": 1}})
    assert changed == {"a": {"n": 1}, "b": {"n": 2}}
    again = execute("a = [1]\nb = [a, a]", {})
    again["b"][0].append(2)
    assert again == {"a": [1], "b": [[1, 2], [1]]}


@pytest.mark.parametrize(
    "script",
    [
        "x.a = 1",
        "x[0] = 1",
        "a = b = 1",
        "a, b = 1, 2",
        "x += 1",
        "x: int = 1",
        "x",
        "'x'",
        "pass",
        "true = 1",
        "null.a = 1",
    ],
)
def test_a_script_assigns_only_variables_and_entries_of_records(script):
    with pytest.raises(ExpressionError):
        execute(script, {"x": [0]})


def test_a_checker_sees_what_an_expression_needs_without_running_it():
    needs = compile_expression('post(case.lead, "liaison") + param("xt.days") * len([金额, true])')
    assert needs.names == {"case", "金额"}
    assert needs.functions == {"post", "param", "len"}
    assert set(needs.calls) == {
        ("post", (NOT_LITERAL, "liaison")),
        ("param", ("xt.days",)),
        ("len", (NOT_LITERAL,)),
    }
    assert compile_expression("f(-5, null, -x)").calls == (("f", (-5, None, NOT_LITERAL)),)


def test_a_checker_sees_what_a_script_reads_and_assigns():
    needs = compile_script("if days > 2:\n  result.late = now()\nelse:\n  ok = other")
    assert needs.names == {"days", "other"}
    assert needs.assigns == {"result", "ok"}
    assert needs.calls == (("now", ()),)


def test_the_same_text_is_read_once():
    assert compile_expression("amount + 41") is compile_expression("amount + 41")
    assert compile_script("a = 41") is compile_script("a = 41")


def test_a_compiled_text_can_be_run_again_with_other_variables():
    expression, script = compile_expression("x + 1"), compile_script("y = x")
    assert [expression.evaluate({"x": 1}), expression.evaluate({"x": 2})] == [2, 3]
    assert [script.execute({"x": 1}), script.execute({"x": 2})] == [{"y": 1}, {"y": 2}]
