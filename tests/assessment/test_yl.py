import pytest

from assessment import BadParameters, BadScore, yl
from tests.assessment.known import PARAMETERS, hold


def value(working):
    hold(working)
    return str(working.value)


def test_the_initiator_gets_the_mean_of_the_responsible_units_and_the_office():  # YL-15, YL-A3
    assert value(yl.initiator_score([93, 92, 90], 80)) == "88.17"
    assert "(93+92+90)÷3×0.7+80×0.3" in yl.initiator_score([93, 92, 90], 80).figures


def test_an_initiator_nobody_evaluated_has_no_score_and_no_year():  # YL-15
    lonely = yl.initiator_score([], 80)
    assert lonely.value is None
    assert yl.year_score([lonely, None]).value is None


def test_a_year_is_the_mean_of_its_cases_and_without_one_there_is_no_assessment():  # YL-A3
    assert value(yl.year_score([88.6, yl.responsible_score(80, 80), None])) == "84.30"
    assert "不参评" in yl.year_score([]).note


def test_the_weights_are_parameters():  # YL-A3
    assert yl.Rules.from_parameters(PARAMETERS) == yl.Rules()
    rules = yl.Rules.from_parameters({"yl.weight.initiator": 0.6, "yl.weight.office": 0.4})
    assert value(yl.responsible_score(88, 90, rules)) == "88.80"
    with pytest.raises(BadParameters, match="之和应为100%"):
        yl.Rules.from_parameters({"yl.weight.initiator": 0.6})


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (lambda: yl.responsible_score(101, 90), "吹哨单位评分应在0至100之间"),
        (lambda: yl.responsible_score(90, None), "吹哨办评分应为数字"),  # type: ignore[arg-type]
        (lambda: yl.initiator_score([90, -1], 90), "第2个责任单位评分应在0至100之间"),
    ],
)
def test_marks_out_of_range_are_refused_in_words(score, words):  # YL-19
    with pytest.raises(BadScore, match=words):
        score()
