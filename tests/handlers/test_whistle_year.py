"""年度得分 of 宜良: 各件均值, 未发生不参评 (YL-16, YL-A3)."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from config import ZONE
from handlers import call
from models import Case, Document, session


def scored(case, number, day, evaluations, office=90.0):
    """The sheet of one more whistle."""
    at = datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=ZONE)
    row = Case(case_no=number, flow="yl_whistle", flow_name="政务吹哨", created_at=at)
    session.add(row)
    session.flush()
    arguments = {"initiator": "tax", "evaluations": evaluations, "office": office, "weight": 0.7, "office_weight": 0.3}
    call("whistle.score", arguments, replace(case, case=row, now=at))
    sheets = select(Document).where(Document.kind == "哨件处置评分表").order_by(Document.id.desc())
    return session.scalars(sheets).first().body["年度得分（至本件）"]


def mark(unit, unit_score, initiator_score):
    return {"unit": unit, "unit_score": unit_score, "initiator_score": initiator_score}


def test_the_year_is_the_mean_of_a_units_cases(case):  # 88×0.7+90×0.3=88.60
    first = scored(case, "YL20260001", "2026-03-12", [mark("housing", 88, 80)])
    assert first == "县住房和城乡建设局 88.60（1件）；县税务局 83.00（1件）"
    second = scored(case, "YL20260002", "2026-05-12", [mark("housing", 70, 100)])
    assert second == "县住房和城乡建设局 82.30（2件）；县税务局 90.00（2件）"


def test_a_year_begins_anew(case):
    scored(case, "YL20260001", "2026-12-31", [mark("housing", 88, 80)])
    assert scored(case, "YL20270001", "2027-01-01", [mark("housing", 70, 100)]).startswith(
        "县住房和城乡建设局 76.00（1件）"
    )


def test_whoever_got_no_mark_is_not_assessed(case):
    said = scored(case, "YL20260001", "2026-03-12", [mark("housing", None, None), mark("health", 60, None)])
    assert said == "县卫生健康局 69.00（1件）；县税务局 不参评"


def test_a_sheet_of_before_workings_were_kept_stops_nothing_and_does_not_count(case):
    scored(case, "YL20260001", "2026-03-12", [mark("housing", 88, 80)])
    old = session.scalars(select(Document)).one()
    old.body = {label: text for label, text in old.body.items() if label == "县住房和城乡建设局"}  # as 809f6b4 wrote it
    session.flush()
    said = scored(case, "YL20260002", "2026-05-12", [mark("housing", 70, 100)])
    assert said == "县住房和城乡建设局 76.00（1件）；县税务局 97.00（1件）"
