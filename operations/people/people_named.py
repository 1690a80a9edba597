"""Whom an administrator names on a form: by username, or by a name that nobody else has."""

from sqlalchemy import select

from errors import InvalidForm
from models import User, session
from reference.people import post_names

WHO = "姓名或用户名；有重名的写用户名。"


def person_named(text: str, field: str) -> User:
    """Who has this username, or alone this name. Raises InvalidForm naming `field`, for somebody disabled too."""
    named = select(User).where((User.username == text) | (User.name == text))
    found = session.scalars(named.order_by(User.username != text, User.username).limit(6)).all()
    if not found:
        raise InvalidForm({field: f"没有姓名或用户名为“{text}”的人员。"})
    if len(found) > 1 and found[0].username != text:
        several = "、".join(f"{user.username}（{_home(user)}）" for user in found)
        raise InvalidForm({field: f"叫“{text}”的不止一人，请写用户名：{several}。"})
    if found[0].disabled:
        raise InvalidForm({field: f"{found[0].name}（{found[0].username}）已经停用；请先启用，或另写一人。"})
    return found[0]


def _home(user: User) -> str:
    return "、".join(post_names(post.key for post in user.posts).values()) or "没有岗位"
