"""The notes on a case (备注) as one person may read them, read from its history."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from config import ZONE
from models import HistoryEvent, Identity, session
from operations.acts.noting import NOTED, NOTED_SECRET, REMARK


@dataclass(frozen=True)
class Note:
    words: str
    who: str
    at: datetime  # local
    secret: bool  # for the holders of clues alone (XT-20)


def notes_of(instance_id: int, by: Identity, read: Callable[[str], str]) -> list[Note]:
    """Newest first. `read` covers in a text what this person may not know (S-04, C-09)."""
    kinds = (NOTED, NOTED_SECRET) if by.can("clues") else (NOTED,)
    mine = select(HistoryEvent).where(HistoryEvent.instance_id == instance_id, HistoryEvent.kind.in_(kinds))
    return [
        Note(read(text), row.actor, row.at.astimezone(ZONE), row.kind == NOTED_SECRET)
        for row in session.scalars(mine.order_by(HistoryEvent.revision.desc()))
        for kind, text, _ in row.notes
        if kind == REMARK
    ]
