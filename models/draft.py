"""Forms that somebody has begun and not handed in."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, UTCDateTime


class Draft(Base):
    """What somebody has typed so far, unchecked (存草稿). Its writer's alone: every query on it asks for the user.

    It is of a task (`task_id`; with `action`, of the form of that event on the task) or of a registration (`flow`).
    What does not apply is "", so that the database holds it to one draft a form.
    """

    __tablename__ = "draft"
    __table_args__ = (
        UniqueConstraint("user_id", "task_id", "action", "flow"),
        Index(None, "user_id", "at", "id"),
        Index(None, "task_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    task_id: Mapped[str] = mapped_column(default="")
    action: Mapped[str] = mapped_column(default="")  # element id of the event
    flow: Mapped[str] = mapped_column(default="")
    name: Mapped[str]  # what users call the form: 办理, 申请延期, 登记
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
