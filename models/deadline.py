"""The deadlines of a case, each a row with everything its explanation needs."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, UTCDateTime

#: It runs, late or not; was met; ran out and its step went on without it (XT-A1); stopped counting (XT-A5).
RUNNING, MET, MISSED, VOID = "running", "met", "missed", "void"
_RUNNING = text("state = 'running'")


class Deadline(Base):
    """A named deadline. One with the same key may follow when this one has ended (a rework, a new unit).

    `terms` is worktime.Deadline as JSON. It stays `running` when its moment passes: late is not over.
    """

    __tablename__ = "deadline"
    __table_args__ = (
        Index(None, "case_id", "state"),
        Index("ix_deadline_counted", "calendar_revision", sqlite_where=_RUNNING, postgresql_where=_RUNNING),
        Index("ix_deadline_running", "due_at", "id", sqlite_where=_RUNNING, postgresql_where=_RUNNING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    key: Mapped[str]
    name: Mapped[str]  # what a user calls it: the name of the element that declares it
    element: Mapped[str]
    clauses: Mapped[str]
    terms: Mapped[dict[str, Any]] = mapped_column(JSON)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    suspended: Mapped[bool] = mapped_column(default=False)
    calendar_revision: Mapped[int]  # of the edition it was last counted on
    state: Mapped[str] = mapped_column(default=RUNNING)
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def on_time(self) -> bool | None:
        """Whether it was met in time; None while that is open or when it was voided (C-08)."""
        if self.state == MET and self.closed_at:
            return self.closed_at <= self.due_at
        return False if self.state == MISSED else None


#: Written out, as in models/task.py: a planner takes the partial index only where it can read the word.
IS_RUNNING = Deadline.state == literal_column(f"'{RUNNING}'")
