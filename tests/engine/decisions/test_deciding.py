import pytest

from errors import DecisionFailed
from tests.engine.decisions.dmn import table

CLASSES = [
    ['"领导交办"', "-", '"重点哨"'],
    ['not("领导交办")', "true", '"协调哨"'],
    ['not("领导交办")', "false", '"常规哨"'],
]


def classes(policy=""):
    return table(["source", "joint:boolean"], ["category"], CLASSES, policy)


def test_one_matching_row_gives_its_outputs_and_explains_itself():
    case = {"source": "单位申报", "joint": True}
    assert classes().decide(case) == {"category": "协调哨"}
    assert classes().matches(case) == [2]
    assert classes().annotations[1] == "依据2"


def test_no_matching_row_is_said_with_the_table_and_the_input():
    with pytest.raises(DecisionFailed, match="“哨件分类”没有适用的规则。输入是：source=“单位申报”，joint=空。"):
        classes().decide({"source": "单位申报"})


def test_two_matching_rows_of_a_unique_table_are_both_named():
    both = table(["days:number"], ["light"], [["> 1", '"a"'], ["> 2", '"b"']])
    with pytest.raises(DecisionFailed, match="第 1、2 行，应当只符合一行"):
        both.decide({"days": 3})


ROWS = [["> 1", '"a"', "1"], ["> 2", '"b"', "2"], ["> 3", '"a"', "4"]]
LISTED = ['name="b","a"', "n:number=1,2,4"]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("FIRST", {"name": "a", "n": 1}),
        ("PRIORITY", {"name": "b", "n": 2}),
        ("RULE ORDER", {"name": ["a", "b", "a"], "n": [1, 2, 4]}),
        ("OUTPUT ORDER", {"name": ["b", "a", "a"], "n": [2, 1, 4]}),
        ("COLLECT", {"name": ["a", "b", "a"], "n": [1, 2, 4]}),
    ],
)
def test_several_matching_rows_are_settled_by_the_hit_policy(policy, expected):
    assert table(["days:number"], LISTED, ROWS, policy).decide({"days": 5}) == expected


@pytest.mark.parametrize(
    ("aggregation", "found", "nothing"), [("SUM", 7, 0), ("COUNT", 3, 0), ("MIN", 1, None), ("MAX", 4, None)]
)
def test_collected_numbers_are_added_up(aggregation, found, nothing):
    summed = table(["days:number"], ["n:number"], [[row[0], row[2]] for row in ROWS], f"COLLECT/{aggregation}")
    assert summed.decide({"days": 5}) == {"n": found}
    assert summed.decide({"days": 0}) == {"n": nothing}


def test_a_collected_list_may_be_empty():
    assert table(["days:number"], LISTED, ROWS, "COLLECT").decide({}) == {"name": [], "n": []}


def test_what_cannot_be_added_up_is_said():
    with pytest.raises(DecisionFailed, match="不能这样汇总"):
        table(["days:number"], ["n"], [["-", '"a"'], ["-", "1"]], "COLLECT/SUM").decide({"days": 1})


def test_rows_of_an_any_table_must_agree():
    same = table(["days:number"], ["x"], [["> 1", '"a"'], ["> 2", '"a"'], ["> 9", '"b"']], "ANY")
    assert same.decide({"days": 3}) == {"x": "a"}
    with pytest.raises(DecisionFailed, match="第 1、2、3 行，但各行的结论不同"):
        same.decide({"days": 10})


@pytest.mark.parametrize(
    ("type_", "cell", "value"),
    [
        ("number", "5", "5"),
        ("string", '"5"', 5),
        ("boolean", "true", "true"),
        ("date", '< date("2026-01-02")', "2026-01-01T10:00:00+08:00"),
        ("dateTime", '>= date and time("2026-01-01T09:00:00")', "2026-01-01T10:00:00+08:00"),
        ("long", "[1..2]", 2),
    ],
)
def test_an_input_is_taken_as_the_type_of_its_column(type_, cell, value):
    assert table([f"x:{type_}"], ["y"], [[cell, '"ok"']]).matches({"x": value}) == [1]


@pytest.mark.parametrize(
    "value", ["1e999999999", "NaN", "x" * 5000, [], {}, float("inf"), pytest.param(10**5000, id="huge"), "９9"]
)
def test_an_input_of_no_use_matches_nothing(value):
    odd = table(["x:number"], ["y"], [["< 5", '"ok"']])
    assert odd.matches({"x": value}) == []
    with pytest.raises(DecisionFailed):
        odd.decide({"x": value})


def test_cells_may_call_functions_and_read_variables_and_the_table_tells_which():
    limit = table(["days:number"], ["due", "at:date"], [['<= param("blue")', "note", 'date("2026-01-01")']])
    assert limit.decide({"days": 2, "note": "n"}, {"param": {"blue": 2}.get}) == {"due": "n", "at": "2026-01-01"}
    assert limit.names == {"days", "note"}
    assert [call.arguments for call in limit.calls if call.function == "param"] == [("blue",)]
