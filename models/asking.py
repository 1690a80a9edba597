"""Who asks for a case by number and query code, and errs."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, UTCDateTime


class PublicAct(Base):
    """Something a visitor without an account has handed in; so many an hour from one address (S-01).

    `token` is of the question that was answered for it: one answer serves once.
    """

    __tablename__ = "public_act"
    __table_args__ = (Index("ix_public_act_address_at", "address", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str]  # of the visitor
    token: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class WrongQuery(Base):
    """One wrong answer on the page /query, or wrong code of a meeting. All web processes count them together.

    What counts no more goes when somebody errs next.
    """

    __tablename__ = "wrong_query"
    __table_args__ = (Index("ix_wrong_query_address_at", "address", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str]  # of the visitor; at a meeting, meeting:user:<id>
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
