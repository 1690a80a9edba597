import pytest

from assessment import BadParameters, BadScore, tz
from tests.assessment.known import hold


def unit(name, *marks, votes=(1, 0, 0, 0), unit_class="A"):
    return tz.UnitQuarter(name, unit_class, [tz.Rated(f"{name}{n}", mark) for n, mark in enumerate(marks)], votes)


def table(standings):
    for each in standings:
        hold(each.score)
        if each.place:
            hold(each.place)
    return {each.unit: (str(each.score.value), each.rank) for each in standings}


def test_a_quarter_ranks_each_class_for_itself():  # TZ-14, TZ-20
    standings = tz.quarter([unit("甲", 90), unit("乙", 80), unit("丙", 60, unit_class="B")])
    assert table(standings) == {"甲": ("93.00", 1), "乙": ("86.00", 2), "丙": ("72.00", 1)}


def test_a_unit_without_a_case_gets_its_class_mean_whatever_its_votes():  # TZ-24, TZ-A3
    standings = tz.quarter(
        [unit("甲", 90), unit("乙", 80), unit("丙", votes=(0, 0, 0, 9)), unit("丁", 10, unit_class="B")]
    )
    assert table(standings)["丙"] == ("89.50", 2)
    assert "未发生吹哨事项" in standings[1].score.note


def test_a_class_without_any_case_is_not_ranked_and_nobody_is_lost():  # TZ-A3
    standings = tz.quarter([unit("甲"), unit("乙"), unit("丙", 90, unit_class="B")])
    assert [(each.unit, each.score.value, each.rank) for each in standings[:2]] == [
        ("甲", None, None),
        ("乙", None, None),
    ]
    assert "不排名" in standings[0].score.note
    assert standings[2].rank == 1


def test_without_a_vote_the_satisfaction_is_the_mean_of_the_class():  # TZ-A6
    standings = tz.quarter(
        [unit("甲", 90, votes=(1, 1, 0, 0)), unit("乙", 90, votes=()), unit("丙", 90, votes=[0, 0, 0, 0])]
    )
    assert set(table(standings).values()) == {("90.00", 1)}
    assert "取同类均值" in standings[1].score.parts[1].note


def test_where_the_class_has_no_vote_the_cases_alone_make_the_score():  # TZ-A6
    standings = tz.quarter([unit("甲", 90, votes=()), unit("乙", 80, votes=())])
    assert table(standings) == {"甲": ("90.00", 1), "乙": ("80.00", 2)}
    assert "不计满意度" in standings[0].score.note


def test_a_unit_all_of_whose_cases_are_excluded_gets_the_mean_and_shows_them():  # TZ-24, TZ-25
    spared = tz.UnitQuarter("乙", "A", [tz.Rated("TZ9", 30, excluded="批示3号")], [9, 0, 0, 0])
    standings = tz.quarter([unit("甲", 90), spared])
    assert table(standings)["乙"] == ("93.00", 1)
    assert standings[1].volume == 0
    assert "TZ9" in "\n".join(standings[1].score.lines())


def test_a_score_unfolds_to_the_cases_and_votes_it_came_from():  # TZ-16, TZ-17, TZ-21
    cases = [tz.Rated("TZ1", 95), tz.Rated("TZ2", 90, 80)]
    page = "\n".join(tz.quarter([tz.UnitQuarter("甲", "A", cases, [24, 10, 4, 2])])[0].score.lines())
    assert "TZ1 牵头单件得分" in page
    assert "90×0.7+80×0.3 ＝ 87.00（TZ-16、TZ-17）" in page
    assert "(95.00+87.00)÷2 ＝ 91.00" in page
    assert "满意票数：24票" in page


def test_changed_weights_change_the_score():  # TZ-20, tz.w.*
    rules = tz.Rules.from_parameters({"tz.w.case": 0.5, "tz.w.enterprise": 0.5})
    assert str(tz.quarter_score(88, 86, rules).value) == "87.00"


def test_votes_count_by_the_levels_and_coefficients_of_the_parameters():  # tz.sat.coef
    rules = tz.Rules.from_parameters({"tz.sat.coef": {"好": 1, "差": 0}})
    assert str(tz.satisfaction([1, 2], rules).value) == "33.33"


@pytest.mark.parametrize(
    ("units", "words"),
    [
        ([unit("甲", 101)], "甲：园区评分应在0至100之间，现在是101"),
        ([unit("甲", -0.5)], "甲：园区评分应在0至100之间"),
        ([unit("甲", "良好")], "甲：园区评分应为数字"),
        ([unit("甲", None)], "甲：园区评分应为数字"),
        ([unit("甲", True)], "甲：园区评分应为数字"),
        ([unit("甲", float("nan"))], "超出可计算的范围"),
        ([unit("甲", "1e999999")], "超出可计算的范围"),
        ([unit("甲", 90, votes=(1, 2, 3))], "甲：满意度票数应依次为满意、比较满意"),
        ([unit("甲", 90, votes={"满意": 1, "很好": 1, "基本满意": 0, "不满意": 0})], "甲：满意度票数应依次为"),
        ([unit("甲", 90, votes=(1, -2, 0, 0))], "甲：比较满意票数应为不小于0的整数"),
        ([unit("甲", 90, votes=(1.5, 0, 0, 0))], "甲：满意票数应为不小于0的整数"),
        ([unit("甲", 90), unit("甲", 80)], "甲在同一考核期出现了两次"),
        ([unit("甲", 90, unit_class="D")], "甲的单位类别应为A、B、C之一，现在是“D”"),
        ([tz.UnitQuarter("甲", None)], "甲的单位类别应为A、B、C之一"),  # type: ignore[arg-type]
        ([tz.UnitQuarter("甲", "A", [tz.Rated("TZ1", 90, 200)])], "甲：牵头部门评分应在0至100之间"),
        ([tz.UnitQuarter("甲", "A", [tz.Rated("TZ1", 900, excluded="批示")])], "甲：园区评分应在0至100之间"),
    ],
)
def test_bad_input_is_refused_in_words_that_name_the_unit(units, words):  # TZ-16
    with pytest.raises((BadScore, BadParameters), match=words):
        tz.quarter(units)


def test_an_answer_without_a_value_is_not_counted_on():  # TZ-A6
    with pytest.raises(BadScore, match="没有结果"):
        tz.quarter_score(88, tz.satisfaction([0, 0, 0, 0]))
    assert tz.case_average([]).value is None
    assert tz.quarter([]) == []
