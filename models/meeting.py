"""Meetings (联席会议, 会办, 1+X 会商): what is to be discussed, when and where, who was asked and who came (CA-07)."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, UTCDateTime

#: Outcomes of a topic; "": not yet.
SETTLED, PUT_OFF = "settled", "put_off"
#: What an invited unit has answered; "": nothing.
COMES, ON_LEAVE = "comes", "leave"


class Meeting(Base):
    """A meeting that has been called, or that was held without one being called here."""

    __tablename__ = "meeting"
    __table_args__ = (Index(None, "meets_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]  # joint | session | one_plus_x
    post: Mapped[str] = mapped_column(index=True)  # whoever keeps it: the secretary; "": nobody here
    meets_at: Mapped[datetime] = mapped_column(UTCDateTime)
    has_time: Mapped[bool]  # otherwise only the day is known
    place: Mapped[str]
    code: Mapped[str]  # six digits to sign in with; "": it was not called here
    called_by: Mapped[str]
    called_at: Mapped[datetime] = mapped_column(UTCDateTime)


class AgendaItem(Base):
    """A topic: what a case asks a meeting to settle. Put off, it stays where it was, and a new row goes on."""

    __tablename__ = "agenda_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)  # None: it waits for one
    kind: Mapped[str]
    post: Mapped[str] = mapped_column(index=True)  # who shall call the meeting; "": nobody here
    topic: Mapped[str]
    units: Mapped[list[str]] = mapped_column(JSON)  # the codes of those who are asked to come for it
    paper: Mapped[str]  # number of the 会议通知; "": nobody was written to
    raised_at: Mapped[datetime] = mapped_column(UTCDateTime)
    outcome: Mapped[str]
    minutes: Mapped[str]  # number of the minutes
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class MeetingSeat(Base):
    """A unit that is asked to a meeting, and what it has answered."""

    __tablename__ = "meeting_seat"
    __table_args__ = (Index(None, "unit"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[str]
    reason: Mapped[str]
    deputy: Mapped[str]  # who comes instead
    answered_by: Mapped[str]
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class SignIn(Base):
    """Somebody came, and sat there for a unit. The first time counts."""

    __tablename__ = "meeting_sign_in"
    __table_args__ = (UniqueConstraint("meeting_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    unit: Mapped[str]
    name: Mapped[str]
    post_name: Mapped[str]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
