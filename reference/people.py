"""Who somebody is, and what that lets them do."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models import HeldPost, Identity, Post, Unit, User, session

#: What each role may do besides the tasks of its own post. Everybody who holds a post may "work".
PERMISSIONS_OF_ROLE: dict[str, frozenset[str]] = {
    "window_clerk": frozenset({"register"}),
    "agent": frozenset({"register"}),
    "mailbox_clerk": frozenset({"register"}),
    "chief_rep": frozenset({"register"}),
    "dispatcher": frozenset({"see_all"}),
    "verifier": frozenset({"see_all"}),
    "visitor": frozenset({"see_all"}),
    "head": frozenset({"see_all"}),
    "supervisor": frozenset({"see_all", "clues"}),
}
ADMIN = frozenset({"work", "see_all", "operate", "clock"})

#: The channel a post registers cases of (XT-03, XT-07).
CHANNEL_OF_ROLE = {"window_clerk": "window", "agent": "hotline", "mailbox_clerk": "mailbox", "chief_rep": "chief_rep"}


def identity(user_id: int) -> Identity | None:
    """The person as they are now; None when they do not exist or are disabled."""
    with_posts = selectinload(User.posts).joinedload(Post.unit)
    user = session.scalar(select(User).where(User.id == user_id).options(with_posts))
    return None if user is None or user.disabled else identity_of(user)


def identity_of(user: User) -> Identity:
    posts = tuple(HeldPost(p.key, p.unit.code, p.unit.name, p.role, p.role_name) for p in user.posts)
    granted = ADMIN if user.is_admin else frozenset({"work"})
    granted = granted.union(*(PERMISSIONS_OF_ROLE.get(post.role, frozenset()) for post in posts))
    return Identity(user.id, user.username, user.name, posts, granted)


def post_name(key: str) -> str:
    """县自然资源局联络员, from `post:natural_resources:liaison`; the key itself when nobody knows it."""
    post = session.get(Post, key)
    return f"{post.unit.name}{post.role_name}" if post else key


def handling_units() -> Sequence[Unit]:
    """The units a case can be dispatched to (XT-23)."""
    return session.scalars(select(Unit).where(Unit.handles_cases).order_by(Unit.name)).all()
