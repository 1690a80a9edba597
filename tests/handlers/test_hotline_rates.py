"""萧县's statistics: the weights are those of the period they are about (C-11, XX-18)."""

from datetime import datetime, timedelta

import worktime
from config import ZONE
from handlers import call
from models import SYSTEM, Case, Deadline, Document, session
from models.deadline import MET, MISSED
from operations.house.parameters import set_parameter

CLOSED = datetime(2026, 2, 10, tzinfo=ZONE)
MARCH = datetime(2026, 3, 1, tzinfo=ZONE)
ONLY_CLOSING = {"按时反馈率": 0, "按时办结率": 1, "问题解决率": 0, "评价满意率": 0}


def answered_in_time_and_redone_late() -> None:
    """反馈 is in time and 办结 is not: what the two rates come to together is a matter of their weights."""
    made = Case(
        flow="xx_hotline",
        flow_name="热线",
        case_no="XX20260001",
        lead_org="tax",
        created_at=CLOSED - timedelta(days=5),
        closed_at=CLOSED,
        result="archived",
    )
    session.add(made)
    session.flush()
    terms = worktime.Deadline(made.created_at, worktime.Length(5, worktime.Unit.WORKDAY), CLOSED).to_json()
    for key, state in (("handle", MET), ("redo", MISSED)):
        row = {"case_id": made.id, "key": key, "name": "办理", "element": key, "clauses": "", "terms": terms}
        moments = {"opened_at": made.created_at, "due_at": CLOSED, "closed_at": CLOSED}
        session.add(Deadline(**row, **moments, state=state, calendar_revision=1))


def test_weights_that_are_changed_after_the_month_do_not_change_its_statistics(case, clock):  # C-11, XX-18
    clock.now = MARCH + timedelta(hours=1)
    set_parameter("xx.kpi_weights", ONLY_CLOSING, by=SYSTEM, basis="〔2026〕1号")
    answered_in_time_and_redone_late()
    call("hotline.rates", {"cycle": "monthly"}, case)
    session.flush()
    [paper] = session.query(Document).all()
    assert paper.body["县税务局 综合得分"] == "50.00"
