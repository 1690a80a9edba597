"""Deadlines with their light and the reason for their day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

import worktime
from config import ZONE
from handlers.lateness import WORK
from models import Case, Deadline, session
from models.deadline import MET, MISSED, RUNNING, VOID
from queries.lights import Light, Lights, lights_at
from reference import calendar as calendars
from reference.clauses import Clause, clauses, of_flow

STATES = {MISSED: "期满", VOID: "已作废"}
NOT_DONE = "逾期未办"  # of a limit on a unit's work: absent, not signed; another simply ran out (视为无意见)


@dataclass(frozen=True)
class DeadlineView:
    """One deadline as a page shows it. `explanation` says in sentences why it falls on that day (C-03)."""

    id: int
    key: str
    name: str
    element: str
    due_at: datetime  # local
    state: str
    state_name: str
    closed_at: datetime | None  # local
    on_time: bool | None
    late: bool  # done late, or never though it was a unit's work
    suspended: bool
    light: Light | None  # while it runs
    grounds: list[Clause]  # what it rests on
    explanation: list[str]

    @property
    def reasons(self) -> list[str]:
        """All of it in sentences, the clauses last."""
        return [*self.explanation, *(f"依据 {clause.id} {clause.short}" for clause in self.grounds)]


def deadlines_of_case(case: Case, light: Lights | None = None) -> list[DeadlineView]:
    """Every deadline the case has had, newest first. `light`: where the page has it already."""
    rows = session.scalars(select(Deadline).where(Deadline.case_id == case.id).order_by(Deadline.id.desc())).all()
    return _views(rows, case, light or lights_at())


def _views(rows: Sequence[Deadline], case: Case, light: Lights) -> list[DeadlineView]:
    rules = calendars.rules(case.parameter_revision)
    return [
        DeadlineView(
            id=row.id,
            key=row.key,
            name=row.name,
            element=row.element,
            due_at=row.due_at.astimezone(ZONE),
            state=row.state,
            state_name=_state_name(row),
            closed_at=row.closed_at and row.closed_at.astimezone(ZONE),
            on_time=row.on_time,
            late=is_late(row),
            suspended=row.suspended,
            light=light(row.due_at) if row.state == RUNNING and not row.suspended else None,
            grounds=_grounds(row, case.flow),
            explanation=worktime.explain(_told(row, case.flow), light.days, rules),
        )
        for row in rows
    ]


def _grounds(row: Deadline, flow: str) -> list[Clause]:
    """What documents and shared rules say; that a shared part of the flow (CA-…) counts it is no ground."""
    return [clauses().get(id_) or Clause(id_, "", "", "") for id_ in _ids(row.clauses.split(), flow)]


def _ids(ids: Iterable[str], flow: str) -> tuple[str, ...]:
    return tuple(id_ for id_ in of_flow(ids, flow) if not id_.startswith("CA-"))


def _told(row: Deadline, flow: str) -> worktime.Deadline:
    """Each extension with the clauses of this flow; the page shows the deadline's own in their own words, below."""
    terms = worktime.Deadline.from_json(row.terms)
    extensions = tuple(replace(each, clauses=_ids(each.clauses, flow)) for each in terms.extensions)
    return replace(terms, clauses=(), extensions=extensions)


def _state_name(row: Deadline) -> str:
    if row.state == RUNNING:
        return "已暂停" if row.suspended else "进行中"
    if row.state == MET:
        return "按时完成" if row.on_time else "逾期完成"
    return NOT_DONE if is_late(row) else STATES[row.state]


def is_late(row: Deadline) -> bool:
    """Whether it was met late, or never though it was a unit's work."""
    return row.on_time is False and (row.state == MET or row.key.split(":")[0] in WORK)
