from decimal import Decimal

import pytest

from assessment import BadParameters, BadScore, yc
from tests.assessment.known import PARAMETERS, hold

RULES = yc.Rules.from_parameters(PARAMETERS)


def test_the_parameters_are_the_documents_targets():  # YC-04, YC-05, YC-10, YC-12
    assert yc.Rules() == RULES
    assert yc.kpi("entry_rate", 7, 7).met is True
    assert yc.kpi("entry_rate", 6, 7).met is False
    assert yc.least("star_min", 1).met is False
    assert yc.least("one_thing_min", 1).met is True


def test_a_rate_is_compared_before_it_is_rounded():  # YC-12
    result = yc.kpi("online_rate", 94996, 100000)
    assert str(result.working.value) == "95.00"
    assert result.met is False
    assert "目标不低于95%，未达标" in result.working.note


def test_where_nothing_is_due_nothing_is_judged():  # YC-12
    result = yc.kpi("consult_ontime_rate", 0, 0)
    assert (result.working.value, result.met) == (None, None)


def test_a_changed_target_changes_the_judgement():  # yc.kpi.*
    assert yc.kpi("online_rate", 90, 100, yc.Rules.from_parameters({"yc.kpi.online_rate": 0.9})).met is True


def test_a_review_can_leave_out_the_highest_and_lowest_of_each_group():  # YC-24
    rules = yc.Rules(review_trim=True)
    score = yc.review_score([[88, 90, 86, 92, 84], [90, 85, 88], [80, 84, 86, 90]], rules)
    hold(score)
    assert str(score.value) == "87.00"
    assert "共6票不计" in score.note
    assert "最高分，不计。" in "\n".join(score.lines())
    few = yc.review_score([[88, 90], [90], [80, 100]], rules)
    assert str(few.value) == "89.67"
    votes = yc.review_score([[88, 90, 86], [90], []], yc.Rules(review_trim=True, review_mode="votes"))
    hold(votes)
    assert str(votes.value) == "89.00"


def test_a_group_without_a_vote_leaves_its_weight_to_the_others():  # YC-24
    score = yc.review_score({"enterprises_citizens": [80, 90], "departments": [90], "deputies": []})
    hold(score)
    assert str(score.value) == "87.50"
    assert "代表委员组均值没有打分" in score.note


@pytest.mark.parametrize("mode", yc.rules.REVIEW_MODES)
def test_a_review_nobody_voted_in_has_no_score(mode):  # YC-24
    assert yc.review_score([[], [], []], yc.Rules(review_mode=mode)).value is None


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (lambda: yc.review_score([[101], [], []]), "部门组第1票应在0至100之间"),
        (lambda: yc.review_score([[90, -1], [], []]), "部门组第2票应在0至100之间"),
        (lambda: yc.review_score([["好"], [], []]), "应为数字"),
        (lambda: yc.review_score([[90], [80]]), "评议分组应依次为"),
        (lambda: yc.review_score([90, 80, 70]), "应为列表"),  # type: ignore[list-item]
        (lambda: yc.kpi("entry", 1, 1), "没有指标“entry”"),
        (lambda: yc.kpi("entry_rate", 8, 7), "大于"),
        (lambda: yc.kpi("entry_rate", 1.5, 7), "整数"),  # type: ignore[arg-type]
        (lambda: yc.least("stars", 1), "没有指标“stars”"),
    ],
)
def test_bad_input_is_refused_in_words(score, words):  # YC-12, YC-24
    with pytest.raises(BadScore, match=words):
        score()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"yc.kpi.online_rate": 95}, "在0至1之间"),
        ({"yc.review_group_weights": {"departments": 1}}, "三组"),
        ({"yc.review_group_weights": dict.fromkeys(yc.GROUPS, 0)}, "不全为0"),
        ({"yc.review_group_weights": dict.fromkeys(yc.GROUPS, -1)}, "不小于0"),
        ({"yc.review_mode": "median"}, "groups、votes之一"),
        ({"yc.review_trim": "是"}, "true 或 false"),
    ],
)
def test_wrong_parameters_are_refused_in_words(changed, words):  # YC-24
    with pytest.raises(BadParameters, match=words):
        yc.Rules.from_parameters(PARAMETERS | changed)


def test_weights_are_shares():  # yc.review_group_weights
    shares = dict(zip(yc.GROUPS, (Decimal(2), Decimal(1), Decimal(1)), strict=True))
    score = yc.review_score([[90], [80], [70]], yc.Rules(group_weights=shares))
    hold(score)
    assert str(score.value) == "82.50"
