import json

import pytest

from tests.worktime.known import CALENDAR, RULES, at, opened
from worktime import Deadline, Length, NotSuspended, Suspended, Unit, WrongOrder, extend, resume, suspend


def paused(deadline, since, until):
    return resume(suspend(deadline, at(since)), at(until), CALENDAR, RULES)


def by(deadline, count, when="2026-06-12 10:00", unit=Unit.WORKDAY):
    return extend(deadline, Length(count, unit), CALENDAR, RULES, at(when), ("XT-13",))


def due_day(deadline):
    return f"{deadline.due_at:%m-%d %H:%M:%S}"


def test_an_extension_counts_on_from_the_original_due_day_across_dragon_boat():  # C-03, XT-13
    deadline = opened("2026-06-01 16:00", 10)
    assert due_day(deadline) == "06-15 23:59:59"
    extended = by(deadline, 5)
    assert due_day(extended) == "06-23 23:59:59"
    (extension,) = extended.extensions
    assert (extension.old, extension.new) == (deadline.due_at, extended.due_at)
    assert extension.clauses == ("XT-13",)


def test_an_extension_in_calendar_days_rolls_off_a_day_off():  # C-03, 民法典 203
    assert due_day(by(opened("2026-06-01 16:00", 10), 5, unit=Unit.CALENDAR_DAY)) == "06-22 23:59:59"


def test_an_extension_in_hours_counts_from_the_due_moment():  # C-03
    assert due_day(by(opened("2026-06-01 16:00", 2, "hour"), 3, unit=Unit.HOUR)) == "06-01 21:00:00"
    assert due_day(by(opened("2026-06-01 16:00", 1, "office_hour"), 1, unit=Unit.OFFICE_HOUR)) == "06-02 09:00:00"


def test_a_suspended_deadline_keeps_its_due_moment_but_does_not_fire():  # ahead.md 3
    deadline = suspend(opened("2026-03-03 10:00", 5), at("2026-03-04 10:00"))
    assert deadline.suspended
    assert deadline.fires_at is None
    assert due_day(deadline) == "03-10 23:59:59"


def test_a_pause_of_two_working_days_moves_the_due_day_by_two():  # ahead.md 3
    deadline = paused(opened("2026-03-03 10:00", 5), "2026-03-04 10:00", "2026-03-06 10:00")
    assert due_day(deadline) == "03-12 23:59:59"
    assert deadline.fires_at == deadline.due_at


def test_a_pause_over_a_weekend_costs_one_working_day():  # ahead.md, a pause across a weekend
    deadline = paused(opened("2026-03-03 10:00", 5), "2026-03-06 10:00", "2026-03-09 10:00")
    assert due_day(deadline) == "03-11 23:59:59"


def test_a_pause_inside_a_weekend_changes_nothing():  # ahead.md, a pause across a weekend
    deadline = paused(opened("2026-03-03 10:00", 5), "2026-03-06 20:00", "2026-03-08 10:00")
    assert due_day(deadline) == "03-10 23:59:59"


def test_a_pause_over_spring_festival_counts_only_its_working_days():  # C-03
    deadline = paused(opened("2026-02-12 10:00", 5), "2026-02-13 10:00", "2026-02-24 10:00")  # 02-14 and 02-24 pass
    assert due_day(opened("2026-02-12 10:00", 5)) == "02-26 23:59:59"
    assert due_day(deadline) == "02-28 23:59:59"  # a make-up Saturday


def test_an_extension_granted_during_a_pause_is_kept_when_it_resumes():  # ahead.md, a limit changed mid-pause
    deadline = suspend(opened("2026-03-03 10:00", 5), at("2026-03-04 10:00"))
    extended = by(deadline, 5, "2026-03-05 10:00")
    assert extended.suspended
    assert due_day(extended) == "03-17 23:59:59"
    assert due_day(resume(extended, at("2026-03-06 10:00"), CALENDAR, RULES)) == "03-19 23:59:59"


def test_paused_on_the_due_day_it_is_due_on_the_day_it_resumes():  # ahead.md 3
    deadline = opened("2026-03-03 10:00", 3)
    assert due_day(paused(deadline, "2026-03-06 09:00", "2026-03-07 09:00")) == "03-09 23:59:59"
    assert due_day(paused(deadline, "2026-03-06 09:00", "2026-03-11 09:00")) == "03-11 23:59:59"


def test_a_pause_does_not_cure_a_deadline_already_missed():  # C-08
    assert due_day(paused(opened("2026-03-03 10:00", 1), "2026-03-06 09:00", "2026-03-20 09:00")) == "03-04 23:59:59"


def test_a_pause_before_the_start_costs_nothing_until_the_start():  # C-03
    deadline = paused(opened("2026-03-09 10:00", 5), "2026-03-02 10:00", "2026-03-10 10:00")
    assert due_day(deadline) == "03-17 23:59:59"
    assert due_day(paused(opened("2026-03-09 10:00", 5), "2026-03-02 10:00", "2026-03-04 10:00")) == "03-16 23:59:59"


def test_natural_hours_pause_by_the_minute():  # C-03
    deadline = paused(opened("2026-03-06 16:00", 2, "hour"), "2026-03-06 17:30", "2026-03-07 09:15")
    assert due_day(deadline) == "03-07 09:45:00"


def test_office_hours_pause_only_while_the_office_is_open():  # C-03
    deadline = opened("2026-03-06 16:00", 4, "office_hour")
    assert due_day(deadline) == "03-09 11:00:00"
    assert due_day(paused(deadline, "2026-03-06 17:00", "2026-03-08 12:00")) == "03-09 11:30:00"
    assert due_day(paused(deadline, "2026-03-06 18:00", "2026-03-09 07:00")) == "03-09 11:00:00"


def test_calendar_days_left_at_the_pause_are_left_when_it_resumes():  # C-03, 民法典 203
    deadline = paused(opened("2026-03-02 10:00", 10, "calendar_day"), "2026-03-04 10:00", "2026-03-06 10:00")
    assert due_day(deadline) == "03-16 23:59:59"  # the eighth day, 03-14, is a Saturday


def test_several_pauses_add_up():  # ahead.md 3
    deadline = paused(opened("2026-03-03 10:00", 5), "2026-03-04 10:00", "2026-03-05 10:00")
    deadline = paused(deadline, "2026-03-06 10:00", "2026-03-09 10:00")
    assert due_day(deadline) == "03-12 23:59:59"
    assert len(deadline.suspensions) == 2


def test_a_pause_begins_once_and_ends_once_and_in_that_order():  # ahead.md 3
    deadline = opened("2026-03-03 10:00", 5)
    stopped = suspend(deadline, at("2026-03-04 10:00"))
    with pytest.raises(Suspended):
        suspend(stopped, at("2026-03-05 10:00"))
    with pytest.raises(NotSuspended):
        resume(deadline, at("2026-03-05 10:00"), CALENDAR, RULES)
    with pytest.raises(WrongOrder):
        resume(stopped, at("2026-03-03 10:00"), CALENDAR, RULES)


def test_a_deadline_survives_being_written_down():  # SPEC §2.2
    deadline = by(paused(opened("2026-06-01 16:00", 10), "2026-06-02 09:00", "2026-06-03 09:00"), 5)
    deadline = suspend(deadline, at("2026-06-16 09:00"))
    written = json.dumps(deadline.to_json(), ensure_ascii=False)
    assert Deadline.from_json(json.loads(written)) == deadline
    assert deadline.to_json()["start"] == "2026-06-01T16:00:00+08:00"
