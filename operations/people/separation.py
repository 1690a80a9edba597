"""三员分立 (S-01): two of the three administrators handle no case, at no post of their own and in nobody's place."""

from collections.abc import Collection

from sqlalchemy import select

from models import Substitution, User, session
from reference.people import ADMINISTRATORS, WITHOUT_POSTS


def why_no_post(administrator: str, posts: Collection[str]) -> str:
    """Why one of ADMINISTRATORS cannot be at these posts, in a sentence; "" when they can, or there are none."""
    if administrator not in WITHOUT_POSTS or not posts:
        return ""
    return f"{ADMINISTRATORS[administrator]}不办理业务，不能担任、代理岗位（三员分立，S-01）。"


def posts_of(user: User) -> list[str]:
    """Their keys: those the user holds, and where they stand in for somebody, now or later."""
    stood_in = select(Substitution.post_key).where(Substitution.user_id == user.id, ~Substitution.is_over)
    return [*(post.key for post in user.posts), *session.scalars(stood_in)]
