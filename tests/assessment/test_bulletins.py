import pytest

from assessment import BadScore, tz
from tests.assessment.known import hold


def test_a_bulletin_has_a_row_a_unit_and_names_whose_cases_went_wrong():  # TZ-19, TZ-A9
    rows = tz.bulletin(
        [
            tz.Watched("TZ1", "甲"),
            tz.Watched("TZ2", "甲", overdue=True, late=True, late_response=True, dissatisfied=True),
            tz.Watched("TZ3", "甲", closed=False),
            tz.Watched("TZ4", "乙", closed=False),
        ]
    )
    second, first = sorted(rows, key=lambda row: row.total)
    assert tz.named(rows) == ["甲"]
    assert first.named_for == ("TZ2 回应超时、办理逾期",)
    assert (first.total, first.on_time, first.late, first.open, first.dissatisfied) == (3, 1, 1, 1, 1)
    assert [str(each.value) for each in (first.closing_rate, first.on_time_rate)] == ["66.67", "33.33"]
    assert str(first.dissatisfied_rate.value) == "50.00"
    assert second.dissatisfied_rate.value is None
    for rate in (first.closing_rate, first.on_time_rate, second.closing_rate):
        hold(rate)
    assert tz.bulletin([]) == []


def test_a_case_that_an_earlier_month_has_counted_brings_its_evaluation_alone():  # TZ-11, TZ-19
    watched = [tz.Watched("TZ1", "甲", closed_before=True, dissatisfied=True), tz.Watched("TZ2", "甲", rated=False)]
    [row] = tz.bulletin(watched)
    assert (row.total, row.on_time, row.late, row.open, row.dissatisfied) == (1, 1, 0, 0, 1)
    assert str(row.dissatisfied_rate.value) == "100.00"
    assert row.named_for == ()


def test_bulletins_are_counted_by_the_calendar_year():  # TZ-A9
    bulletins = {"2025-12": ["甲"], "2026-02": ["甲", "甲", "乙"], "2026-07": ["甲"]}
    assert tz.named_in_year(bulletins, 2026) == {"甲": ["2026-02", "2026-07"], "乙": ["2026-02"]}
    assert tz.times_named(["2026-02", "2026-07", "2026-02"]).value == 2


def test_a_month_is_named_as_it_is_written():  # TZ-A9
    with pytest.raises(BadScore, match="2026-13"):
        tz.named_in_year({"2026-13": []}, 2026)
