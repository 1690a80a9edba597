"""What a handler may know of the case it works for."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from models import Case, Identity, ProcessInstance


class Deadlines(Protocol):
    """The running deadlines of the case; `operations/gate/deadlines.py` keeps them."""

    def due(self, key: str) -> datetime | None: ...
    def due_after(self, length: dict[str, Any], start: datetime) -> datetime: ...
    def workdays_late(self, due_at: datetime, moment: datetime) -> int: ...
    def extend(self, key: str, workdays: int, clauses: tuple[str, ...] = (), why: str = "") -> datetime: ...
    def suspend(self, key: str) -> None: ...
    def resume(self, key: str) -> datetime: ...
    def reopen(self, key: str, along: Sequence[str] = ()) -> dict[str, datetime]: ...
    def undo_point(self) -> Callable[[], None]: ...


@dataclass(frozen=True)
class Elsewhere:
    """A row for the history of another case, which this move holds locked."""

    instance: ProcessInstance
    kind: str
    name: str
    notes: list[list[str]]


@dataclass
class CaseContext:
    """One case during one move. `notes` gather what the history row of this move will say, `elsewhere` what others will
    say of it.
    """

    case: Case
    instance: ProcessInstance
    now: datetime
    by: Identity
    deadlines: Deadlines
    scheme: str
    county: Callable[[], str] = str  # asks for the code of the county's top unit; "" where none is known
    notes: list[list[str]] = field(default_factory=list)
    joined: dict[str, str | None] = field(default_factory=dict)  # unit: what it was in the case before, None: nothing
    elsewhere: list[Elsewhere] = field(default_factory=list)
    messages: int = 0
    clauses: tuple[str, ...] = ()  # of the service task that asks now

    def note(self, kind: str, text: str, element: str = "") -> None:
        """Say something in the history row of this move; `element` is what it speaks of, so that it can be hidden."""
        self.notes.append([kind, text, element])

    def tell_elsewhere(self, instance: ProcessInstance, kind: str, name: str, notes: list[list[str]]) -> None:
        """Say it in a history row of that case, whose lock this move has."""
        self.elsewhere.append(Elsewhere(instance, kind, name, notes))

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """What a handler has said, sent and moved before it raised is undone, as its rows are."""
        notes, elsewhere, messages = len(self.notes), len(self.elsewhere), self.messages
        undo_deadlines = self.deadlines.undo_point()
        try:
            yield
        except Exception:
            del self.notes[notes:]
            del self.elsewhere[elsewhere:]
            self.messages = messages
            undo_deadlines()
            raise

    def idempotency_key(self) -> str:
        """Of the next message that leaves the building: case, step, place in the step (P5)."""
        self.messages += 1
        return f"{self.instance.id}:{self.instance.revision + 1}:{self.messages}"
