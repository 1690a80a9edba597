"""Units, posts and people on the administrator's pages."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import aliased

from config import ZONE
from errors import NotFound
from models import Draft, OrganisationChange, Post, PostChange, PostHolder, Substitution, Task, Unit, User, now, session
from models.task import IS_OPEN
from operations.people.substitution import period
from operations.people.units import KINDS
from queries.house.vacancies import IS_HELD
from queries.pages import Page, page_of
from reference.people import ADMINISTRATORS, post_names

LOG = 50  # rows on a page: the newest


@dataclass(frozen=True)
class UnitRow:
    """`depth` counts from the top of its county, 0."""

    code: str
    name: str
    depth: int
    kind: str
    handles_cases: bool
    successor: str  # name of who took it over; "" while it serves
    posts: int
    people: int
    vacant: int


@dataclass(frozen=True)
class Holder:
    username: str
    name: str
    disabled: bool


@dataclass(frozen=True)
class SubstitutionRow:
    """One that is not over. `words`: 孟超代黄志强，2026-03-12 至 2026-03-20."""

    id: int
    post: str  # unit:role
    words: str
    has_begun: bool


@dataclass(frozen=True)
class PostRow:
    """`waiting` tasks nobody has claimed; `is_vacant` when nobody holds it who may sign in."""

    post: str  # unit:role
    role: str
    name: str
    holders: Sequence[Holder]
    is_vacant: bool
    waiting: int
    substitutions: Sequence[SubstitutionRow]


@dataclass(frozen=True)
class LogRow:
    at: datetime  # local
    by: str
    what: str


@dataclass(frozen=True)
class UnitPage:
    unit: Unit
    kind: str
    parent: Unit | None
    successor: Unit | None
    below: Sequence[Unit]
    posts: Sequence[PostRow]
    log: Sequence[LogRow]


@dataclass(frozen=True)
class PersonRow:
    username: str
    name: str
    disabled: bool
    administrator: str  # what kind; mostly ""
    posts: Sequence[str]


@dataclass(frozen=True)
class PersonPage:
    """`claimed` open tasks, `drafts` kept. `alone` are the posts that would be vacant without this person."""

    user: User
    administrator: str  # what kind; mostly ""
    posts: Sequence[tuple[str, str, str]]  # unit:role, name, code of the unit
    alone: Collection[str]  # unit:role
    claimed: int
    drafts: int
    locked_until: datetime | None  # local
    substitutions: Sequence[tuple[str, SubstitutionRow]]  # with the name of the post
    log: Sequence[LogRow]


def units(search: str = "") -> list[UnitRow]:
    """The tree, each unit before those under it; with `search` those whose name or code has it."""
    found = session.scalars(select(Unit).order_by(Unit.name, Unit.code)).all()
    below: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in found:
        below[unit.parent_id].append(unit)
    names, counts = {unit.id: unit.name for unit in found}, _counts()
    rows: list[UnitRow] = []
    todo = [(unit, 0) for unit in reversed(below[None])]
    while todo:
        unit, depth = todo.pop()
        if search.lower() in f"{unit.name} {unit.code}".lower():
            number = counts.get(unit.id, (0, 0, 0))
            heir = names.get(unit.successor_id or 0, "")
            shown = 0 if search else depth
            rows.append(UnitRow(unit.code, unit.name, shown, KINDS[unit.kind], unit.handles_cases, heir, *number))
        todo += [(each, depth + 1) for each in reversed(below[unit.id])]
    return rows


def _counts() -> dict[int, tuple[int, int, int]]:
    """By unit how many posts, people and vacant posts it has."""
    people = (
        select(Post.unit_id, func.count(User.id.distinct()))
        .join(PostHolder, PostHolder.post_key == Post.key)
        .join(User, (User.id == PostHolder.user_id) & User.disabled.is_(False))
        .group_by(Post.unit_id)
    )
    posts = select(Post.unit_id, func.count(), func.count().filter(~IS_HELD)).group_by(Post.unit_id)
    number = dict(iter(session.execute(people)))
    return {unit: (count, number.get(unit, 0), vacant) for unit, count, vacant in session.execute(posts)}


def unit_page(code: str) -> UnitPage:
    """Raises NotFound."""
    unit = session.scalar(select(Unit).where(Unit.code == code))
    if unit is None:
        raise NotFound
    below = session.scalars(select(Unit).where(Unit.parent_id == unit.id).order_by(Unit.name, Unit.code)).all()
    parent, successor = (session.get(Unit, id_) if id_ else None for id_ in (unit.parent_id, unit.successor_id))
    posts = session.scalars(select(Post).where(Post.unit_id == unit.id).order_by(Post.key)).all()
    log = _changes(OrganisationChange.unit_id == unit.id) + _given(Post.unit_id == unit.id)
    return UnitPage(unit, KINDS[unit.kind], parent, successor, below, _post_rows(posts), _newest(log))


def post_row(unit: str, role: str) -> tuple[PostRow, str]:
    """A post and the name of its unit. Raises NotFound."""
    post = session.get(Post, f"post:{unit}:{role}")
    if post is None:
        raise NotFound
    return _post_rows([post])[0], post.unit.name


def _post_rows(posts: Sequence[Post]) -> list[PostRow]:
    keys = [post.key for post in posts]
    held = select(PostHolder.post_key, User.username, User.name, User.disabled)
    held = held.join(User, User.id == PostHolder.user_id).where(PostHolder.post_key.in_(keys))
    holders: dict[str, list[Holder]] = defaultdict(list)
    for key, username, name, disabled in session.execute(held.order_by(User.username)):
        holders[key].append(Holder(username, name, disabled))
    waiting = select(Task.post, func.count()).where(IS_OPEN, Task.inbox_key.in_(keys)).group_by(Task.post)
    number = dict(iter(session.execute(waiting)))
    substitutes = substitutions(Substitution.post_key.in_(keys))
    return [
        PostRow(
            post.key.removeprefix("post:"),
            post.role,
            post.role_name,
            holders[post.key],
            all(holder.disabled for holder in holders[post.key]),
            number.get(post.key, 0),
            substitutes[post.key],
        )
        for post in posts
    ]


def substitutions(which: ColumnElement[bool]) -> dict[str, list[SubstitutionRow]]:
    """By the key of the post, soonest first."""
    substitute, holder, moment = aliased(User), aliased(User), now()
    found = (
        select(Substitution, substitute.name, holder.name)
        .join(substitute, substitute.id == Substitution.user_id)
        .join(holder, holder.id == Substitution.holder_id)
        .where(which, ~Substitution.is_over, Substitution.to_at > moment)
        .order_by(Substitution.from_at, Substitution.id)
    )
    rows: dict[str, list[SubstitutionRow]] = defaultdict(list)
    for row, name, instead_of in session.execute(found):
        words = f"{name}代{instead_of}，{period(row.from_at, row.to_at)}"
        post = row.post_key.removeprefix("post:")
        rows[row.post_key].append(SubstitutionRow(row.id, post, words, row.from_at <= moment))
    return rows


def people(search: str = "", after: str | None = None, limit: int = 50) -> Page[PersonRow]:
    """By username, a page at a time; with `search` those whose name, username, unit or post has it."""
    found = select(User).order_by(User.username).limit(limit + 1)
    if search:
        found = found.where(_named(search))
    if after:
        found = found.where(User.username > after)
    page = page_of(session.scalars(found).all(), limit, lambda user: user.username)
    names = post_names(post.key for user in page.rows for post in user.posts)
    return Page([_person(user, names) for user in page.rows], page.next)


def _named(search: str) -> ColumnElement[bool]:
    place = (
        exists()
        .where(PostHolder.user_id == User.id, Post.key == PostHolder.post_key, Unit.id == Post.unit_id)
        .where((Unit.name + Post.role_name).icontains(search, autoescape=True))
    )
    return or_(User.name.contains(search, autoescape=True), User.username.icontains(search, autoescape=True), place)


def _person(user: User, names: Mapping[str, str]) -> PersonRow:
    posts = sorted(names[post.key] for post in user.posts)
    return PersonRow(user.username, user.name, user.disabled, ADMINISTRATORS.get(user.administrator, ""), posts)


def person_page(username: str) -> PersonPage:
    """Raises NotFound."""
    user = session.scalar(select(User).where(User.username == username).execution_options(populate_existing=True))
    if user is None:
        raise NotFound
    keys = sorted(post.key for post in user.posts)
    names = post_names(keys)
    posts = [(key.removeprefix("post:"), names[key], key.split(":")[1]) for key in keys]
    mine = select(func.count()).select_from(Task).where(IS_OPEN, Task.inbox_key == f"user:{user.id}")
    drafts = select(func.count()).select_from(Draft).where(Draft.user_id == user.id)
    log = _changes(OrganisationChange.user_id == user.id) + _given(PostChange.user_id == user.id)
    return PersonPage(
        user,
        ADMINISTRATORS.get(user.administrator, ""),
        posts,
        frozenset() if user.disabled else _held_alone(keys),
        session.scalar(mine) or 0,
        session.scalar(drafts) or 0,
        user.locked_until.astimezone(ZONE) if user.locked_until else None,
        _substitutions_of(user),
        _newest(log),
    )


def _substitutions_of(user: User) -> list[tuple[str, SubstitutionRow]]:
    found = substitutions((Substitution.user_id == user.id) | (Substitution.holder_id == user.id))
    names = post_names(found)
    return [(names[key], row) for key, rows in sorted(found.items()) for row in rows]


def _held_alone(keys: Iterable[str]) -> frozenset[str]:
    """Those of these posts that one person holds, of all who may sign in."""
    held = select(PostHolder.post_key).join(User, User.id == PostHolder.user_id)
    held = held.where(PostHolder.post_key.in_(keys), User.disabled.is_(False)).group_by(PostHolder.post_key)
    return frozenset(key.removeprefix("post:") for key in session.scalars(held.having(func.count() == 1)))


def _changes(which: ColumnElement[bool]) -> list[LogRow]:
    rows = session.scalars(select(OrganisationChange).where(which).order_by(OrganisationChange.id.desc()).limit(LOG))
    return [LogRow(row.at.astimezone(ZONE), row.by, row.what) for row in rows]


def _given(which: ColumnElement[bool]) -> list[LogRow]:
    """Posts that people were given or gave up."""
    found: Any = select(PostChange, Unit.name, Post.role_name, User.name).select_from(PostChange)
    found = found.join(Post).join(Unit).join(User, User.id == PostChange.user_id).where(which)
    return [
        LogRow(row.at.astimezone(ZONE), row.by, f"{person}{'担任' if row.given else '不再担任'}{unit}{role}")
        for row, unit, role, person in session.execute(found.order_by(PostChange.id.desc()).limit(LOG))
    ]


def _newest(rows: list[LogRow]) -> list[LogRow]:
    return sorted(rows, key=lambda row: row.at, reverse=True)[:LOG]
