import json
from datetime import datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.worktime.known import CALENDAR, RULES, edited
from worktime import Deadline, Length, Rules, Unit, explain, extend, open_deadline, reproject, resume, suspend
from worktime.office_hours import office_time_between
from worktime.rules import SHANGHAI

FIRST = datetime(2020, 1, 1, tzinfo=SHANGHAI)
QUICK = settings(max_examples=60, deadline=None)

moments = st.integers(0, 6 * 365 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
lengths = st.builds(Length, st.integers(0, 60), st.sampled_from(Unit))
rules = st.builds(Rules, st.sampled_from([time(23, 59, 59), time(17, 30)]), st.booleans())
edits = st.lists(st.tuples(st.integers(0, 90), st.booleans()), max_size=5)
gaps = st.integers(0, 60 * 24 * 40).map(lambda minutes: timedelta(minutes=minutes))


def edited_after(start, edit):
    return edited(*(((start.date() + timedelta(days=n)).isoformat(), works, "本地") for n, works in edit))


@QUICK
@given(moments, lengths, rules)
def test_a_longer_length_is_never_due_earlier(start, length, rules):  # C-03
    longer = Length(length.count + 1, length.unit)
    due, later = (open_deadline(start, each, CALENDAR, rules).due_at for each in (length, longer))
    assert start <= due <= later


@QUICK
@given(moments, st.integers(1, 60))
def test_exactly_n_working_days_lie_after_the_start_day(start, n):  # C-03
    due = open_deadline(start, Length(n), CALENDAR, RULES).due_at
    days = [start.date() + timedelta(days=k) for k in range(1, (due.date() - start.date()).days + 1)]
    assert sum(map(CALENDAR.is_workday, days)) == n
    assert CALENDAR.is_workday(due.date())


@QUICK
@given(moments, st.integers(1, 60).map(Length), rules)
def test_a_deadline_in_days_ends_on_a_working_day(start, length, rules):  # C-03, 民法典 203
    for unit in (Unit.WORKDAY, Unit.CALENDAR_DAY):
        due = open_deadline(start, Length(length.count, unit), CALENDAR, rules).due_at
        assert CALENDAR.is_workday(due.date())
        assert due.timetz().replace(tzinfo=None) == rules.day_end


@QUICK
@given(moments, st.integers(1, 200))
def test_office_hours_granted_are_office_hours_between(start, n):  # C-03
    due = open_deadline(start, Length(n, Unit.OFFICE_HOUR), CALENDAR, RULES).due_at
    assert office_time_between(start, due, CALENDAR, RULES) == timedelta(hours=n)


@QUICK
@given(moments, lengths, lengths, rules)
def test_an_extension_never_shortens(start, length, more, rules):  # C-03, XT-13
    deadline = open_deadline(start, length, CALENDAR, rules)
    assert extend(deadline, more, CALENDAR, rules, start).due_at >= deadline.due_at


@QUICK
@given(moments, lengths, gaps, rules)
def test_a_pause_of_no_time_changes_nothing(start, length, gap, rules):  # ahead.md 3
    deadline = open_deadline(start, length, CALENDAR, rules)
    assert resume(suspend(deadline, start + gap), start + gap, CALENDAR, rules).due_at == deadline.due_at


@QUICK
@given(moments, st.integers(1, 60), gaps, gaps)
def test_working_days_left_at_a_pause_are_left_when_it_ends(start, n, before, pause):  # ahead.md 3
    deadline = open_deadline(start, Length(n), CALENDAR, RULES)
    since, until = start + before, start + before + pause
    if since > deadline.due_at or until == since:
        return
    left = CALENDAR.workdays_between(since.date(), deadline.due_at.date())
    resumed = resume(suspend(deadline, since), until, CALENDAR, RULES)
    assert CALENDAR.workdays_between(until.date(), resumed.due_at.date()) == left or left == 0
    assert resumed.due_at >= max(until, deadline.due_at)


@QUICK
@given(moments, lengths, lengths, gaps, gaps, edits, rules)
def test_a_calendar_edit_never_shortens_a_moved_deadline(start, length, more, before, pause, edit, rules):  # C-03
    deadline = open_deadline(start, length, CALENDAR, rules)
    deadline = resume(suspend(deadline, start + before), start + before + pause, CALENDAR, rules)
    deadline = extend(deadline, more, CALENDAR, rules, start + before + pause)
    assert reproject(deadline, CALENDAR, rules) == deadline
    calendar = edited_after(start, edit)
    moved = reproject(deadline, calendar, rules)
    assert moved.due_at >= deadline.due_at
    assert reproject(moved, calendar, rules) == moved
    assert Deadline.from_json(json.loads(json.dumps(moved.to_json()))) == moved
    assert all(sentence.endswith("。") for sentence in explain(moved, calendar, rules))


@QUICK
@given(moments, st.integers(1, 60), edits)
def test_a_deadline_projected_is_never_earlier_than_one_opened_afresh(start, n, edit):  # C-03
    calendar = edited_after(start, edit)
    moved = reproject(open_deadline(start, Length(n), CALENDAR, RULES), calendar, RULES)
    assert moved.due_at >= open_deadline(start, Length(n), calendar, RULES).due_at
