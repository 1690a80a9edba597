"""Notices of a post are read once, by whoever holds it."""

from sqlalchemy import update

from models import Identity, Notice, now, session, transactional


@transactional
def mark_notices_read(*, by: Identity) -> None:
    mine = (Notice.post.in_(by.post_keys)) & Notice.read_at.is_(None)
    session.execute(update(Notice).where(mine).values(read_at=now()))
