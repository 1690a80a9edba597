"""What the report of a period counts, on every database."""

from datetime import datetime
from typing import Any

import pytest

from config import ZONE
from handlers.reports import count_cases
from models import Case, Deadline, Submission, session
from models.deadline import MET, RUNNING

START, END = (datetime(2026, month, 1, tzinfo=ZONE) for month in (3, 4))


pytestmark = pytest.mark.usefixtures("county")


def day(number: int, month: int = 3) -> datetime:
    return datetime(2026, month, number, 12, tzinfo=ZONE)


def case(number: int, unit: str | None = "minzheng", **columns: Any) -> Case:
    row = Case(case_no=f"XT2026{number:04}", flow="xt", flow_name="xt", lead_org=unit, created_at=day(2), **columns)
    session.add(row)
    session.flush()
    return row


def handling(of: Case, state: str, due: datetime, closed: datetime | None = None, **columns: Any) -> None:
    session.add(
        Deadline(
            case_id=of.id, key="handle", name="办理时限", element="N10", clauses="", terms={}, due_at=due, state=state,
            closed_at=closed, opened_at=day(2), calendar_revision=1, **columns,
        )
    )  # fmt: skip


def revisit(of: Case, at: datetime, **values: str) -> None:
    session.add(Submission(case_id=of.id, element="N14", form="F-C-5.revisit", values=values, by="回访员", at=at))


def figure(name: str) -> dict[str | None, int]:
    session.flush()
    return dict(count_cases("XT", START, END)[name])


def test_each_unit_has_figures_of_its_own() -> None:
    for number, unit in enumerate(["minzheng", "minzheng", "gongan", None]):
        case(number, unit)
    assert figure("接收") == {"minzheng": 2, "gongan": 1, None: 1}
    assert figure("交办") == {"minzheng": 2, "gongan": 1}


def test_handled_late_is_told_from_handled_in_time() -> None:
    handling(case(1), MET, due=day(9), closed=day(9))
    handling(case(2, "gongan"), MET, due=day(9), closed=day(10))
    assert (figure("按时办理"), figure("超期办理")) == ({"minzheng": 1}, {"gongan": 1})


def test_late_at_the_end_is_what_ran_out_and_was_still_in_work() -> None:
    handling(case(1), RUNNING, due=day(9))
    handling(case(2), MET, due=day(30), closed=day(1, 4))  # handed in before the report was drawn up
    handling(case(3), RUNNING, due=day(2, 4))
    handling(case(4), MET, due=day(9), closed=day(10))
    handling(case(5), RUNNING, due=day(9), suspended=True)
    assert figure("在办逾期") == {"minzheng": 2}


def test_a_revisit_is_valid_when_it_was_answered_in_the_period() -> None:
    happy, unhappy = case(1), case(2)
    revisit(happy, day(12), reached="no")
    revisit(happy, day(13), reached="yes", satisfaction="满意")
    revisit(unhappy, day(13), reached="yes", satisfaction="不满意")
    revisit(unhappy, day(2, 4), reached="yes", satisfaction="满意")
    assert (figure("有效回访"), figure("回访满意")) == ({"minzheng": 2}, {"minzheng": 1})


def test_a_rating_on_the_spot_is_no_revisit_and_counts_once_when_it_was_first_given() -> None:  # C-06, XT-21
    def rated(of: Case, at: datetime) -> None:
        session.add(Submission(case_id=of.id, element="N05_rate", form="F-XT-1.rate", values={}, by="反映人", at=at))

    now, before = (case(number, None, closed_at=day(28, 2), satisfaction="非常满意") for number in (1, 3))
    rated(now, day(3))
    rated(now, day(2, 4))  # and changed
    rated(before, day(28, 2))
    rated(before, day(3))  # changed in the period
    revisited = case(2, closed_at=day(3), satisfaction="满意")
    revisit(revisited, day(3), reached="yes", satisfaction="满意")
    assert figure("当场评价满意") == {None: 1}
