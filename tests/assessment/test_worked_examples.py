"""Every worked example of SPEC §1, in its order."""

from decimal import Decimal

import pytest

from assessment import ranking, rate, tz, xx, yc, yl
from tests.assessment.known import hold

VOTES = [[88, 90, 86, 92, 84], [90, 85, 88], [80, 84, 86, 90]]


def value(working):
    hold(working)
    return str(working.value)


def test_a_responsible_unit_gets_70_of_the_initiator_and_30_of_the_office():  # YL-A3
    assert value(yl.responsible_score(88, 90)) == "88.60"


@pytest.mark.parametrize(
    ("code", "numerator", "denominator", "shown", "met"),
    [
        ("regulation_data_coverage", 267, 520, "51.35", True),
        ("online_rate", 1089, 1143, "95.28", True),
        ("online_rate", 1070, 1143, "93.61", False),
    ],
)
def test_an_indicator_meets_its_target_or_does_not(code, numerator, denominator, shown, met):  # YC-04, YC-12
    result = yc.kpi(code, numerator, denominator)
    assert value(result.working) == shown
    assert result.met is met


@pytest.mark.parametrize(
    ("rules", "shown"),
    [
        (yc.Rules(), "86.89"),
        (yc.Rules(review_mode="votes"), "86.92"),
        (yc.Rules(group_weights=dict(zip(yc.GROUPS, map(Decimal, (40, 30, 30)), strict=True))), "87.00"),
    ],
)
def test_a_review_is_the_mean_of_group_means_unless_set_otherwise(rules, shown):  # YC-24
    assert value(yc.review_score(VOTES, rules)) == shown


@pytest.mark.parametrize(("park", "lead", "shown"), [(90, 80, "87.00"), (82, 60, "75.40")])
def test_an_assisting_unit_gets_70_of_the_park_and_30_of_the_lead(park, lead, shown):  # TZ-17
    assert value(tz.co_score(park, lead)) == shown


def test_an_excluded_case_leaves_the_sum_and_the_count():  # TZ-20, TZ-25
    assert value(tz.case_average([95, 88, 87, 92, 78])) == "88.00"
    cases = [tz.Rated(f"TZ{mark}", mark) for mark in (95, 88, 87, 92)]
    average = tz.average_of([*cases, tz.Rated("TZ78", 78, excluded="书面批示")])
    assert value(average) == "90.50"
    assert average.parts[-1].parts[0].value == 78


def test_satisfaction_counts_the_votes_by_their_coefficients():  # TZ-21
    assert value(tz.satisfaction([24, 10, 4, 2])) == "86.00"
    assert value(tz.satisfaction({"满意": 24, "不满意": 2, "基本满意": 4, "比较满意": 10})) == "86.00"


def test_a_quarter_is_70_of_the_cases_and_30_of_the_enterprises():  # TZ-20
    assert value(tz.quarter_score(88, 86)) == "87.40"


@pytest.mark.parametrize(
    ("volume", "average", "mode", "percent"),
    [
        (46, 32, "step", "4"),
        (46, 32, "continuous", "4.375"),
        (64, 32, "step", "5"),
        (64, 32, "continuous", "5"),
        (33, 30, "step", "1"),
        (1099, 1000, "step", "0"),
        (20, 32, "step", "0"),
        (20, 32, "continuous", "0"),
    ],
)
def test_the_score_floats_up_with_the_volume_to_a_cap(volume, average, mode, percent):  # TZ-22, TZ-A1
    assert value(tz.float_percent(volume, average, tz.Rules(float_mode=mode))) == percent


def test_the_year_is_the_quarters_mean_floated():  # TZ-22
    quarters = (87.4, 90.1, 85.0, 91.5)
    assert value(tz.year_score(quarters)) == "88.50"
    assert value(tz.year_score(quarters, 4)) == "92.04"
    assert value(tz.year_score(quarters, tz.float_percent(46, 32))) == "92.04"
    assert value(tz.year_score(quarters, 4.375)) == "92.37"


def test_a_unit_without_a_case_gets_the_mean_of_its_class():  # TZ-24, TZ-A3
    assert value(tz.class_average([87.4, 91.0, 79.6])) == "86.00"


@pytest.mark.parametrize(("flagged", "order"), [("A", "BAC"), ("AB", "CAB"), ("C", "ABC"), ("", "ABC")])
def test_a_unit_named_in_three_bulletins_drops_one_place(flagged, order):  # TZ-23, TZ-A13
    places = ranking({"A": 95, "B": 92, "C": 90}, flagged)
    assert "".join(place.unit for place in places) == order


def test_the_fractions_of_a_bonus_are_shown_to_whoever_decides():  # TZ-28
    cuts = tz.bonus_cuts(60000)
    assert [value(cut) for cut in cuts] == ["30000.00", "20000.00", "15000.00"]
    assert all("由有权机关人工决定" in cut.note for cut in cuts)


def test_the_four_rates_and_their_equal_total():  # XX-18
    counts = {"按时反馈率": (114, 120), "按时办结率": (93, 100), "问题解决率": (68, 80), "评价满意率": (67, 75)}
    rates = {name: rate(*both, name) for name, both in counts.items()}
    assert [value(each) for each in rates.values()] == ["95.00", "93.00", "85.00", "89.33"]
    assert value(xx.total(rates)) == "90.58"
