"""Units, the posts in them, and the people who hold the posts."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, SelectBase, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.db import Base, UTCDateTime

#: A township or street, a department or a bureau of a higher level, the office of an industrial park.
UNIT_KINDS = ("township", "department", "park")
USUAL_KIND = "department"


class Unit(Base):
    """A unit of the county: a bureau, a township, an office. `code` is what diagrams call it."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    handles_cases: Mapped[bool] = mapped_column(default=True)  # offered as a handling unit (XT-23)
    kind: Mapped[str] = mapped_column(default=USUAL_KIND)  # what documents tell apart: one of UNIT_KINDS (YL-A2)
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))  # who took its work over: it is abolished

    posts: Mapped[list["Post"]] = relationship(back_populates="unit")


def beneath(tops: SelectBase) -> Select[Any]:
    """The codes of these units (a query for id and code) and of all that stand under them: a query to be part of
    another one, no list that ages.
    """
    units = Unit.__table__.c  # without names: two of them may stand in one statement
    county = tops.cte(recursive=True)
    county = county.union(select(units.id, units.code).join(county, units.parent_id == county.c.id))
    return select(county.c.code)


def post_key(unit: str, role: str) -> str:
    """What tasks wait for; `post(unit, role)` on a diagram."""
    return f"post:{unit}:{role}"


def unit_of(post: str) -> str:
    """The code of the unit in a post_key()."""
    return post.split(":")[1]


class Post(Base):
    """A post of a unit. Its key is post_key() of both."""

    __tablename__ = "post"

    key: Mapped[str] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    role: Mapped[str]
    role_name: Mapped[str]

    unit: Mapped[Unit] = relationship(back_populates="posts")
    holders: Mapped[list["User"]] = relationship(secondary="post_holder", back_populates="posts")


class User(Base):
    """A person who signs in."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    administrator: Mapped[str] = mapped_column(default="")  # system, security or audit: one at most (S-01)
    disabled: Mapped[bool] = mapped_column(default=False)
    failed_logins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    must_change: Mapped[bool] = mapped_column(default=False)  # somebody else has set the password, and knows it

    posts: Mapped[list[Post]] = relationship(secondary="post_holder", back_populates="holders", lazy="selectin")


class PostChange(Base):
    """That somebody was given a post or gave it up: when, and by whom. Rows are only ever added."""

    __tablename__ = "post_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    post_key: Mapped[str] = mapped_column(ForeignKey("post.key"))
    given: Mapped[bool]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by: Mapped[str]


class OrganisationChange(Base):
    """What else was done to a unit or an account: when, and by whom. Rows are only ever added."""

    __tablename__ = "organisation_change"
    __table_args__ = (Index(None, "unit_id", "id"), Index(None, "user_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    what: Mapped[str]  # a sentence
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by: Mapped[str]


class PostHolder(Base):
    __tablename__ = "post_holder"

    post_key: Mapped[str] = mapped_column(ForeignKey("post.key"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, index=True)


class Substitution(Base):
    """That somebody stands in for the holder of a post for a time (代理): from the first moment to before the last."""

    __tablename__ = "substitution"
    __table_args__ = (Index(None, "user_id"), Index(None, "post_key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    post_key: Mapped[str] = mapped_column(ForeignKey("post.key"))
    holder_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    from_at: Mapped[datetime] = mapped_column(UTCDateTime)
    to_at: Mapped[datetime] = mapped_column(UTCDateTime)
    is_over: Mapped[bool] = mapped_column(default=False)  # what was claimed in it has gone back
