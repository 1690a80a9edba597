"""What leaves the building (SMS, e-mail), and notices inside it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, false, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, UTCDateTime

WAITING, SENT, FAILED = "waiting", "sent", "failed"
_WAITING = text("state = 'waiting'")
_FAILED = text("state = 'failed'")
COPY = "copy"  # of a notice with which a colleague has sent a case to look at (抄送)
URGE = "urge"  # 催办, 督办
SIGN = "sign"  # an opinion is asked for (加签、委派)
_COPY = text("kind = 'copy'")
_FRESH = text("forwarded IS FALSE")
_UNREAD = text("read_at IS NULL")


class OutboxMessage(Base):
    """Written in the step's own transaction and delivered after it, at least once, under one idempotency key (P5)."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        Index("ix_outbox_waiting", "next_at", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index(None, "channel", "id"),
        Index("ix_outbox_failed", "id", sqlite_where=_FAILED, postgresql_where=_FAILED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[int | None] = mapped_column(ForeignKey("process_instance.id"), index=True)  # None: a digest
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # a colleague; None: whoever brought the case
    channel: Mapped[str]  # a key of gateways.CHANNELS
    recipient: Mapped[str]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    urgent: Mapped[bool] = mapped_column(server_default=false())  # quiet hours do not hold it
    idempotency_key: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default=WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(UTCDateTime)  # a lease moves it forward while one worker delivers
    outcome: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Notice(Base):
    """A notice in the inbox of a post; placing it there is delivery (C-04)."""

    __tablename__ = "notice"
    __table_args__ = (
        Index(None, "post", "id"),
        Index("ix_notice_copies", "post", "id", sqlite_where=_COPY, postgresql_where=_COPY),
        Index("ix_notice_unread", "post", sqlite_where=_UNREAD, postgresql_where=_UNREAD),
        Index("ix_notice_fresh", "at", sqlite_where=_FRESH, postgresql_where=_FRESH),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    post: Mapped[str]
    kind: Mapped[str] = mapped_column(server_default="")  # COPY, URGE, SIGN, or "": a plain notice
    text: Mapped[str]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    forwarded: Mapped[bool] = mapped_column(server_default=false())  # operations/ticking/forwarding.py has seen to it


#: Written out, for the partial indexes (models/task.py).
IS_FRESH = literal_column("notice.forwarded IS FALSE", Boolean())
IS_COPY = Notice.kind == literal_column(f"'{COPY}'")
