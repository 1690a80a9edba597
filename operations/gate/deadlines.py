"""The deadlines of one case during one move: opened, met, voided, extended, suspended, resumed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import bindparam, select, update

import worktime
from config import ZONE
from engine import DeadlineRule
from errors import NotFound
from models import Case, Deadline, Unit, Writes, session
from models.deadline import IS_RUNNING, MET, MISSED, RUNNING, VOID
from models.trips import Answer, Asked, read
from reference import calendar as calendars

#: Behind every real deadline: where a suspended one is, and a task that has none.
NEVER = datetime(2999, 12, 31, tzinfo=UTC)

_deadlines = Deadline.__table__
_running = select(_deadlines).where(IS_RUNNING)
_of_case = _running.where(_deadlines.c.case_id == bindparam("case"))
_of_cases = _running.where(_deadlines.c.case_id.in_(bindparam("cases", expanding=True)))
_of_key = (
    select(_deadlines)
    .where(_deadlines.c.case_id == bindparam("case"), _deadlines.c.key == bindparam("deadline"))
    .order_by(_deadlines.c.id.desc())
    .limit(1)
)
_unit_name = select(Unit.__table__.c.name).where(Unit.__table__.c.code == bindparam("code"))
_change = update(_deadlines).where(_deadlines.c.id == bindparam("row"))  # type: ignore[arg-type]
_COLUMNS = tuple(_deadlines.c.keys())
CHANGING = ("terms", "due_at", "suspended", "calendar_revision", "state", "closed_at")
MOMENTS = ("due_at", "closed_at")
FIXED = ("case_id", "key", "name", "element", "clauses", "opened_at")


def moved_words(name: str, due: datetime | None) -> str:
    return f"{name}：到期顺延至 {due.astimezone(ZONE):%Y-%m-%d}" if due else name


@dataclass(eq=False)
class Entry:
    """A row as the book has it: a plain value, several times as quick to make as an object that a session watches."""

    case_id: int
    key: str
    name: str
    element: str
    clauses: str
    opened_at: datetime
    terms: dict[str, Any] = field(default_factory=dict)
    due_at: datetime = NEVER
    suspended: bool = False
    calendar_revision: int = 0
    state: str = RUNNING
    closed_at: datetime | None = None
    id: int | None = None


class DeadlineBook:
    """Reads what is running once, and of what has ended only what is asked for: a rework adds rows without end.

    Its rows are no part of the session; save() writes what a move has changed.
    """

    def __init__(self, case: Case, now: datetime, edition: int | None = None):
        """`edition`: the calendar in force, where it is known."""
        self._case = case
        self._now = now
        self._edition = edition
        self._changed: list[Entry] = []
        self._originals: dict[int, tuple[Entry, dict[str, Any]]] = {}  # rows that this move has changed, as they were

    @cached_property
    def _known(self) -> dict[str, Entry | None]:
        """The newest row of each key: those that run, those of this move, those that were asked for."""
        return _by_key(read(session.connection(), *self.question))

    @property
    def question(self) -> Asked:
        """What the book asks first, for a trip in which something else is sent; `take` takes the answer."""
        return _of_case, {"case": self._case.id}

    def take(self, running: Answer) -> None:
        self._known = _by_key(running)

    @staticmethod
    def read(books: Sequence["DeadlineBook"]) -> None:
        """For the books of many cases at once, what each would read for itself."""
        by_case: dict[int, dict[str, Entry | None]] = {book._case.id: {} for book in books}
        for row in session.connection().execute(_of_cases, {"cases": list(by_case)}):
            by_case[row.case_id][row.key] = Entry(**row._mapping)
        calendar = calendars.calendar()
        for book in books:
            book._known, book.calendar = by_case[book._case.id], calendar

    def _newest(self, key: str) -> Entry | None:
        if key not in self._known:
            rows = read(session.connection(), _of_key, {"case": self._case.id, "deadline": key})
            self._known[key] = _by_key(rows).get(key)
        return self._known[key]

    @cached_property
    def calendar(self) -> worktime.Calendar:
        return calendars.calendar() if self._edition is None else calendars.edition(self._edition)

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

    def known_as(self, key: str) -> tuple[str, str]:
        """What people call the newest deadline of this key, and the element it started at; "" when there was none."""
        row = self._newest(key)
        return (row.name, row.element) if row else ("", "")

    def is_met(self, key: str) -> bool:
        row = self._newest(key)
        return row is not None and row.state == MET

    def met_at(self, key: str) -> datetime | None:
        """When the newest deadline of this key was met; None where it was not."""
        row = self._newest(key)
        return row.closed_at if row is not None and row.state == MET else None

    def workdays_late(self, due_at: datetime, moment: datetime) -> int:
        """How many working days `moment` is past `due_at`, as the lights say it (C-07); 0 on the day itself."""
        due, then = due_at.astimezone(ZONE), moment.astimezone(ZONE)
        return 0 if then.date() <= due.date() else -worktime.remaining_workdays(due, then, self.calendar)

    def due_after(self, length: dict[str, Any], start: datetime) -> datetime:
        return worktime.open_deadline(start, worktime.Length.from_value(length), self.calendar, self.rules).due_at

    def open(self, rule: DeadlineRule, length: dict[str, Any], start: datetime) -> None:
        terms = worktime.open_deadline(
            start, worktime.Length.from_value(length), self.calendar, self.rules, rule.clauses, rule.given
        )
        row = Entry(self._case.id, rule.key, _name(rule), rule.element, " ".join(rule.clauses), self._now)
        self._known[rule.key] = row
        self._write_terms(row, terms)

    def meet(self, key: str) -> None:
        self._close(key, MET)

    def drop(self, key: str) -> None:
        """It ends unmet: missed when its moment has passed, else void."""
        due = self.due(key)
        self._close(key, MISSED if due is not None and due <= self._now else VOID)

    def drop_all(self) -> None:
        """The case is over: what still runs has nobody left to meet it."""
        for key in list(self._known):
            self.drop(key)

    def extend(self, key: str, workdays: int, clauses: tuple[str, ...] = (), why: str = "") -> datetime:
        """Counted from the original due day (C-03, XT-13). `clauses` allow it; `why`: when it is no 延期."""
        length = worktime.Length(workdays, worktime.Unit.WORKDAY)
        return self._change(
            key, lambda terms: worktime.extend(terms, length, self.calendar, self.rules, self._now, clauses, why)
        )

    def suspend(self, key: str) -> None:
        self._change(key, lambda terms: worktime.suspend(terms, self._now))

    def resume(self, key: str) -> datetime:
        return self._change(key, lambda terms: worktime.resume(terms, self._now, self.calendar, self.rules))

    def counting(self) -> list[str]:
        """Keys of the deadlines that run and are not suspended."""
        return [key for key, row in self._known.items() if row and row.state == RUNNING and not row.suspended]

    def after_pause(self, due: datetime, since: datetime, length: dict[str, Any]) -> datetime:
        """When a length that no deadline counts ends, after a pause from `since` until now (C-03)."""
        unit = worktime.Length.from_value(length).unit
        return worktime.due_after_pause(due, since, self._now, unit, self.calendar, self.rules)

    def reopen(self, key: str, along: Sequence[str] = ()) -> dict[str, datetime]:
        """What met it was not true: it runs on, due when it was, and so does each of `along` that was met with it.

        Returns when each of them is due. Raises NotFound when the deadline was not met.
        """
        row = self._newest(key)
        if row is None or row.state != MET:
            raise NotFound(f"时限“{key}”没有完成过，不能恢复。")
        met_at, dues = row.closed_at, {}
        for each in (key, *along):
            other = self._newest(each)
            if other is not None and other.state == MET and other.closed_at == met_at:
                self._remember(other)
                other.state, other.closed_at = RUNNING, None
                dues[each] = self._change(each, lambda terms: worktime.reproject(terms, self.calendar, self.rules))
        return dues

    def undo_point(self) -> Callable[[], None]:
        """What puts everything back that has changed since."""
        if "_known" not in self.__dict__:  # nothing read, so nothing changed
            return self._forget
        known, changed = dict(self._known), list(self._changed)
        as_they_were = {row: dict(vars(row)) for row in known.values() if row is not None}

        def undo() -> None:
            self._known, self._changed = known, changed
            for row, values in as_they_were.items():
                vars(row).update(values)

        return undo

    def _forget(self) -> None:
        self.__dict__.pop("_known", None)
        self._changed.clear()

    def reproject(self) -> list[Entry]:
        """Count every running deadline again that was not over when the calendar in force was put in force (C-03:
        重算未到期时限). Returns those that moved.
        """
        running = [row for row in self._known.values() if row is not None and row.state == RUNNING]
        return [row for row in running if not self._was_over(row) and self.recount(row.key)]

    def recount(self, key: str) -> bool:
        """One deadline, also one that is over: when somebody has decided that its day was wrong. Returns whether it
        moved. Raises NotFound.
        """
        before = self.due(key)
        return self._change(key, lambda terms: worktime.reproject(terms, self.calendar, self.rules)) != before

    def _was_over(self, row: Entry) -> bool:
        """A pause cures nothing that was missed before. Its row is then done with this calendar."""
        pause = worktime.Deadline.from_json(row.terms).suspensions[-1] if row.suspended else None
        over = row.due_at <= (pause.since if pause else calendars.in_force_since(self.calendar.revision))
        if over:
            self._remember(row)
            row.calendar_revision = self.calendar.revision
            self._note(row)
        return over

    def _change(self, key: str, change: Callable[[worktime.Deadline], worktime.Deadline]) -> datetime:
        row = self._known.get(key)
        if row is None or row.state != RUNNING:
            raise NotFound(f"时限“{key}”没有在计时。")
        terms = change(worktime.Deadline.from_json(row.terms))
        self._write_terms(row, terms)
        return terms.due_at

    def _close(self, key: str, state: str) -> None:
        row = self._known.get(key)
        if row is not None and row.state == RUNNING:
            self._remember(row)
            row.state, row.closed_at = state, self._now
            self._note(row)

    def _write_terms(self, row: Entry, terms: worktime.Deadline) -> None:
        self._remember(row)
        row.terms, row.due_at, row.suspended = terms.to_json(), terms.due_at, terms.suspended
        row.calendar_revision = terms.calendar_revision
        self._note(row)

    def _remember(self, row: Entry) -> None:
        if row.id is not None and row.id not in self._originals:
            self._originals[row.id] = row, {name: getattr(row, name) for name in CHANGING}

    def undo(self) -> dict[str, Any]:
        """What restore() needs to put everything back as it was before this move; JSON."""
        changed = {
            str(id_): _told({name: value for name, value in values.items() if value != getattr(row, name)})
            for id_, (row, values) in self._originals.items()
        }
        if "_known" not in self.__dict__:  # nothing read, so nothing changed
            return {"changed": {}, "running": None}
        known = [row for row in self._known.values() if row is not None and row.id is not None]
        running = [row.id for row in known if row.state == RUNNING]
        return {"changed": changed, "running": running}

    def restore(self, undo: Mapping[str, Any]) -> None:
        """Put back what undo() told: what has begun since is void, what has changed since is as it was."""
        was_running = undo["running"]
        for row in self._known.values():
            if was_running is not None and row is not None and row.id not in was_running and row.state == RUNNING:
                row.state, row.closed_at = VOID, self._now
                self._note(row)
        writes = Writes()
        self.hand_over(writes)
        for id_, values in filter(lambda item: item[1], undo["changed"].items()):
            writes.change(_change, row=int(id_), **_read(values))
        writes.send()
        self.__dict__.pop("_known", None)

    def _note(self, row: Entry) -> None:
        if row not in self._changed:
            self._changed.append(row)

    def save(self) -> None:
        """Write what has changed since the last time."""
        writes = Writes()
        self.hand_over(writes)
        writes.send()

    def hand_over(self, writes: Writes) -> None:
        """Let what has changed since the last time be written with the rest."""
        for row in self._changed:
            values = {name: getattr(row, name) for name in CHANGING}
            if row.id is not None:
                writes.change(_change, row=row.id, **values)
            else:
                writes.add(Deadline, **values, **{name: getattr(row, name) for name in FIXED})
                self.__dict__.pop("_known", None)  # the database gives it an id: read again what is asked for again
        self._changed.clear()


def _told(values: dict[str, Any]) -> dict[str, Any]:
    """Moments as text."""
    moments = {name: values[name].isoformat() for name in MOMENTS if values.get(name)}
    return values | moments


def _read(values: dict[str, Any]) -> dict[str, Any]:
    """Moments from text."""
    moments = {name: datetime.fromisoformat(values[name]) for name in MOMENTS if values.get(name)}
    return values | moments


def _name(rule: DeadlineRule) -> str:
    """A deadline that one unit of several has alone, `checkin:housing`, says whose it is; one of a clue, which."""
    _, apart, owner = rule.key.partition(":")
    if not apart:
        return rule.name
    called = rule.owner or session.connection().scalar(_unit_name, {"code": owner})
    return f"{rule.name}（{called or owner}）"


def _by_key(rows: Answer) -> dict[str, Entry | None]:
    entries = (Entry(**dict(zip(_COLUMNS, row, strict=True))) for row in rows)
    return {entry.key: entry for entry in entries}
