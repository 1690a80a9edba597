from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from errors import CalendarMissing
from tests.worktime.known import CALENDAR, SEED, day, edited
from worktime import BadCalendar, Calendar

EVERY_DAY = [date(2020, 1, 1) + timedelta(days=n) for n in range((date(2026, 12, 31) - date(2020, 1, 1)).days + 1)]


def test_every_day_from_2020_to_2026_agrees_with_chinesecalendar():  # C-03
    assert [d for d in EVERY_DAY if CALENDAR.is_workday(d) != chinese_calendar.is_workday(d)] == []


def test_every_day_from_2020_to_2026_agrees_with_holidays():  # C-03
    china = holidays.country_holidays("CN", years=range(2020, 2027))
    assert [d for d in EVERY_DAY if CALENDAR.is_workday(d) != china.is_working_day(d)] == []


@pytest.mark.parametrize("year", ["2020", "2021", "2022", "2023", "2024", "2025", "2026"])
def test_a_year_has_the_number_of_working_days_its_notice_gives(year):  # C-03
    last_day_before, last_day = date(int(year), 1, 1), date(int(year), 12, 31)
    first = CALENDAR.is_workday(last_day_before)
    assert CALENDAR.workdays_between(last_day_before, last_day) + first == SEED["years"][year]["working_days"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-02-13", "工作日"),
        ("2026-02-14", "调休上班"),
        ("2026-02-15", "春节放假"),
        ("2026-03-07", "周末"),
        ("2026-10-01", "国庆节放假"),
        ("2025-10-06", "国庆节、中秋节放假"),
        ("2027-02-09", "春节补假"),
    ],
)
def test_a_day_says_why_it_is_worked_or_not(text, why):  # C-03
    assert CALENDAR.why(day(text)) == why


def test_a_day_off_without_a_name_is_still_a_day_off():  # C-03
    calendar = Calendar.from_announcements({"years": {"2026": {"status": "official", "off": ["2026-09-03"]}}})
    assert not calendar.is_workday(day("2026-09-03"))
    assert calendar.why(day("2026-09-03")) == "放假"


def test_a_year_not_yet_announced_is_provisional():  # C-03
    assert CALENDAR.is_provisional(day("2027-01-04"))
    assert not CALENDAR.is_provisional(day("2026-12-31"))


def test_a_county_may_close_for_a_flood_and_open_on_a_saturday():  # C-03
    calendar = edited(("2026-07-06", False, "防汛停工"), ("2026-07-11", True, ""))
    assert not calendar.is_workday(day("2026-07-06"))
    assert calendar.why(day("2026-07-06")) == "防汛停工"
    assert calendar.is_workday(day("2026-07-11"))
    assert calendar.why(day("2026-07-11")) == "本地安排上班"
    assert calendar.workday_after(day("2026-07-03"), 1) == day("2026-07-07")
    assert calendar.workday_after(day("2026-07-10"), 1) == day("2026-07-11")


def test_no_working_day_after_is_the_day_itself_or_the_next_working_day():  # C-03
    assert CALENDAR.workday_after(day("2026-09-30"), 0) == day("2026-09-30")
    assert CALENDAR.workday_after(day("2026-10-01"), 0) == day("2026-10-08")


def test_working_days_between_are_negative_backwards():  # C-07
    assert CALENDAR.workdays_between(day("2026-09-30"), day("2026-10-10")) == 3
    assert CALENDAR.workdays_between(day("2026-10-10"), day("2026-09-30")) == -3
    assert CALENDAR.workdays_between(day("2026-10-01"), day("2026-10-07")) == 0


@pytest.mark.parametrize(
    "ask",
    [
        lambda: CALENDAR.is_workday(day("2028-01-03")),
        lambda: CALENDAR.is_provisional(day("2028-01-03")),
        lambda: CALENDAR.why(day("2028-01-03")),
        lambda: CALENDAR.workday_after(day("2027-12-31"), 1),
        lambda: CALENDAR.workdays_between(day("2027-12-31"), day("2028-01-03")),
    ],
)
def test_a_year_without_an_entry_is_named_and_never_guessed(ask):  # C-03
    with pytest.raises(CalendarMissing, match="2028年"):
        ask()


def test_a_gap_between_years_is_not_jumped_over():  # C-03
    years = {"2024": {"status": "official"}, "2026": {"status": "official"}}
    calendar = Calendar.from_announcements({"years": years})
    with pytest.raises(CalendarMissing, match="2025年"):
        calendar.workday_after(day("2024-12-31"), 1)


def test_a_notice_may_give_a_day_of_the_year_before():  # SPEC §5 trap 2
    years = {
        "2026": {"status": "official"},
        "2027": {"status": "official", "off": ["2026-12-31"], "names": {"2026-12-31": "元旦"}},
    }
    calendar = Calendar.from_announcements({"years": years})
    assert calendar.why(day("2026-12-31")) == "元旦放假"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "没有年份"),
        ({"years": {"今年": {"status": "official"}}}, "今年"),
        ({"years": {"2028": []}}, "2028年"),
        ({"years": {"2028": {"status": "maybe"}}}, "maybe"),
        ({"years": {"2028": {"status": "official", "off": ["2028-02-30"]}}}, "2028-02-30"),
        ({"years": {"2028": {"status": "official", "off": ["2028-01-01"], "makeup": ["2028-01-01"]}}}, "2028-01-01"),
        ({"years": {"2028": {"status": "official", "blocks": [{"name": "元旦", "from": "2028-01-01"}]}}}, "None"),
    ],
)
def test_a_wrong_announcement_is_refused_naming_what_is_wrong(data, words):  # C-03
    with pytest.raises(BadCalendar, match=words):
        Calendar.from_announcements(data)


def test_a_calendar_knows_its_revision_and_years():  # C-03
    calendar = edited(revision=7)
    assert calendar.revision == 7
    assert calendar.years[0] == 2020
    assert calendar.years[-1] == 2027
