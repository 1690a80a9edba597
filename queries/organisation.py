"""Units, posts and people as those who run the house see them."""

from sqlalchemy import select

from models import Post, Unit, session


def vacant_posts() -> list[tuple[str, str]]:
    """Posts that nobody holds: unit:role, and the name. Tasks for them would wait for nobody."""
    rows = select(Post.key, Unit.name, Post.role_name).join(Unit).where(~Post.holders.any()).order_by(Post.key)
    return [(key.removeprefix("post:"), f"{unit}{role}") for key, unit, role in session.execute(rows)]
