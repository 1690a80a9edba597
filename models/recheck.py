"""Closed cases drawn by lot to be looked at again (回头看), and what was found."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, UTCDateTime

#: What was reported is true, or is not.
TRUE, UNTRUE = "true", "untrue"


class RecheckDraw(Base):
    """One draw, never changed: with the seed anybody can draw the same cases from the same period again."""

    __tablename__ = "recheck_draw"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit: Mapped[str]  # whose draw it is: cases are of its county
    since: Mapped[date]
    until: Mapped[date]  # the last day, inclusive
    total: Mapped[int]  # how many cases the period had
    seed: Mapped[str]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by: Mapped[str]
    request: Mapped[str | None] = mapped_column(unique=True)  # a double click draws once (P3)


class Recheck(Base):
    """A case of a draw. What was found is said once."""

    __tablename__ = "recheck"
    __table_args__ = (UniqueConstraint("draw_id", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("recheck_draw.id"))
    place: Mapped[int]  # in the draw, from 1
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    finding: Mapped[str | None]  # TRUE | UNTRUE
    words: Mapped[str] = mapped_column(default="")
    by: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime | None] = mapped_column(UTCDateTime)
