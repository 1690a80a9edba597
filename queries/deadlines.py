"""Deadlines with their light and the reason for their day."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

import worktime
from config import ZONE
from models import Case, Deadline, Task, now, session
from models.deadline import MET, MISSED, RUNNING, VOID
from queries.lights import Light, lights_at
from reference import calendar as calendars

STATES = {RUNNING: "进行中", MET: "已完成", MISSED: "届满", VOID: "已作废"}


@dataclass(frozen=True)
class DeadlineView:
    """One deadline as a page shows it. `explanation` says in sentences why it falls on that day (C-03)."""

    key: str
    name: str
    element: str
    due_at: datetime  # local
    state: str
    state_name: str
    on_time: bool | None
    suspended: bool
    light: Light
    clauses: tuple[str, ...]
    explanation: list[str]


def deadlines_of_case(case_id: int) -> list[DeadlineView]:
    """Every deadline the case has had, newest first."""
    case = session.get_one(Case, case_id)
    rows = session.scalars(select(Deadline).where(Deadline.case_id == case_id).order_by(Deadline.id.desc())).all()
    return [_view(row, case) for row in rows]


def deadline_of_task(task: Task) -> DeadlineView | None:
    """The newest deadline this task stands under."""
    if task.deadline_key is None:
        return None
    mine = (Deadline.case_id == task.case_id) & (Deadline.key == task.deadline_key)
    row = session.scalar(select(Deadline).where(mine).order_by(Deadline.id.desc()).limit(1))
    return _view(row, session.get_one(Case, task.case_id)) if row else None


def _view(row: Deadline, case: Case) -> DeadlineView:
    rules = calendars.rules(case.parameter_revision)
    terms = worktime.Deadline.from_json(row.terms)
    running = row.state == RUNNING and not row.suspended
    return DeadlineView(
        key=row.key,
        name=row.name,
        element=row.element,
        due_at=row.due_at.astimezone(ZONE),
        state=row.state,
        state_name="已暂停" if row.suspended and row.state == RUNNING else STATES[row.state],
        on_time=row.on_time,
        suspended=row.suspended,
        light=lights_at(now())(row.due_at) if running else Light("none", STATES[row.state]),
        clauses=tuple(row.clauses.split()),
        explanation=worktime.explain(terms, calendars.calendar(), rules),
    )
