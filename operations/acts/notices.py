"""Notices of a post are read once, by whoever holds it."""

from sqlalchemy import ColumnElement, select, update

from errors import NotFound
from models import Identity, Notice, now, session, transactional


@transactional
def mark_notices_read(*, by: Identity) -> None:
    session.execute(update(Notice).where(_new_to(by)).values(read_at=now()))


@transactional
def read_notice(notice_id: int, *, by: Identity) -> int:
    """One of them is read; the id of its case. Raises NotFound for a notice to somebody else."""
    case_id = session.scalar(select(Notice.case_id).where(Notice.id == notice_id, Notice.post.in_(by.post_keys)))
    if case_id is None:
        raise NotFound
    session.execute(update(Notice).where(Notice.id == notice_id, _new_to(by)).values(read_at=now()))
    return case_id


def _new_to(by: Identity) -> ColumnElement[bool]:
    return Notice.post.in_(by.post_keys) & Notice.read_at.is_(None)
