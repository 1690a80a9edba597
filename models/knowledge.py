"""What people are told: the entries of the knowledge base (知识库), and the phrases (常用语) that officials keep."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, UTCDateTime


class KnowledgeEntry(Base):
    """An entry of one county; what it says stands in its versions."""

    __tablename__ = "knowledge_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    county: Mapped[str] = mapped_column(index=True)  # the code of its top unit
    version: Mapped[int]  # the number of the newest
    request: Mapped[str | None] = mapped_column(unique=True)  # a double click writes one (P3)
    case_id: Mapped[int | None] = mapped_column(unique=True)  # the closed case that it was made from


class KnowledgeVersion(Base):
    """What an entry said from `at` on. Rows are only ever added."""

    __tablename__ = "knowledge_version"
    __table_args__ = (UniqueConstraint("entry_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("knowledge_entry.id"))
    number: Mapped[int]
    title: Mapped[str]
    question: Mapped[str]
    answer: Mapped[str]
    unit: Mapped[str]  # code of who answers for it; "": nobody in particular
    clause: Mapped[str]  # what it rests on, as people write it: 《居住证暂行条例》第九条
    valid_until: Mapped[date | None]  # the last day; None: until it is changed
    withdrawn: Mapped[bool]  # offered to nobody any more
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class Phrase(Base):
    """A phrase of one person's (`unit` is ""), or of everybody's in a unit."""

    __tablename__ = "phrase"
    __table_args__ = (Index(None, "user_id"), Index(None, "unit"))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))  # whose it is, or who wrote the unit's
    unit: Mapped[str]
    text: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
