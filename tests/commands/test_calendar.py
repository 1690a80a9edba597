"""`flask calendar …` (C-03)."""

from datetime import date

import pytest

from errors import NotAllowed
from models import CalendarEdition, session
from operations.house.calendar_edits import import_years, override_day
from reference.calendar import calendar, newest_edition
from reference.seeds import read_seed
from tests.people import holder_of

YEAR = {"status": "official", "off": ["2030-01-01"], "makeup": ["2030-01-05"], "names": {"2030-01-01": "元旦"}}


def test_a_year_shows_what_is_unlike_a_usual_week(flask):
    lines = flask("calendar", "show", 2026).output.splitlines()
    assert lines[0].startswith("2026年（已公布）：工作日 2")
    assert "  2026-01-01 周四 放假  元旦放假" in lines
    assert any("周六 上班  调休上班" in line or "周日 上班  调休上班" in line for line in lines)
    assert not any("2026-03-12" in line for line in lines)


def test_an_announced_year_is_added_and_the_others_stay(flask, write):
    flask("calendar", "override", "2026-03-13", "放假", "--reason", "防汛停工")
    result = flask("calendar", "import", write({"years": {"2030": YEAR}}), "--reason", "国办发明电〔2029〕9号")
    assert result.exit_code == 0
    assert "  2030-01-05 周六 上班  调休上班" in flask("calendar", "show", 2030).output
    assert not calendar().is_provisional(date(2030, 1, 1))
    assert calendar().is_provisional(date(2029, 1, 1))
    assert "  2026-03-13 周五 放假  防汛停工" in flask("calendar", "show", 2026).output
    edition = session.get_one(CalendarEdition, newest_edition())
    assert (edition.by, edition.reason) == ("命令行", "国办发明电〔2029〕9号")


def test_a_day_can_be_decided_again(flask):
    flask("calendar", "override", "2026-03-14", "上班", "--reason", "补班")
    assert calendar().is_workday(date(2026, 3, 14))
    flask("calendar", "override", "2026-03-14", "放假", "--reason", "不补了")
    assert not calendar().is_workday(date(2026, 3, 14))
    assert flask("calendar", "show", 2026).output.count("2026-03-14") == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "JSON"),
        ({}, "没有年份"),
        ([], "没有年份"),
        ({"years": {"30": YEAR}}, "四位数字"),
        ({"years": {"2030": YEAR | {"status": "maybe"}}}, "status"),
        ({"years": {"2030": YEAR | {"off": ["2030-02-30"]}}}, "2030-02-30"),
        ({"years": {"2030": YEAR | {"blocks": ["元旦"]}}}, "格式不一致"),
        ({"years": {"20266": YEAR}}, "四位数字"),
        ({"years": {"２０３０": YEAR}}, "四位数字"),
        ({"years": {"0019": YEAR}}, "19年离今年太远，应在2006年至2031年之间"),
        ({"years": {"2062": YEAR}}, "2062年离今年太远"),
        ({"years": {"2030": YEAR | {"off": []}}}, "2030年没有写放假日"),
        ({"years": {"2029": YEAR}}, "2029年 off 里的 2030-01-01 不在这一年；2029年 makeup 里的 2030-01-05 不在这一年"),
        ({"years": {"2030": YEAR | {"makeup": ["2030-01-04"]}}}, "2030-01-04 是周五，本来就上班"),
        ({"years": {"2030": YEAR | {"blocks": [{"from": "2030-01-03", "to": "2030-01-01"}]}}}, "早于开始的 2030-01-03"),
    ],
)
def test_a_file_that_is_wrong_is_told_in_words_and_changes_nothing(flask, clock, write, content, words):
    before = newest_edition()
    result = flask("calendar", "import", write(content), "--reason", "x")
    assert result.exit_code == 1
    assert words in result.output
    assert newest_edition() == before


def test_what_was_announced_is_no_year_that_cannot_be(flask, clock, write):
    assert flask("calendar", "import", write(read_seed("calendar_cn.json")), "--reason", "x").exit_code == 0


def test_a_day_of_a_year_that_the_calendar_lacks_is_not_decided(flask):
    result = flask("calendar", "override", "2062-03-13", "放假", "--reason", "x")
    assert (result.exit_code, newest_edition()) == (1, 1)
    assert "没有2062年的安排，请核对年份" in result.stderr


def test_a_year_nobody_has_announced_is_reckoned_and_says_so(flask):  # SPEC §5
    lines = flask("calendar", "show", 2030).output.splitlines()
    assert lines[0].startswith("2030年（推算，公布后须导入）：工作日 2")
    assert "  2030-02-04 周一 放假  春节放假" in lines


def test_a_day_too_far_ahead_is_not_decided(flask, clock):
    result = flask("calendar", "override", "2050-03-14", "放假", "--reason", "x")
    assert (result.exit_code, newest_edition()) == (1, 1)
    assert "2050年离今年太远，最晚到2031年" in result.stderr


def test_a_year_beyond_what_can_be_reckoned_is_told(flask):
    result = flask("calendar", "show", 2099)
    assert (result.exit_code, "2099" in result.output) == (1, True)


@pytest.mark.parametrize("post", ["task_force:head", "natural_resources:leader"])
def test_only_who_manages_edits_the_calendar(county, post):
    with pytest.raises(NotAllowed):
        override_day(date(2026, 3, 14), True, by=holder_of(post), reason="x")
    with pytest.raises(NotAllowed):
        import_years({"years": {"2030": YEAR}}, by=holder_of(post), reason="x")
    assert newest_edition() == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["override", "2026-02-30", "放假", "--reason", "x"], "“日期”应是存在的日期，写成 2026-01-31 这样。"),
        (["override", "2026-03-13", "休息", "--reason", "x"], "应为上班、放假之一。"),
        (["override", "2026-03-13", "放假"], "没有写“--reason”。"),
        (["override", "2026-03-13", "放假", "--why", "x"], "没有“--why”这个选项。"),
        (["show", "明年"], "“年份”应为1900至9998的整数。"),
        (["import", "没有.json", "--reason", "x"], "打不开"),
        (["forget"], "没有“forget”这个命令。"),
    ],
)
def test_what_is_mistyped_is_told_in_chinese_with_how_it_is_written(flask, arguments, words):
    before = newest_edition()
    result = flask("calendar", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("没有成功：")
    assert words in result.stderr
    assert "写法：" in result.stderr
    assert "[OPTIONS]" not in result.stderr
    assert not any(english in result.output for english in ("Usage", "Error", "Invalid", "Missing"))
    assert newest_edition() == before


def test_a_day_that_is_past_is_taken_and_said_to_be(flask, clock):
    assert "已经过去" in flask("calendar", "override", "2026-03-11", "放假", "--reason", "停电").output
    assert "已经过去" not in flask("calendar", "override", "2026-03-13", "放假", "--reason", "停电").output
