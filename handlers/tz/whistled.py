"""What was whistled in a period: how many, about what, from which park, and what was hard (TZ-04, TZ-06, TZ-31)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from handlers.cases import unit_name
from handlers.period_sections import tally
from models import Case, CaseUnit, Submission, session

PUSH, ROUTE = "F-TZ-1.push", "F-TZ-1.route"
#: 五类内容 (TZ-04), as the form names them.
CATEGORIES = {
    "efficiency": "效能提升",
    "coordination": "综合协调",
    "upward": "对接上争",
    "one_matter": "一事一议",
    "other": "其他",
}
#: What makes a case hard: a form, what it then says (None: anything), and what a bulletin calls it.
HARD = (
    ("F-TZ-1.meeting", ("joint_result", "hard"), "提请区长调度会商"),
    ("F-TZ-1.exclude", None, "报请不列入考核"),
)


def basics(start: datetime, end: datetime) -> str:
    """受理: what parks pushed, and what the office gave back to them as none of its business."""
    pushed, routed = _said(PUSH, start, end), _said(ROUTE, start, end)
    refused = sum(row.values.get("office_route") == "reject" for row in routed)
    return f"吹哨{len({row.case_id for row in pushed})}件，不属吹哨内容退回{refused}件；"


def hot(start: datetime, end: datetime) -> str:
    """热点: by category and by park; 难点: what went to the district head or could not be done."""
    pushed = {row.case_id: row for row in _said(PUSH, start, end)}  # of one case the newest
    registrar = (CaseUnit.role == "registrar") & CaseUnit.case_id.in_(pushed)
    parks = session.scalars(select(CaseUnit.unit).where(registrar).order_by(CaseUnit.case_id))
    lines = (
        f"分类别：{tally(CATEGORIES.get(row.values.get('category', ''), '其他') for row in pushed.values())}。",
        f"分园区、镇（街道）：{tally(map(unit_name, parks))}。",
        f"难点：{_hard(start, end)}。",
    )
    return "\n".join(lines)


def _hard(start: datetime, end: datetime) -> str:
    found = []
    for form, said, name in HARD:
        rows = [row for row in _said(form, start, end) if said is None or row.values.get(said[0]) == said[1]]
        numbers = session.scalars(
            select(Case.case_no).where(Case.id.in_({row.case_id for row in rows})).order_by(Case.id)
        ).all()
        if numbers:
            found.append(f"{name}{len(numbers)}件（{'、'.join(number or '未编号' for number in numbers)}）")
    return "、".join(found) or "无"


def _said(form: str, start: datetime, end: datetime) -> Sequence[Submission]:
    mine = (Submission.form == form) & (Submission.at >= start) & (Submission.at < end)
    return session.scalars(select(Submission).where(mine).order_by(Submission.id)).all()
