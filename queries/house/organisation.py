"""Units, posts and people as those who run the house see them."""

from sqlalchemy import select

import engine
from config import ZONE
from models import Post, PostChange, Unit, User, session
from reference import definitions
from reference.counties import is_at_home
from reference.people import all_posts


def vacant_posts() -> list[tuple[str, str]]:
    """Posts that nobody holds: unit:role, and the name. Tasks for them would wait for nobody."""
    rows = select(Post.key, Unit.name, Post.role_name).join(Unit).where(~Post.holders.any()).order_by(Post.key)
    return [(key.removeprefix("post:"), f"{unit}{role}") for key, unit, role in session.execute(rows)]


def posts_flows_lack() -> list[str]:
    """The posts that the flows in use name and no unit has, each with who asks for it first: a case that comes there
    would wait for nobody (P7). Of flows whose county is here; before there are any posts, none.
    """
    known, retired = all_posts(), definitions.retired()
    asked: dict[str, list[str]] = {}
    for row in definitions.newest_of_each() if known else ():
        if row.key not in retired and is_at_home(definitions.definition(row.id).units):
            for lack in engine.lacking_posts(row.key, definitions.files(row.id), known):
                asked.setdefault(lack.post, []).append(f"“{row.name}”{lack.where}")
    return [_lacking(post, places) for post, places in sorted(asked.items())]


def _lacking(post: str, places: list[str]) -> str:
    name = post if ":" in post else f"{post}（各单位都没有）"
    more = f"等{len(places)}处" if len(places) > 1 else ""
    return f"{name}：{places[0].removesuffix('用到')}{more}"


def post_changes(username: str) -> list[str]:
    """Which posts somebody was given or gave up, oldest first, a line each."""
    rows = select(PostChange, Unit.name, Post.role_name).select_from(PostChange).join(Post).join(Unit)
    rows = rows.join(User, User.id == PostChange.user_id).where(User.username == username).order_by(PostChange.id)
    return [
        f"{change.at.astimezone(ZONE):%Y-%m-%d %H:%M} {change.by}{'给予' if change.given else '收回'}{unit}{role}"
        for change, unit, role in session.execute(rows)
    ]
