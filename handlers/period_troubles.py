"""Which cases of a period went back and forth or were put off: 多次回退、多次延期、临期延期 (TZ-19, XX-18)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

import worktime
from config import ZONE
from handlers.parameters import parameters_at
from models import Deadline, Submission, session

#: The sheets on which a case goes back, and what they then say; None: each of them.
RETURNS = {
    "F-C-1.apply": None,
    "F-TZ-1.review": ("review_decision", "fail"),
    "F-TZ-1.write_off": ("park_confirm", "no"),
    "F-XX-1.review": ("review_result", "return"),
}
EXTENSION = "F-C-2.apply"


@dataclass(frozen=True)
class Limits:
    """`often`: so many times are 多次. `near_days`: asked for so few calendar days before the limit is 临期."""

    often: int = 2
    near_days: int = 1

    @classmethod
    def at(cls, end: datetime) -> "Limits":
        values = parameters_at("bulletin.", end)
        return cls(values.get("bulletin.often_times", cls.often), values.get("bulletin.near_due_days", cls.near_days))


def goes_back(form: str, values: Mapping[str, Any]) -> bool:
    """Whether the case goes back with this sheet; its row keeps the answer."""
    said = RETURNS.get(form)
    return form in RETURNS and (said is None or values.get(said[0]) == said[1])


def troubles(case_id: int, start: datetime, end: datetime, limits: Limits) -> frozenset[str]:
    """Those of assessment.tz.TROUBLES that came up, or came up again, in [start, end); times count from the first."""
    mine = (Submission.case_id == case_id) & (Submission.at < end) & Submission.form.in_([*RETURNS, EXTENSION])
    sheets = select(Submission.at, Submission.form, Submission.goes_back)
    rows = session.execute(sheets.where(mine).order_by(Submission.id)).all()
    if not any(row.at >= start for row in rows):
        return frozenset()
    back = [row.at for row in rows if row.goes_back]
    put_off = [row.at for row in rows if row.form == EXTENSION]
    now_put_off = [at for at in put_off if at >= start]
    found = {
        "多次回退": len(back) >= limits.often and back[-1] >= start,
        "多次延期": len(put_off) >= limits.often and bool(now_put_off),
        "临期延期": bool(now_put_off) and _is_near(case_id, now_put_off, limits),
    }
    return frozenset(name for name, happened in found.items() if happened)


def _is_near(case_id: int, asked: Sequence[datetime], limits: Limits) -> bool:
    mine = (Deadline.case_id == case_id) & ((Deadline.key == "handle") | Deadline.key.startswith("handle:"))
    rows = session.scalars(select(Deadline).where(mine)).all()
    return any(
        (_day(due_then(row, at)) - _day(at)).days <= limits.near_days
        for at in asked
        for row in rows
        if row.opened_at <= at and (row.closed_at is None or row.closed_at >= at)
    )


def due_then(row: Deadline, at: datetime) -> datetime:
    """When it ended as it stood at that moment, before it was put off."""
    later = [each for each in worktime.Deadline.from_json(row.terms).extensions if each.at > at]
    return later[0].old if later else row.due_at


def _day(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()
