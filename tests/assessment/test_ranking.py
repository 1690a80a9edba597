import pytest

from assessment import BadScore, bottom_placed, last_placed, ranking


def ranks(scores, flagged="", drop=1):
    return {place.unit: place.rank for place in ranking(scores, flagged, drop)}


def test_equal_scores_share_a_rank_and_the_next_is_passed_over():  # TZ-A4
    assert ranks({"A": 95, "B": 92.0, "C": "92.00", "D": 90}) == {"A": 1, "B": 2, "C": 2, "D": 4}


def test_neighbours_that_both_drop_change_places_from_the_end_forward():  # TZ-A13
    assert ranks({"A": 95, "B": 92, "C": 90, "D": 80}, "AB") == {"C": 1, "A": 2, "B": 3, "D": 4}
    assert ranks({"A": 95, "B": 92, "C": 90}, "BC") == {"A": 1, "C": 2, "B": 3}


def test_of_units_with_one_score_the_named_one_falls_behind_the_other():  # TZ-23, TZ-A4
    assert ranks({"A": 95, "B": 92, "C": 92, "D": 90}, "B") == {"A": 1, "C": 2, "B": 3, "D": 4}
    assert ranks({"A": 95, "C": 92, "B": 92, "D": 90}, "B") == {"A": 1, "C": 2, "B": 3, "D": 4}


def test_units_with_one_score_that_are_all_named_drop_together():  # TZ-23, TZ-A4
    assert ranks({"A": 95, "B": 92, "C": 92, "D": 90}, "BC") == {"A": 1, "D": 2, "B": 3, "C": 3}


def test_a_named_unit_falls_behind_all_who_share_the_next_place():  # TZ-23, TZ-A4
    assert ranks({"A": 95, "B": 92, "C": 92}, "A") == {"B": 1, "C": 1, "A": 3}


def test_a_county_may_set_how_many_places_a_unit_drops():  # tz.bulletin_drop_places
    assert ranks({"A": 95, "B": 92, "C": 90}, "A", drop=2) == {"B": 1, "C": 2, "A": 3}
    assert ranks({"A": 95, "B": 92, "C": 90}, "A", drop=0) == {"A": 1, "B": 2, "C": 3}
    assert ranks({"A": 95, "B": 95}, "A", drop=0) == {"A": 1, "B": 1}


def test_all_who_share_the_lowest_rank_are_last_and_nobody_where_all_share_the_first():  # TZ-A4, TZ-26
    assert last_placed({"A": 1, "B": 2, "C": 2}) == ["B", "C"]
    assert last_placed({"A": 1, "B": 1}) == []
    assert last_placed({"A": 1}) == []
    assert last_placed({}) == []


def test_who_shares_the_rank_of_the_third_from_last_is_among_the_last_three():  # TZ-27, TZ-A4
    assert bottom_placed({"A": 1, "B": 2, "C": 2, "D": 4, "E": 5}, 3) == ["B", "C", "D", "E"]
    assert bottom_placed({"A": 1, "B": 2, "C": 3, "D": 4, "E": 5}, 3) == ["C", "D", "E"]
    assert bottom_placed({"A": 1, "B": 2}, 3) == ["B"]
    assert bottom_placed({"A": 1, "B": 2}, 0) == []


def test_nobody_is_ranked_twice_or_dropped_without_standing_there():  # TZ-14
    with pytest.raises(BadScore, match="两次"):
        ranking([("A", 95), ("A", 90)])
    with pytest.raises(BadScore, match="不在排名中：丙"):
        ranking({"A": 95}, ["丙"])
    assert ranking({}) == []
