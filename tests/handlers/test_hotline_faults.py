"""What a period's 通报 of 萧县 finds wrong is told of whom it was, level by level (XX-10 to XX-12, XX-18, XX-19)."""

from datetime import datetime

import pytest
from sqlalchemy import select

from config import ZONE
from handlers.hotline_faults import IMPROPER, SUPERVISION, faults
from models import Case, Document, session

START, END = (datetime(2026, month, 1, tzinfo=ZONE) for month in (3, 4))

pytestmark = pytest.mark.usefixtures("county")


def paper(number: int, kind: str, to: str, **body: str) -> None:
    """Of a case that 县公安局 has today."""
    at = datetime(2026, 3, number, 12, tzinfo=ZONE)
    case = Case(case_no=f"XX2026000{number}", flow="xx_hotline", flow_name="诉求办理", lead_org="police", created_at=at)
    session.add(case)
    session.flush()
    session.add(Document(case_id=case.id, kind=kind, number=f"{kind}{number}号", to=to, body=body, raised_at=at))


def test_an_improper_return_is_told_of_who_returned_it_whoever_has_the_case_now():  # XX-19
    paper(1, IMPROPER, "县数据资源局", 承办单位="县城市管理局", 说明="没有依据")
    assert faults([], START, END) == ["不当退单：县城市管理局1件（XX20260001）。"]


@pytest.mark.parametrize(("lead", "unit"), [("xx_urban", "县城市管理局"), (None, "未写明单位")])
def test_an_old_paper_that_does_not_say_who_is_told_of_who_has_the_case(lead, unit):
    paper(1, IMPROPER, "县数据资源局", 说明="没有依据")
    session.scalars(select(Case)).one().lead_org = lead
    assert faults([], START, END) == [f"不当退单：{unit}1件（XX20260001）。"]


def test_supervision_is_told_from_the_first_level_to_the_third():  # XX-10, XX-11, XX-12
    for number, level in enumerate(("三级督办", "一级督办", "二级督办"), 1):
        paper(number, SUPERVISION, "县水利局", 级别=level)
    assert [line.split("：")[0] for line in faults([], START, END)] == ["一级督办", "二级督办", "三级督办"]
