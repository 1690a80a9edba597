"""The deadlines of one case during one move: opened, met, voided, extended, suspended, resumed."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import bindparam, select

import worktime
from engine import DeadlineRule
from errors import NotFound
from models import Case, Deadline, session
from models.deadline import MET, MISSED, RUNNING, VOID
from reference import calendar as calendars

#: Behind every real deadline: where a suspended one is, and a task that has none.
NEVER = datetime(2999, 12, 31, tzinfo=UTC)

_running = (
    select(Deadline)
    .where(Deadline.case_id == bindparam("case"), Deadline.state == RUNNING)
    .execution_options(autoflush=False)
)


class DeadlineBook:
    """Reads what is running once, and of what has ended only what is asked for: a rework adds rows without end."""

    def __init__(self, case: Case, now: datetime):
        self._case = case
        self._now = now

    @cached_property
    def _known(self) -> dict[str, Deadline | None]:
        """The newest row of each key: those that run, those of this move, those that were asked for."""
        if self._case.id is None:
            return {}
        return {row.key: row for row in session.scalars(_running, {"case": self._case.id})}

    def _newest(self, key: str) -> Deadline | None:
        if key not in self._known:
            of_key = (Deadline.case_id == self._case.id) & (Deadline.key == key)
            self._known[key] = session.scalar(select(Deadline).where(of_key).order_by(Deadline.id.desc()).limit(1))
        return self._known[key]

    @cached_property
    def calendar(self) -> worktime.Calendar:
        return calendars.calendar()

    @cached_property
    def rules(self) -> worktime.Rules:
        return calendars.rules(self._case.parameter_revision)

    def due(self, key: str) -> datetime | None:
        """When the running deadline of this key ends; NEVER while it is suspended; None when none is running."""
        row = self._known.get(key)
        if row is None or row.state != RUNNING:
            return None
        return NEVER if row.suspended else row.due_at

    def last_due(self, key: str) -> datetime:
        """When the newest deadline of this key ends or ended. Raises NotFound when there never was one."""
        row = self._newest(key)
        if row is None:
            raise NotFound(f"时限“{key}”还没有开始计时。")
        return row.due_at

    def is_met(self, key: str) -> bool:
        row = self._newest(key)
        return row is not None and row.state == MET

    def due_after(self, length: dict[str, Any], start: datetime) -> datetime:
        return worktime.open_deadline(start, worktime.Length.from_value(length), self.calendar, self.rules).due_at

    def open(self, rule: DeadlineRule, length: dict[str, Any], start: datetime) -> None:
        terms = worktime.open_deadline(
            start, worktime.Length.from_value(length), self.calendar, self.rules, rule.clauses
        )
        row = Deadline(
            case_id=self._case.id, key=rule.key, name=rule.name, element=rule.element, clauses=" ".join(rule.clauses),
            state=RUNNING, suspended=False, opened_at=self._now,
        )
        _write_terms(row, terms)
        if self._case.id is not None:  # a case that is only looked at (first_form) leaves nothing behind
            session.add(row)
        self._known[rule.key] = row

    def meet(self, key: str) -> None:
        self._close(key, MET)

    def drop(self, key: str) -> None:
        """It ends unmet: missed when its moment has passed, else void."""
        due = self.due(key)
        self._close(key, MISSED if due is not None and due <= self._now else VOID)

    def extend(self, key: str, workdays: int) -> datetime:
        """Counted from the original due day (C-03, XT-13)."""
        length = worktime.Length(workdays, worktime.Unit.WORKDAY)
        return self._change(key, lambda terms: worktime.extend(terms, length, self.calendar, self.rules, self._now))

    def suspend(self, key: str) -> None:
        self._change(key, lambda terms: worktime.suspend(terms, self._now))

    def resume(self, key: str) -> datetime:
        return self._change(key, lambda terms: worktime.resume(terms, self._now, self.calendar, self.rules))

    def reproject(self) -> list[Deadline]:
        """Count every running deadline again on the calendar in force. Returns those that moved (C-03)."""
        moved = []
        for row in list(self._known.values()):
            if row is not None and row.state == RUNNING:
                before = row.due_at
                self._change(row.key, lambda terms: worktime.reproject(terms, self.calendar, self.rules))
                moved += [row] if row.due_at > before else []
        return moved

    def _change(self, key: str, change: Callable[[worktime.Deadline], worktime.Deadline]) -> datetime:
        row = self._known.get(key)
        if row is None or row.state != RUNNING:
            raise NotFound(f"时限“{key}”没有在计时。")
        terms = change(worktime.Deadline.from_json(row.terms))
        _write_terms(row, terms)
        return terms.due_at

    def _close(self, key: str, state: str) -> None:
        row = self._known.get(key)
        if row is not None and row.state == RUNNING:
            row.state, row.closed_at = state, self._now


def _write_terms(row: Deadline, terms: worktime.Deadline) -> None:
    row.terms, row.due_at, row.suspended = terms.to_json(), terms.due_at, terms.suspended
    row.calendar_revision = terms.calendar_revision
