"""What the audit administrator reads (S-01). We only ever add rows; the ticker seals each after the one before."""

import json
from datetime import UTC, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, UTCDateTime
from models.secret import keyed

SEALED = ("id", "kind", "actor", "user_id", "about_id", "what", "address", "place")


class AuditEvent(Base):
    """One sign-in, one change of somebody's rights, one look at personal data, one list that was taken away, one
    setting that was changed."""

    __tablename__ = "audit_event"
    __table_args__ = (Index(None, "at", "id"), Index(None, "place", unique=True))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    kind: Mapped[str]  # a key of operations.gate.audit.KINDS
    actor: Mapped[str]  # name as it was then, or how the username began that nobody has
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)  # who did it
    about_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)  # whose account it is about
    what: Mapped[str]  # a sentence
    address: Mapped[str]  # of the network; "" where nobody sat at a browser
    place: Mapped[int | None]  # in the chain, from 1; None until the ticker has sealed it
    seal: Mapped[str | None]

    def seal_after(self, previous: str) -> str:
        """Of what the row says, after the seal of the row before."""
        moment = self.at.astimezone(UTC).isoformat(timespec="milliseconds")
        words = [moment, *(getattr(self, name) for name in SEALED)]
        return keyed(previous + json.dumps(words, ensure_ascii=False, separators=(",", ":")))
