import pytest

from assessment import BadParameters, BadScore, rate, xx
from tests.assessment.known import PARAMETERS, hold

CASES = [
    xx.Answered("XX1", True, True, True, "满意"),
    xx.Answered("XX2", True, False, False, "不满意"),
    xx.Answered("XX3", False, True, None, None),
    xx.Answered("XX4", True, True, None, "基本满意", consultation=True),
    xx.Answered("XX5", True, True, False, "非常不满意", excluded="两人复核：诉求不合理"),
    xx.Answered("XX6"),
]


def test_the_rates_unfold_to_the_cases_they_count():  # XX-18, C-05, C-06, C-08
    rates = xx.four_rates(CASES)
    assert {name: str(rate.value) for name, rate in rates.items()} == {
        "按时反馈率": "80.00",
        "按时办结率": "80.00",
        "问题解决率": "50.00",
        "评价满意率": "66.67",
    }
    for each in rates.values():
        hold(each)
    assert [part.label for part in rates["问题解决率"].parts[1].parts] == ["XX1", "XX2"]
    total = xx.total(rates)
    hold(total)
    assert str(total.value) == "69.17"


def test_a_rate_of_nothing_leaves_its_weight_to_the_others():  # XX-18
    total = xx.total([95, 93, None, rate(0, 0, "评价满意率")])
    hold(total)
    assert str(total.value) == "94.00"
    assert "问题解决率、评价满意率无数据" in total.note
    assert xx.total(xx.four_rates([])).value is None


def test_the_weights_and_the_levels_are_parameters():  # xx.kpi_weights, xx.satisfied_levels
    assert xx.Rules.from_parameters(PARAMETERS) == xx.Rules()
    weights = {"按时反馈率": 0.1, "按时办结率": 0.2, "问题解决率": 0.3, "评价满意率": 0.4}
    rules = xx.Rules.from_parameters({"xx.kpi_weights": weights, "xx.satisfied_levels": ["非常满意", "满意"]})
    assert str(xx.total([100, 90, 80, 70], rules).value) == "80.00"
    assert str(xx.four_rates(CASES, rules)["评价满意率"].value) == "33.33"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"xx.kpi_weights": {"按时反馈率": 1}}, "四项"),
        ({"xx.kpi_weights": dict.fromkeys(xx.FORMULAS, 0.3)}, "之和应为100%"),
        ({"xx.kpi_weights": dict.fromkeys(xx.FORMULAS, "四分之一")}, "应为数字"),
        ({"xx.kpi_weights": 1}, "对照"),
        ({"xx.satisfied_levels": ["还行"]}, "没有“还行”这一档"),
        ({"xx.satisfied_levels": "满意"}, "列表"),
    ],
)
def test_wrong_parameters_are_refused_in_words(changed, words):  # XX-18
    with pytest.raises(BadParameters, match=words):
        xx.Rules.from_parameters(PARAMETERS | changed)


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (lambda: rate(121, 120, "按时反馈率"), "大于"),
        (lambda: rate(-1, 120, "按时反馈率"), "不小于0的整数"),
        (lambda: xx.total([95, 93, 85]), "四率应依次为"),
        (lambda: xx.total([95, 93, 85, 101]), "评价满意率应在0至100之间"),
        (lambda: xx.four_rates([xx.Answered("XX9", satisfaction="还行")]), "XX9的评价应为"),
    ],
)
def test_bad_counts_are_refused_in_words(score, words):  # XX-18
    with pytest.raises(BadScore, match=words):
        score()
