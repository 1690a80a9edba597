"""Copies of a paper (抄送): whoever is printed is told and may read it; whoever cannot be told is not printed."""

from collections.abc import Iterable

from sqlalchemy import select

from handlers.cases import take_part
from handlers.context import CaseContext
from handlers.documents import organ
from handlers.notices import LEADERS, LIAISONS, tell
from models import CaseUnit, Post, Unit, session, unit_of
from models.case import COPIED
from models.succession import serving, serving_posts


def posts_to_copy(case: CaseContext, posts: object) -> list[str]:
    """Those of these posts that there are, as they are today, once each. A confidential case stays among the units
    that know of it (C-09). Names in words, which versions of before gave, reach nobody: none of them.
    """
    asked = [post for post in posts if isinstance(post, str)] if isinstance(posts, list) else []
    known = serving_posts(asked)
    found = list(dict.fromkeys(known[post] for post in asked if post in known))
    if not case.case.confidential:
        return found
    return [post for post in found if session.get(CaseUnit, (case.case.id, unit_of(post)))]


def named_copies(posts: Iterable[str], to: str) -> str:
    """匡山街道办事处、县自然资源局分管领导: a unit by its name, of the unit `to` itself the post."""
    return "、".join(dict.fromkeys(_name(post, serving(to)) for post in posts))


def send_copies(case: CaseContext, posts: Iterable[str], to: str, text: str) -> None:
    """A notice to each, but to those of the unit `to` who are told as addressees; each unit may read the case."""
    for post in posts:
        unit, role = session.execute(select(Unit.code, Post.role).join(Unit).where(Post.key == post)).one()
        if unit == serving(to) and role in LIAISONS + LEADERS:
            continue
        take_part(case, unit, COPIED)
        tell(case, [post], text)


def _name(post: str, to: str) -> str:
    found = select(Unit.code, Unit.name, Post.role_name).select_from(Post).join(Unit).where(Post.key == post)
    code, unit, role = session.execute(found).one()
    return f"{unit}{role}" if code == to else organ(code)
