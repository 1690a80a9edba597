from tests.worktime.known import CALENDAR, RULES, SEED, at, edited, opened
from worktime import Calendar, Length, explain, extend, reproject, resume, suspend

FLOOD = ("2026-03-05", False, "防汛停工")


def test_a_new_day_off_before_the_due_day_moves_it_later():  # C-03
    deadline = opened("2026-03-03 10:00", 5)
    moved = reproject(deadline, edited(FLOOD, revision=4), RULES)
    assert f"{moved.due_at:%m-%d}" == "03-11"
    assert moved.calendar_revision == 4
    (record,) = moved.reprojections
    assert (record.revision, record.old, record.new) == (4, deadline.due_at, moved.due_at)


def test_a_new_working_saturday_never_shortens_a_deadline():  # C-03
    deadline = opened("2026-03-03 10:00", 5)
    kept = reproject(deadline, edited(("2026-03-07", True, "调休")), RULES)
    assert kept.due_at == deadline.due_at
    assert kept.reprojections == ()
    assert kept.calendar_revision == 2


def test_projecting_twice_on_the_same_calendar_moves_once():  # C-03
    once = reproject(opened("2026-03-03 10:00", 5), edited(FLOOD), RULES)
    assert reproject(once, edited(FLOOD), RULES) == once


def test_undoing_the_edit_does_not_take_back_what_was_given():  # C-03
    moved = reproject(opened("2026-03-03 10:00", 5), edited(FLOOD), RULES)
    assert reproject(moved, edited(revision=3), RULES).due_at == moved.due_at


def test_a_due_day_that_became_a_day_off_rolls_on():  # C-03, 民法典 203
    edit = edited(("2026-03-07", True, "调休"), ("2026-03-10", False, "停工"))  # the fifth working day is still 03-09
    assert f"{reproject(opened('2026-03-03 10:00', 5), edit, RULES).due_at:%m-%d}" == "03-11"


def test_a_day_off_inside_an_extension_moves_the_extended_due_day():  # C-03, XT-13
    deadline = extend(opened("2026-03-03 10:00", 5), Length(5), CALENDAR, RULES, at("2026-03-06 10:00"))
    edit = edited(("2026-03-12", False, "停工"))
    assert f"{reproject(deadline, edit, RULES).due_at:%m-%d}" == "03-18"


def test_an_extension_keeps_its_full_length_after_a_due_day_that_was_kept():  # C-03, XT-13
    saturday = ("2026-03-07", True, "调休")
    kept = reproject(opened("2026-03-03 10:00", 5), edited(saturday), RULES)
    extended = extend(kept, Length(5), edited(saturday), RULES, at("2026-03-06 10:00"))
    edit = edited(saturday, ("2026-03-12", False, "停工"), revision=3)
    assert f"{reproject(extended, edit, RULES).due_at:%m-%d}" == "03-18"


def test_a_pause_is_counted_again_on_the_edited_calendar():  # C-03
    stopped = suspend(opened("2026-03-03 10:00", 5), at("2026-03-04 10:00"))
    deadline = resume(stopped, at("2026-03-06 10:00"), CALENDAR, RULES)
    assert f"{deadline.due_at:%m-%d}" == "03-12"
    after_the_pause = edited(("2026-03-11", False, "停工"))
    assert f"{reproject(deadline, after_the_pause, RULES).due_at:%m-%d}" == "03-13"
    assert reproject(deadline, edited(FLOOD), RULES).due_at == deadline.due_at  # a day off nobody was working on anyway


def test_an_extension_granted_the_moment_a_pause_ended_is_counted_once():  # C-03
    moment = at("2026-03-06 10:00")
    deadline = resume(suspend(opened("2026-03-03 10:00", 5), at("2026-03-04 10:00")), moment, CALENDAR, RULES)
    deadline = extend(deadline, Length(5), CALENDAR, RULES, moment)
    assert reproject(deadline, edited(), RULES).due_at == deadline.due_at


def test_a_suspended_deadline_moves_with_the_calendar_and_resumes_from_there():  # C-03
    stopped = suspend(opened("2026-03-03 10:00", 5), at("2026-03-04 10:00"))
    edit = edited(("2026-03-10", False, "停工"))
    moved = reproject(stopped, edit, RULES)
    assert f"{moved.due_at:%m-%d}" == "03-11"
    assert f"{resume(moved, at('2026-03-06 10:00'), edit, RULES).due_at:%m-%d}" == "03-13"


def test_the_official_notice_takes_the_provisional_mark_away():  # C-03, SPEC §5
    deadline = opened("2026-12-29 10:00", 5)
    official = {"status": "official", "off": ["2027-01-01", "2027-01-04"], "names": {"2027-01-04": "元旦"}}
    calendar = Calendar.from_announcements({"years": SEED["years"] | {"2027": official}}, revision=2)
    moved = reproject(deadline, calendar, RULES)
    assert f"{moved.due_at:%Y-%m-%d}" == "2027-01-07"
    assert not moved.provisional
    assert "工作日历修订（第2版）后重算：到期由2027-01-06 23:59:59顺延至2027-01-07 23:59:59，只延不缩。" in explain(
        moved, calendar, RULES
    )
