"""Whoever acts in a test, by the post they hold."""

from sqlalchemy import select

from models import HeldPost, Identity, Post, User, session
from reference.people import identity_of, permissions_of


def holder_of(post: str) -> Identity:
    """Somebody who holds just this post, e.g. "natural_resources:liaison"."""
    row = session.get_one(Post, f"post:{post}")
    user = session.scalar(select(User).join(User.posts).where(Post.key == row.key).order_by(User.id))
    held = HeldPost(row.key, row.unit.code, row.unit.name, row.role, row.role_name)
    permissions = frozenset({"work"}) | permissions_of(held.unit, held.role)
    return Identity(user.id if user else None, row.key, user.name if user else "无名氏", (held,), permissions)


def another_holder_of(post: str) -> Identity:
    """A colleague who comes to hold this post as well."""
    row = session.get_one(Post, f"post:{post}")
    colleague = User(username=f"colleague-{len(row.holders)}", name="新同事", password_hash="", posts=[row])
    session.add(colleague)
    session.commit()
    return identity_of(colleague)


def admin() -> Identity:
    """The system administrator."""
    return _administrator("system")


def keeper() -> Identity:
    """The security administrator: who keeps accounts and who holds which post."""
    return _administrator("security")


def _administrator(kind: str) -> Identity:
    return identity_of(session.scalars(select(User).where(User.administrator == kind)).one())


def person(username: str) -> Identity:
    """As they are at their own posts."""
    return identity_of(session.scalars(select(User).where(User.username == username)).one())
