"""Units, posts and people as those who run the house see them."""

from sqlalchemy import select

from config import ZONE
from models import Post, PostChange, Unit, User, session


def vacant_posts() -> list[tuple[str, str]]:
    """Posts that nobody holds: unit:role, and the name. Tasks for them would wait for nobody."""
    rows = select(Post.key, Unit.name, Post.role_name).join(Unit).where(~Post.holders.any()).order_by(Post.key)
    return [(key.removeprefix("post:"), f"{unit}{role}") for key, unit, role in session.execute(rows)]


def post_changes(username: str) -> list[str]:
    """Which posts somebody was given or gave up, oldest first, a line each."""
    rows = select(PostChange, Unit.name, Post.role_name).select_from(PostChange).join(Post).join(Unit)
    rows = rows.join(User, User.id == PostChange.user_id).where(User.username == username).order_by(PostChange.id)
    return [
        f"{change.at.astimezone(ZONE):%Y-%m-%d %H:%M} {change.by}{'给予' if change.given else '收回'}{unit}{role}"
        for change, unit, role in session.execute(rows)
    ]
