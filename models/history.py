"""What happened, by whom, when. Rows are only ever added, and each seals the one before (C-02)."""

import json
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, UTCDateTime, session
from models.secret import keyed


class HistoryEvent(Base):
    """One move of a case: one row a revision."""

    __tablename__ = "history_event"
    __table_args__ = (UniqueConstraint("instance_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("process_instance.id"))
    revision: Mapped[int]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    kind: Mapped[str]  # started | completed | message | timer | retried | claimed | …
    actor: Mapped[str]  # name and unit as they were then
    element: Mapped[str | None]
    name: Mapped[str]
    #: What the engine passed in this move, in order: [[element, outcome], …]
    path: Mapped[list[Any]] = mapped_column(JSON)
    #: What else it did: tasks opened and withdrawn, deadlines, documents, incidents.
    notes: Mapped[list[Any]] = mapped_column(JSON)
    seal: Mapped[str]

    def seal_after(self, previous: str) -> str:
        return seal(previous, {name: getattr(self, name) for name in SEALED})


SEALED = ("instance_id", "revision", "at", "kind", "actor", "element", "name", "path", "notes")


def seal(previous: str, event: dict[str, Any]) -> str:
    """Of the values of one row, after the seal of the row before."""
    moment = event["at"].astimezone(UTC).isoformat(timespec="milliseconds")
    words = [moment if name == "at" else event[name] for name in SEALED]
    text = previous + json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    return keyed(text)


_last_seal = (
    select(HistoryEvent.__table__.c.seal)
    .where(HistoryEvent.__table__.c.instance_id == bindparam("instance"))
    .order_by(HistoryEvent.__table__.c.revision.desc())
    .limit(1)
)


def previous_seal(instance_id: int) -> str:
    return session.connection().scalar(_last_seal, {"instance": instance_id}) or ""


def broken_links(instance_id: int) -> list[int]:
    """Revisions whose seal does not follow from the row before; empty when nobody has touched the history."""
    return broken_links_of([instance_id]).get(instance_id, [])


def broken_links_of(instances: Collection[int]) -> dict[int, list[int]]:
    """The same of several histories, in one statement: those somebody has touched, with these revisions."""
    previous: dict[int, str] = {}
    broken: dict[int, list[int]] = {}
    rows = select(HistoryEvent).where(HistoryEvent.instance_id.in_(instances))
    for row in session.scalars(rows.order_by(HistoryEvent.instance_id, HistoryEvent.revision)):
        if row.seal != row.seal_after(previous.get(row.instance_id, "")):
            broken.setdefault(row.instance_id, []).append(row.revision)
        previous[row.instance_id] = row.seal
    return broken
