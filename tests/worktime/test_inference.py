"""A year that nobody has announced: statutory days off, those on a weekend made up for, nothing moved (SPEC §5)."""

from datetime import date

import holidays
import pytest

from reference.seeds import read_seed
from tests.worktime.known import SEED, at, day
from worktime import Calendar, Length, Rules, explain, infer_years, open_deadline, read_years

FESTIVALS = read_seed("festivals_cn.json")["years"]
OF_2027 = {"春节": "2027-02-06", "清明节": "2027-04-05", "端午节": "2027-06-09", "中秋节": "2027-09-15"}
ANNOUNCED = read_years(SEED)
CALENDAR = Calendar([*ANNOUNCED, *infer_years(FESTIVALS, ANNOUNCED)])


def test_what_is_reckoned_of_2027_is_what_the_specification_has():
    before = [year for year in ANNOUNCED if year.year < 2027]
    assert infer_years({"2027": OF_2027}, before) == [year for year in ANNOUNCED if year.year == 2027]


@pytest.mark.parametrize("year", range(2028, 2061))
def test_every_reckoned_year_agrees_with_holidays(year):
    others = {day for day in holidays.country_holidays("CN", years=year) if day.year == year}
    (mine,) = infer_years({str(year): FESTIVALS[str(year)]}, ANNOUNCED)
    assert (set(mine.off), mine.provisional) == (others, True)


def test_a_day_off_says_which_festival_it_is_of():
    reasons = [CALENDAR.why(day(text)) for text in ("2028-01-25", "2028-01-03", "2028-05-29", "2030-03-01")]
    assert reasons == ["农历除夕放假", "元旦补假", "端午节补假", "工作日"]


def test_a_gap_is_reckoned_and_what_lies_before_the_first_year_is_not():
    announced = [year for year in ANNOUNCED if year.year in (2026, 2027)]
    (gap,) = infer_years({"2025": OF_2027, "2026": OF_2027, "2028": FESTIVALS["2028"]}, announced)
    assert gap.year == 2028
    assert infer_years(FESTIVALS, []) == []


def test_a_deadline_over_the_end_of_the_last_known_year_is_provisional_and_says_so():
    deadline = open_deadline(at("2027-12-30 10:00"), Length(5), CALENDAR, Rules())
    assert (deadline.due_at.date(), deadline.provisional) == (date(2028, 1, 7), True)
    assert "暂定：2027年、2028年放假安排尚未公布，按法定节假日推算；公布后重算，只延不缩。" in "".join(
        explain(deadline, CALENDAR, Rules())
    )
