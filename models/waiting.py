"""What an instance waits for besides people. Rows exist only while it waits."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, UTCDateTime


class Timer(Base):
    __tablename__ = "timer"

    id: Mapped[str] = mapped_column(primary_key=True)  # the engine's id of the waiting event
    instance_id: Mapped[int] = mapped_column(ForeignKey("process_instance.id"), index=True)
    element: Mapped[str]
    deadline_key: Mapped[str | None]
    due_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


#: Kinds of incident that a corrected diagram, table or form can mend.
MENDABLE = frozenset({"step", "post"})


class Incident(Base):
    """Something failed and waits for an operator: a step, an outbox row, or a whole quarantined case."""

    __tablename__ = "incident"

    id: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("process_instance.id"), index=True)
    kind: Mapped[str]  # step | post | outbox | quarantine | calendar
    ref: Mapped[str]  # the engine's task id, the outbox row's id, or ""
    element: Mapped[str]
    message: Mapped[str]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    resolved_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
