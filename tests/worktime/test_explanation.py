from datetime import time

from tests.worktime.known import CALENDAR, RULES, at, edited, opened
from worktime import Length, Rules, explain, extend, open_deadline, reproject, resume, suspend


def told(deadline, calendar=CALENDAR, rules=RULES):
    return explain(deadline, calendar, rules)


def test_a_clerk_reads_why_it_is_due_after_spring_festival():  # C-03, XT-12
    deadline = open_deadline(at("2026-02-13 10:00"), Length(5), CALENDAR, RULES, ("C-03", "XT-12"))
    assert told(deadline) == [
        "自2026-02-13（周五）10:00起，时限5个工作日。",
        "起算当日不计（《民法典》第二百零一条），2026-02-14（周六）为第1日。",
        "跳过不计：2026-02-15至02-23 春节放假。",
        "计为工作日：2026-02-14 调休上班。",
        "第5个工作日为2026-02-27（周五），2026-02-27 23:59:59到期。",
        "依据：C-03、XT-12。",
    ]


def test_an_unannounced_year_is_called_provisional():  # C-03
    sentences = told(opened("2026-12-29 10:00", 5))
    assert "跳过不计：2027-01-01 元旦放假、2027-01-02至01-03 周末。" in sentences
    assert sentences[-1] == "暂定：2027年放假安排尚未公布，按法定节假日推算；公布后重算，只延不缩。"


def test_what_arrives_on_a_day_off_says_when_counting_begins():  # C-03
    assert told(opened("2026-10-03 10:00", 1))[1] == (
        "2026-10-03不是工作日（国庆节放假），从下一个工作日2026-10-08（周四）起数第1日。"
    )


def test_the_same_day_and_the_counted_start_day_are_told():  # C-03
    assert "当日到期。" in told(opened("2026-03-03 10:00", 0))
    assert "当日已不能办理，顺延至下一个工作日。" in told(opened("2026-03-07 10:00", 0))
    rules = Rules(count_start_day=True)
    assert "起算当日计入，为第1日。" in told(opened("2026-03-03 10:00", 2, rules=rules), rules=rules)
    friday = told(opened("2026-03-02 10:00", 5, "calendar_day", rules=rules), rules=rules)  # 03-06 is the fifth day
    assert friday[1:] == ["起算当日计入，为第1日。", "2026-03-06 23:59:59到期。"]


def test_a_calendar_day_that_rolls_says_why():  # C-03, 民法典 203
    assert told(opened("2026-06-01 16:00", 19, "calendar_day"))[2:] == [
        "2026-06-20（周六）为端午节放假，顺延至下一个工作日（《民法典》第二百零三条）。",
        "2026-06-22 23:59:59到期。",
    ]


def test_a_moment_that_a_form_names_is_not_explained_as_a_length():  # C-03, YL-12
    named = open_deadline(at("2027-01-08 09:00"), Length(0, "hour"), CALENDAR, RULES, given="哨件载明的报到时间")
    assert told(named)[:2] == ["以哨件载明的报到时间为准，不按天数推算。", "2027-01-08 09:00到期。"]


def test_a_day_that_a_form_names_says_why_it_rolls():  # C-03, 民法典 203
    named = open_deadline(at("2026-06-01 16:00"), Length(19, "calendar_day"), CALENDAR, RULES, given="月末")
    counted = opened("2026-06-01 16:00", 19, "calendar_day")
    assert told(named) == ["自2026-06-01（周一）16:00起，以月末为准，不按天数推算。", *told(counted)[2:]]


def test_hours_say_which_hours_they_are():  # C-03
    assert told(opened("2026-03-03 16:00", 2, "hour")) == [
        "自2026-03-03（周二）16:00起，时限2小时。",
        "按自然小时连续计算，夜间和节假日不扣除。",
        "2026-03-03 18:00到期。",
    ]
    assert told(opened("2026-06-18 16:00", 4, "office_hour"))[1:] == [
        "只计工作日上班时间（08:30-12:00、14:30-17:30）。",
        "跳过不计：2026-06-19至06-21 端午节放假。",
        "2026-06-22 11:00到期。",
    ]


def test_an_extension_says_who_allows_it_and_what_it_skips():  # XT-13
    deadline = extend(opened("2026-06-01 16:00", 10), Length(5), CALENDAR, RULES, at("2026-06-12 10:00"), ("XT-13",))
    assert told(deadline)[-2:] == [
        "2026-06-12 10:00延期5个工作日，到期由2026-06-15 23:59:59改为2026-06-23 23:59:59"
        "（跳过不计：2026-06-19至06-21 端午节放假）。依据XT-13。",
        "现到期：2026-06-23 23:59:59。",
    ]


def test_a_pause_is_told_while_it_lasts_and_afterwards():  # ahead.md 5
    stopped = suspend(opened("2026-03-03 10:00", 5), at("2026-03-04 10:00"))
    assert told(stopped)[-2:] == [
        "自2026-03-04 10:00起暂停，恢复后按剩余时间推算到期。",
        "暂停前的到期为2026-03-10 23:59:59，暂停期间不到期。",
    ]
    assert told(resume(stopped, at("2026-03-06 10:00"), CALENDAR, RULES))[-2:] == [
        "2026-03-04 10:00暂停，2026-03-06 10:00恢复，剩余时间不变，到期由2026-03-10 23:59:59改为2026-03-12 23:59:59。",
        "现到期：2026-03-12 23:59:59。",
    ]


def test_a_local_closure_is_told_in_the_countys_words():  # C-03
    calendar = edited(("2026-03-05", False, "防汛停工"), ("2026-03-07", True, "补班"))
    sentences = told(open_deadline(at("2026-03-03 10:00"), Length(5), calendar, RULES), calendar)
    assert "跳过不计：2026-03-05 防汛停工、2026-03-08 周末。" in sentences
    assert "计为工作日：2026-03-07 补班。" in sentences


def test_a_due_day_kept_although_the_calendar_would_give_an_earlier_one_is_told():  # C-03
    calendar = edited(("2026-03-07", True, "调休"))
    kept = reproject(opened("2026-03-03 10:00", 5), calendar, RULES)
    assert told(kept, calendar)[-1] == "按现行日历推算早于原定到期，只延不缩，仍以2026-03-10 23:59:59为准。"


def test_a_deadline_not_yet_projected_on_the_edited_calendar_says_so():  # C-03
    calendar = edited(("2026-03-05", False, "防汛停工"))
    assert told(opened("2026-03-03 10:00", 5), calendar)[-1] == (
        "按修订后的工作日历推算更晚；修订时已经到期、办结的不重算，仍以2026-03-10 23:59:59为准。"
    )


def test_an_office_end_of_day_is_told_to_the_minute():  # C-03, deadline.day_end
    rules = Rules(day_end=time(17, 30))
    assert told(opened("2026-03-03 10:00", 1, rules=rules), rules=rules)[-1] == (
        "第1个工作日为2026-03-04（周三），2026-03-04 17:30到期。"
    )
