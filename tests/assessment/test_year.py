import pytest

from assessment import BadParameters, BadScore, tz
from tests.assessment.known import hold


def unit(name, score, volume, unit_class="A", bulletins=()):
    return tz.UnitYear(name, unit_class, [score] * 4, volume, bulletins)


MONTHS = ["2026-01", "2026-05", "2026-11"]
UNITS = [unit("甲", 90, 30), unit("乙", 85, 30), unit("丙", 80, 60), unit("丁", 80, 0), unit("戊", 70, 20, "B")]


def table(units, **rules):
    standings = tz.year(units, tz.Rules(**rules))
    for each in standings:
        hold(each.score)
        hold(each.place)
    return {each.unit: (str(each.score.value), each.rank) for each in standings}


@pytest.mark.parametrize(
    ("baseline", "figures"),
    [
        ("class_all", "(30+30+60+0)÷4"),
        ("class_active", "(30+30+60)÷3"),
        ("all", "(30+30+60+0+20)÷5"),
    ],
)
def test_the_base_of_the_volume_is_a_parameter(baseline, figures):  # TZ-A2
    standings = tz.year(UNITS, tz.Rules(float_baseline=baseline))
    floats = next(each for each in standings if each.unit == "丙").score.parts[-1]
    assert floats.parts[1].figures == figures


def test_a_tenth_over_the_mean_counts_even_where_the_mean_does_not_end():  # TZ-22
    volumes = [1] * 10 + [0]  # the mean is 10/11, and 1 is exactly 10% over it
    assert str(tz.float_percent(1, tz.baseline(volumes)).value) == "1"


def test_years_are_ranked_after_floating_and_the_caseless_get_the_mean():  # TZ-22, TZ-24
    found = table(UNITS)
    assert found["丙"] == ("84.00", 4)
    assert found["丁"] == ("86.33", 2)
    assert found["乙"] == ("85.00", 3)


def test_a_quarter_that_was_not_assessed_is_told_with_every_score_and_is_no_zero_in_it():  # TZ-22
    units = [tz.UnitYear("甲", "A", [None, 90, 80, 85], 3), tz.UnitYear("乙", "A", [None] * 4, 0)]
    standings = tz.year(units, unassessed="第一季度没有季度考评。")
    assert [str(each.score.value) for each in standings] == ["89.25", "89.25"]
    assert [each.score.note.endswith("第一季度没有季度考评。") for each in standings] == [True, True]


def test_a_year_may_pass_a_hundred():  # TZ-A5
    assert str(tz.year_score([100, 100, 100, 100], 5).value) == "105.00"


def test_three_bulletins_of_the_year_cost_one_place_and_two_do_not():  # TZ-23, TZ-A9
    named = [unit("甲", 90, 30, bulletins=MONTHS), unit("乙", 85, 30, bulletins=MONTHS[:2])]
    assert table(named) == {"乙": ("85.00", 1), "甲": ("90.00", 2)}
    place = tz.year(named)[1].place
    assert "按得分列第1名，累计被通报3次，降至第2名" in place.note
    assert "2026-05督查通报" in "\n".join(place.lines())
    assert table(named, drop_threshold=4) == {"甲": ("90.00", 1), "乙": ("85.00", 2)}


def test_a_named_unit_that_is_last_stays_and_one_that_moves_up_is_told_why():  # TZ-A13
    named = [unit("甲", 90, 30), unit("乙", 85, 30, bulletins=MONTHS), unit("丙", 80, 30, bulletins=MONTHS)]
    notes = {each.unit: (each.rank, each.place.note) for each in tz.year(named)}
    assert notes["乙"] == (3, "按得分列第2名，累计被通报3次，降至第3名。")
    assert notes["丙"][0] == 2
    assert "其后已无单位可换，不再下降。按得分列第3名，因他人降位列第2名。" in notes["丙"][1]
    assert table(named, drop_places=0)["乙"][1] == 2


def test_being_named_twice_in_a_month_is_one_bulletin():  # TZ-A9
    assert table([unit("甲", 90, 30, bulletins=["2026-01", "2026-01", "2026-05"]), unit("乙", 85, 30)])["甲"][1] == 1


def test_a_quarter_that_was_not_ranked_is_left_out_of_the_mean():  # TZ-A3
    assert str(tz.year_score([90, None, 80, tz.class_average([])]).value) == "85.00"


def test_a_year_without_any_case_has_no_ranks():  # TZ-A3
    standings = tz.year([tz.UnitYear("甲", "A", [None] * 4, 0), tz.UnitYear("乙", "A", [], 0)])
    assert [(each.score.value, each.rank) for each in standings] == [(None, None), (None, None)]


def test_where_nobody_had_a_case_nobody_floats():  # TZ-22
    assert tz.float_percent(0, tz.baseline([0, 0])).value is None
    assert tz.baseline([]).value is None


@pytest.mark.parametrize(
    ("units", "words"),
    [
        ([tz.UnitYear("甲", "A", [90] * 5, 3)], "甲：一年只有4个季度"),
        ([tz.UnitYear("甲", "A", [None] * 4, 3)], "甲：没有一个季度有得分"),
        ([tz.UnitYear("甲", "A", [101], 3)], "甲：第1季度得分应在0至100之间"),
        ([unit("甲", 90, -1)], "甲的办件量应为不小于0的整数"),
        ([unit("甲", 90, 2.5)], "甲的办件量应为不小于0的整数"),
        ([unit("甲", 90, 1, "X")], "单位类别"),
        ([unit("甲", 90, 1, bulletins=["2026年1月"])], "月份应如 2026-05"),
        ([unit("甲", 90, 1), unit("甲", 90, 1)], "两次"),
    ],
)
def test_bad_years_are_refused_in_words(units, words):  # TZ-22
    with pytest.raises((BadScore, BadParameters), match=words):
        tz.year(units)


def test_a_float_is_never_taken_off():  # TZ-22
    with pytest.raises(BadScore, match="不应小于0"):
        tz.year_score([90], -1)
    with pytest.raises(BadScore, match="不应小于0"):
        tz.float_percent(3, -1)
