"""Parameters and the working calendar, both with their history."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, UTCDateTime


class Parameter(Base):
    """A number or choice a manager may change, with the rule it comes from and whether the document says it."""

    __tablename__ = "parameter"

    key: Mapped[str] = mapped_column(primary_key=True)
    unit: Mapped[str]
    seed: Mapped[str]
    rule: Mapped[str]
    origin: Mapped[str]  # text | peer | inferred
    note: Mapped[str]
    editable_by: Mapped[str]


class ParameterValue(Base):
    """One value a parameter has had. The id is the revision; a case reads the newest value up to its own."""

    __tablename__ = "parameter_value"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(ForeignKey("parameter.key"), index=True)
    value: Mapped[Any] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by: Mapped[str]
    basis: Mapped[str] = mapped_column(default="")  # number of the document that allows a departure from the text


class CalendarEdition(Base):
    """The whole calendar as it stood after one edit. The id is the revision deadlines are computed with."""

    __tablename__ = "calendar_edition"

    id: Mapped[int] = mapped_column(primary_key=True)
    announcements: Mapped[dict[str, Any]] = mapped_column(JSON)  # as seeds/calendar_cn.json
    overrides: Mapped[list[Any]] = mapped_column(JSON)  # [day, is_workday, reason] of this county
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by: Mapped[str]
    reason: Mapped[str]


class HandledRequest(Base):
    """A request that has had its effect: the same one twice answers the same (P3)."""

    __tablename__ = "handled_request"

    id: Mapped[str] = mapped_column(primary_key=True)
    task_id: Mapped[str] = mapped_column(default="")
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
