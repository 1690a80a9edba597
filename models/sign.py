"""Colleagues asked about a task before it is completed (加签、委派), and what is handed in meanwhile."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, literal_column, or_, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.case import Case
from models.db import Base, UTCDateTime
from models.task import ASKED, LATER, Task

BEFORE, PARALLEL, AFTER, DELEGATED = "before", "parallel", "after", "delegated"
#: A sign that is LATER is asked when the form is handed in; VOID: the task has ended without it.
ANSWERED, WITHDRAWN, VOID = "answered", "withdrawn", "void"
#: Those that a task waits for.
PENDING = (LATER, ASKED)
_ASKED = text("state = 'asked'")


class TaskSign(Base):
    """One post asked about one task. The engine knows nothing of it: only completing the task waits.

    It has no deadline of its own: the task's runs on, and is the one that its lights show.
    """

    __tablename__ = "task_sign"
    __table_args__ = (
        Index("ix_task_sign_post", "post", sqlite_where=_ASKED, postgresql_where=_ASKED),
        Index(None, "task_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[str] = mapped_column(ForeignKey("task.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str]  # BEFORE | PARALLEL | AFTER | DELEGATED
    state: Mapped[str]
    post: Mapped[str]  # who is asked
    question: Mapped[str]
    asked_by: Mapped[str]  # name and unit as they were then
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    answer: Mapped[str] = mapped_column(default="")
    agrees: Mapped[bool | None]  # AFTER only
    answered_by: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def is_pending(self) -> bool:
        return self.state in PENDING

    task: Mapped[Task] = relationship(viewonly=True)
    case: Mapped[Case] = relationship(viewonly=True)


class HeldForm(Base):
    """The form of a task as its holder handed it in, while PARALLEL and AFTER signs are out. It goes when the task is
    completed with it, is taken back, or ends.
    """

    __tablename__ = "held_form"

    task_id: Mapped[str] = mapped_column(ForeignKey("task.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by: Mapped[str]
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UTCDateTime)


#: Written out, for the partial index (models/task.py).
IS_PENDING = or_(*(TaskSign.__table__.c.state == literal_column(f"'{state}'") for state in PENDING))
IS_ASKED = TaskSign.state == literal_column(f"'{ASKED}'")
