"""Which unit does a unit's work today: itself, or who took it over when it was abolished (people/abolition.py).

Asked every time: a unit is abolished by another process than the one that dispatches.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, select

from models.db import session
from models.organisation import Post, Unit, post_key
from models.trips import read

_posts, _units = Post.__table__, Unit.__table__
_heirs = _units.alias("heir")
_with_heirs = _units.outerjoin(_heirs, _units.c.successor_id == _heirs.c.id)
_of_unit = select(_heirs.c.code).select_from(_with_heirs).where(_units.c.code == bindparam("unit"))
_with_heir = select(_posts.c.key, _posts.c.role, _heirs.c.code).select_from(
    _posts.join(_with_heirs, _posts.c.unit_id == _units.c.id)
)
_of_post = _with_heir.where(_posts.c.key == bindparam("posts"))
_of_posts = _with_heir.where(_posts.c.key.in_(bindparam("posts", expanding=True)))


def serving(code: str) -> str:
    """The code of the unit that took this one's work over, else the same code."""
    return session.connection().scalar(_of_unit, {"unit": code}) or code


def serving_posts(keys: Collection[str]) -> dict[str, str]:
    """Of these posts those that there are, each with the post that does its work: itself, or that of the same role of
    the unit that took over.
    """
    rows: Iterable[Sequence[Any]] = ()
    if len(keys) == 1:
        rows = read(session.connection(), _of_post, {"posts": next(iter(keys))})
    elif keys:
        rows = session.connection().execute(_of_posts, {"posts": keys})
    return {key: post_key(heir, role) if heir else key for key, role, heir in rows}
