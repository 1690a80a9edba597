"""Posts that somebody holds, as one may choose from them (转办、抄送)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from engine.forms import Choice
from models import Post, PostHolder, Unit, User, session


@dataclass(frozen=True)
class ChosenPost:
    """`holders` are the names of those who may sign in; none: the post is vacant."""

    key: str
    role: str
    role_name: str
    unit: str
    unit_name: str
    holders: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.unit_name}{self.role_name}"

    @property
    def choice(self) -> Choice:
        """县自然资源局经办人（黄志强）"""
        return Choice(self.key, f"{self.name}（{'、'.join(self.holders)}）")


def posts_where(which: ColumnElement[bool]) -> list[ChosenPost]:
    """By unit and post, vacant ones too."""
    held = PostHolder.__table__.c
    asked = (
        select(Post.key, Post.role, Post.role_name, Unit.code, Unit.name.label("unit_name"), User.name)
        .join(Unit, Unit.id == Post.unit_id)
        .outerjoin(PostHolder, held.post_key == Post.key)
        .outerjoin(User, (User.id == held.user_id) & User.disabled.is_(False))
        .where(which)
        .order_by(Unit.name, Unit.code, Post.key, User.name)
    )
    return [_post(list(rows)) for _, rows in groupby(session.execute(asked).all(), key=lambda row: row.key)]


def _post(rows: Sequence[Row[*tuple[Any, ...]]]) -> ChosenPost:
    """From one row a holder."""
    first, holders = rows[0], tuple(row.name for row in rows if row.name)
    return ChosenPost(first.key, first.role, first.role_name, first.code, first.unit_name, holders)


def choices_of(posts: Iterable[ChosenPost]) -> list[Choice]:
    return [post.choice for post in posts]
