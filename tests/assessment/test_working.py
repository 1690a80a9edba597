import json

import pytest

from assessment import BadScore, tz
from tests.assessment.known import every

QUARTER = tz.quarter_score(tz.case_average([tz.co_score(90, 80), tz.lead_score(95)]), tz.satisfaction([24, 10, 4, 2]))


def test_a_working_reads_as_words_numbers_and_a_result():  # TZ-20
    assert next(iter(QUARTER.lines())) == (
        "季度得分：一哨一评平均分×70%＋企业满意度测评得分×30% ＝ 91.00×0.7+86.00×0.3 ＝ 89.50（TZ-20）"
    )
    assert list(QUARTER.lines())[3] == "      园区评分：90"


def test_a_page_gets_plain_values_to_the_depth_it_asks_for():  # TZ-20
    shallow = QUARTER.as_value(depth=1)
    assert (shallow["value"], shallow["figures"]) == ("89.50", "91.00×0.7+86.00×0.3")
    assert [part["parts"] for part in shallow["parts"]] == [[], []]
    assert json.loads(json.dumps(QUARTER.as_value(), ensure_ascii=False)) == QUARTER.as_value()
    assert len(list(every(QUARTER))) == 12


def test_no_value_is_said_with_its_reason():  # TZ-A6
    nothing = tz.satisfaction([0, 0, 0, 0])
    assert next(iter(nothing.lines())) == "企业满意度测评得分：无（TZ-21、TZ-A6）　总票数为0，取同类均值（TZ-A6）。"
    assert nothing.as_value()["value"] is None
    with pytest.raises(BadScore, match="没有结果"):
        _ = nothing.required


def test_what_was_handed_in_is_not_an_answer_of_ours():  # TZ-16
    leaves = [node for node in every(QUARTER) if not node.parts]
    assert {leaf.figures for leaf in leaves} == {""}
