"""Long work that a page asks for and does not wait for."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, UTCDateTime

WAITING, PAUSED, DONE, FAILED, STOPPED = "waiting", "paused", "done", "failed", "stopped"


class Job(Base):
    """Done piece by piece by the ticker (operations/ticking/jobs.py); `progress` is where the next piece begins."""

    __tablename__ = "job"
    __table_args__ = (Index(None, "state", "id"), Index(None, "kind", "subject"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]  # whoever does it has registered under this name
    subject: Mapped[str]  # what it is about, as the kind writes it: "draft:7"
    asked: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(default=WAITING)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    progress: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    result: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    problem: Mapped[str] = mapped_column(default="")  # why it failed, in words
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UTCDateTime)  # until then one worker has it
