"""Filters of the inbox that somebody comes back to."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, UTCDateTime


class SavedView(Base):
    """A box of the inbox narrowed as queries/boxes/narrowing.py says, under a name. Its owner's alone: every query on
    it asks for the user. "" where the list is not narrowed.
    """

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("user_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    name: Mapped[str]
    box: Mapped[str]
    flow: Mapped[str] = mapped_column(default="")
    light: Mapped[str] = mapped_column(default="")
    held: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime)
