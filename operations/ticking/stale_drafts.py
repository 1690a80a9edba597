"""Drafts that nobody has gone on with end: what was typed may hold a reporter's data, and is kept for no purpose."""

from typing import Any

from sqlalchemy import delete, select

from models import Draft, now_and, session, transactional
from reference.keeping import keeping
from reference.parameters import NEWEST

AT_ONCE = 500


@transactional
def drop_stale_drafts() -> int:
    """Throw away drafts whose time is over (a step of the ticker). Returns how many. The box of drafts has told their
    writers of it (queries/boxes/drafts.py); one that is saved again meanwhile stays.
    """
    moment, revision = now_and(NEWEST)
    kept = keeping(revision)
    limit = kept.saved_before(moment) if kept else None
    if limit is None:
        return 0
    stale = session.scalars(select(Draft.id).where(Draft.at < limit).limit(AT_ONCE)).all()
    if not stale:
        return 0
    gone: Any = session.execute(delete(Draft).where(Draft.id.in_(stale), Draft.at < limit))
    return int(gone.rowcount)
