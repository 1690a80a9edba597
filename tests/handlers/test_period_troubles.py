"""多次回退、多次延期、临期延期 of a period (TZ-19, XX-18)."""

from datetime import datetime, timedelta

import pytest

import worktime
from config import ZONE
from handlers.period_troubles import Limits, goes_back, troubles
from models import Deadline, Submission, session

Sheet = tuple[str, dict[str, str]]
START, END = datetime(2026, 3, 1, tzinfo=ZONE), datetime(2026, 4, 1, tzinfo=ZONE)
BACK: Sheet = ("F-TZ-1.review", {"review_decision": "fail"})
ASKED: Sheet = ("F-C-2.apply", {})


def day(number: int, month: int = 3) -> datetime:
    return datetime(2026, month, number, 10, tzinfo=ZONE)


def found(case, *sheets) -> frozenset[str]:
    """`sheets`: moments with what was handed in then."""
    for at, (form, values) in sheets:
        told = {"values": values, "by": "某人", "at": at, "goes_back": goes_back(form, values)}
        session.add(Submission(case_id=case.case.id, element="x", form=form, **told))
    session.flush()
    return troubles(case.case.id, START, END, Limits())


def limit(case, due: datetime, extension: worktime.Extension | None = None) -> None:
    length = worktime.Length(5, worktime.Unit.WORKDAY)
    terms = worktime.Deadline(day(2), length, due, extensions=(extension,) if extension else ())
    row = Deadline(case_id=case.case.id, key="handle", name="办理", element="x", clauses="", opened_at=day(2))
    row.terms, row.due_at, row.calendar_revision = terms.to_json(), due, 1
    session.add(row)


@pytest.mark.parametrize(
    ("form", "values", "often"),
    [
        ("F-C-1.apply", {}, True),
        ("F-TZ-1.review", {"review_decision": "fail"}, True),
        ("F-TZ-1.review", {"review_decision": "pass"}, False),
        ("F-TZ-1.write_off", {"park_confirm": "no"}, True),
        ("F-XX-1.review", {"review_result": "return"}, True),
        ("F-XX-1.review", {"review_result": "pass"}, False),
    ],
)
def test_what_goes_back_twice_goes_back_often(case, form, values, often):
    assert found(case, (day(3), (form, values)), (day(4), (form, values))) == ({"多次回退"} if often else set())


def test_once_is_not_often(case):
    assert found(case, (day(3), BACK), (day(4), ASKED)) == frozenset()


def test_times_of_earlier_months_count_for_what_comes_up_again_only(case):
    assert found(case, (day(3, 2), BACK), (day(4, 2), BACK)) == frozenset()
    assert found(case, (day(5), BACK)) == {"多次回退"}
    assert found(case, (day(3, 2), ASKED)) == {"多次回退"}


def test_what_comes_after_the_month_is_not_of_the_month(case):
    assert found(case, (day(30), BACK), (day(2, 4), BACK)) == frozenset()


def test_the_day_before_the_limit_is_late_to_ask_for_more_time_two_days_are_not(case):  # TZ-12
    limit(case, due=day(12).replace(hour=23))
    assert found(case, (day(10), ASKED)) == frozenset()
    assert found(case, (day(11), ASKED)) == {"多次延期", "临期延期"}


def test_it_is_the_limit_of_that_moment_that_was_near(case):  # C-08
    granted = worktime.Extension(day(12), worktime.Length(5, worktime.Unit.WORKDAY), day(12), day(19))
    limit(case, due=day(19), extension=granted)
    assert found(case, (day(12) - timedelta(hours=1), ASKED)) == {"临期延期"}
