import pytest

from assessment import BadParameters, tz
from tests.assessment.known import PARAMETERS


def test_the_seeds_parameters_are_the_document():  # TZ-17…28
    assert tz.Rules.from_parameters(PARAMETERS) == tz.Rules() == tz.Rules.from_parameters({})


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"tz.w.park_on_co": 0.8}, "协办单件得分的权重之和应为100%，现在是园区80%、牵头部门30%"),
        ({"tz.w.case": 1.3, "tz.w.enterprise": -0.3}, "不小于0"),
        ({"tz.w.case": "七成"}, "参数tz.w.case应为数字"),
        ({"tz.w.case": None}, "参数tz.w.case应为数字"),
        ({"tz.sat.coef": {"满意": 1.2}}, "在0至1之间"),
        ({"tz.sat.coef": {}}, "对照"),
        ({"tz.float.per_over": 0}, "大于0"),
        ({"tz.float.step_pct": -1}, "不小于0"),
        ({"tz.float.cap_pct": -1}, "不小于0"),
        ({"tz.float.mode": "阶梯"}, "step、continuous之一，现在是“阶梯”"),
        ({"tz.float.mode": ["step"]}, "之一"),
        ({"tz.float.baseline": "class"}, "class_all、class_active、all之一"),
        ({"tz.bulletin_drop_threshold": 0}, "不小于1"),
        ({"tz.bulletin_drop_places": 1.5}, "整数"),
        ({"tz.snail_quarters": 0}, "不小于1"),
        ({"tz.bottom_n": True}, "整数"),
        ({"tz.bonus_cut": "1/2"}, "列表"),
        ({"tz.bonus_cut": ["一半"]}, "应如 1/2"),
        ({"tz.bonus_cut": ["1/0"]}, "应如 1/2"),
        ({"tz.bonus_cut": ["3/2"]}, "在0至1之间"),
    ],
)
def test_wrong_parameters_are_refused_in_words(changed, words):  # D-11
    with pytest.raises(BadParameters, match=words):
        tz.Rules.from_parameters(PARAMETERS | changed)
