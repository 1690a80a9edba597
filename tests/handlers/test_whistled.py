"""What a bulletin of 泰州 says was whistled, and what was hard (TZ-04, TZ-06, TZ-31)."""

from datetime import datetime

from config import ZONE
from handlers.tz.whistled import basics, hot
from models import CaseUnit, Submission, session

START, END = datetime(2026, 3, 1, tzinfo=ZONE), datetime(2026, 4, 1, tzinfo=ZONE)


def hand_in(case, form, month=3, **values):
    at = datetime(2026, month, 5, 9, tzinfo=ZONE)
    session.add(Submission(case_id=case.case.id, element="x", form=form, values=values, by="某人", at=at))
    session.flush()


def test_a_case_pushed_again_counts_once_under_its_newest_category(case):  # TZ-04
    case.case.case_no = "TZ20260001"
    session.add(CaseUnit(case_id=case.case.id, unit="housing", role="registrar"))
    hand_in(case, "F-TZ-1.push", category="coordination")
    hand_in(case, "F-TZ-1.route", office_route="reject")
    hand_in(case, "F-TZ-1.push", category="upward")
    assert basics(START, END) == "吹哨1件，不属吹哨内容退回1件；"
    assert hot(START, END) == "分类别：对接上争1。\n分园区、镇（街道）：县住房和城乡建设局1。\n难点：无。"


def test_hard_is_what_went_to_the_district_head_or_cannot_be_done(case):  # TZ-31, TZ-13
    case.case.case_no = "TZ20260001"
    hand_in(case, "F-TZ-1.meeting", joint_result="settled")
    assert hot(START, END).endswith("难点：无。")
    hand_in(case, "F-TZ-1.meeting", joint_result="hard")
    hand_in(case, "F-TZ-1.exclude")
    assert hot(START, END).endswith("难点：提请区长调度会商1件（TZ20260001）、报请不列入考核1件（TZ20260001）。")


def test_what_is_not_of_the_period_is_not_said(case):
    hand_in(case, "F-TZ-1.push", month=2, category="other")
    hand_in(case, "F-TZ-1.push", month=4, category="other")
    assert basics(START, END).startswith("吹哨0件")
    assert hot(START, END).startswith("分类别：无。")
