"""Who somebody is, and what that lets them do."""

import hashlib
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, String, bindparam, null, select, type_coerce, union_all

from models import (
    HeldPost,
    Identity,
    Post,
    PostHolder,
    Substitution,
    Unit,
    User,
    clock_of,
    db,
    moment_of,
    session,
)
from models.db import UTCDateTime
from models.trips import read_first

#: What a post may do besides its own tasks, by unit and role: a bureau may name a post of its own like one of these,
#: and must not read clues about itself for that. Everybody who holds a post may "work". Who watches has the desk for it
#: (督查台); clues are for supervision alone.
OFFICE = frozenset({"see_all"})
WATCH = OFFICE | {"supervise"}
SUPERVISION = WATCH | {"clues"}
#: Of each county the office that answers for what its people are told: it writes the knowledge base.
WRITER = frozenset({"knowledge"})
PERMISSIONS_OF_POST: dict[str, frozenset[str]] = {
    "task_force:dispatcher": OFFICE | WRITER,
    "task_force:verifier": OFFICE,
    "task_force:visitor": OFFICE,
    "task_force:head": WATCH,
    "supervision_office:supervisor": SUPERVISION,
    "tz_whistle_office:dispatcher": WATCH | WRITER,
    "tz_whistle_office:head": WATCH,
    "tz_district_head:head": OFFICE,
    "tz_efficiency:supervisor": SUPERVISION,
    "campaign_office:campaign_clerk": SUPERVISION | WRITER,
    "campaign_office:campaign_director": SUPERVISION,
    "district_gov:district_leader": SUPERVISION,
    "service_center:staff_reviewer": OFFICE,
    "service_center:visitor": OFFICE,
    "xx_data:order_dispatcher": OFFICE,
    "xx_data:reviewer": OFFICE | WRITER,
    "xx_data:visitor": OFFICE,
    "xx_data:supervisor_l1": WATCH,
    "xx_data:duty_head": OFFICE,
    "xx_supervision:supervisor": SUPERVISION,
    "xx_government:county_leader": WATCH,
    "yl_whistle_office:whistle_officer": SUPERVISION | WRITER,
    "yl_whistle_office:head": WATCH,
    "yl_discipline:discipline_officer": SUPERVISION,
}
#: What a post of this role may do, in whatever unit it is, for the flows of its county: change drafts of them; let
#: others' drafts into use and set what runs, for which they look at the cases that run.
PERMISSIONS_OF_ROLE: dict[str, frozenset[str]] = {
    "process_designer": frozenset({"design"}),
    "process_manager": OFFICE | {"design", "manage"},
}
#: The three who look after an installation (三员分立, S-01), and what each may do. The first keeps the system and the
#: units, the second who may sign in and with what rights, the third reads what everybody did; nobody is two of them.
ADMINISTRATORS = {"system": "系统管理员", "security": "安全管理员", "audit": "审计管理员"}
PERMISSIONS_OF_ADMINISTRATOR = {
    "": frozenset({"work"}),
    "system": frozenset({"work", "see_all", "operate", "clock", "design", "manage", "administer", "organisation"}),
    "security": frozenset({"work", "accounts", "organisation"}),
    "audit": frozenset({"work", "audit"}),
}
#: Those of them that do nobody's work and hold no post: they could give it to themselves, or would watch themselves.
WITHOUT_POSTS = frozenset({"security", "audit"})

#: The channel a post registers cases of (XT-03, XT-07, TZ-05), in whatever unit it is: any bureau may
#: have a chief_rep.
CHANNEL_OF_ROLE = {
    "window_clerk": "window",
    "agent": "hotline",
    "mailbox_clerk": "mailbox",
    "chief_rep": "chief_rep",
    "butler": "grid_collection",
    "unit_liaison": "unit",
    "campaign_clerk": "office",
    "call_agent": "hotline",
    "duty_leader": "leader_call",
    "initiator": "unit",
    "whistle_officer": "office",
}

#: Posts that sign, approve or direct what others of the unit have worked on.
DECIDING_ROLES = frozenset(
    {
        "leader",
        "unit_deputy",
        "window_head",
        "head",
        "duty_head",
        "campaign_director",
        "district_leader",
        "county_leader",
        "duty_leader",
        "principal",
    }
)


_users, _held, _posts, _units, _instead = (model.__table__ for model in (User, PostHolder, Post, Unit, Substitution))
_holders = _users.alias("holder")


@cache
def _person(database: str) -> Select[Any]:
    """Who `user` is, a row for each post: of their own, and with a period where they stand in for somebody who still
    holds it. `database`: the dialect's name.
    """
    user, never = bindparam("user", type_=Integer()), type_coerce(null(), UTCDateTime())
    nobody = type_coerce(null(), String()).label("instead_of")
    own: Select[Any] = select(
        *(_held.c.user_id, _held.c.post_key, nobody, never.label("from_at"), never.label("to_at")),
        *(null().label("moment"), null().label("shift")),
    ).where(_held.c.user_id == user)
    instead: Select[Any] = (
        select(
            *(_instead.c.user_id, _instead.c.post_key, _holders.c.name, _instead.c.from_at, _instead.c.to_at),
            *clock_of(database),
        )
        .join(_holders, _holders.c.id == _instead.c.holder_id)
        .join(_held, (_held.c.post_key == _instead.c.post_key) & (_held.c.user_id == _instead.c.holder_id))
        .where(_instead.c.user_id == user, _instead.c.is_over.is_(False))
    )
    at_posts = union_all(own, instead).subquery("at_post")
    return (
        select(
            *(_users.c.username, _users.c.name, _users.c.administrator, _users.c.password_hash),
            *(_posts.c.key, _units.c.code, _units.c.name.label("unit_name"), _posts.c.role, _posts.c.role_name),
            *(at_posts.c.instead_of, at_posts.c.from_at, at_posts.c.to_at, at_posts.c.moment, at_posts.c.shift),
        )
        .select_from(_users.outerjoin(at_posts, at_posts.c.user_id == _users.c.id).outerjoin(_posts).outerjoin(_units))
        .where(_users.c.id == user, _users.c.disabled.is_(False))
        .order_by(_posts.c.key)
    )


def identity(user_id: int) -> Identity | None:
    """The person as they are now, at their own posts and those where they stand in for somebody; None when they do not
    exist or are disabled. Every request asks: one statement.
    """
    rows = read_first(_person(db.engine.dialect.name), {"user": user_id})
    if not rows:
        return None
    username, name, administrator, password_hash, *_ = rows[0]
    own = [HeldPost(*row[4:9]) for row in rows if row[4] and not row[9]]
    keys = {post.key for post in own}
    instead = [HeldPost(*row[4:10]) for row in rows if row[9] and row[4] not in keys and _is_in_force(*row[10:])]
    return _identity(user_id, username, name, [*own, *instead], administrator, password_hash)


def _is_in_force(since: datetime, until: datetime, moment: Any, shift: int | None) -> bool:
    return since <= moment_of(moment, shift) < until


def identity_of(user: User) -> Identity:
    """At their own posts alone, as who signs in: each request then asks for identity()."""
    posts = [HeldPost(p.key, p.unit.code, p.unit.name, p.role, p.role_name) for p in user.posts]
    return _identity(user.id, user.username, user.name, posts, user.administrator, user.password_hash)


def _identity(
    user_id: int, username: str, name: str, posts: Collection[HeldPost], administrator: str, password_hash: str
) -> Identity:
    granted = PERMISSIONS_OF_ADMINISTRATOR[administrator].union(
        *(permissions_of(post.unit, post.role) for post in posts)
    )
    stamp = hashlib.sha256(password_hash.encode()).hexdigest()[:16]
    return Identity(user_id, username, name, tuple(posts), granted, stamp)


def permissions_of(unit: str, role: str) -> frozenset[str]:
    """What holding this post lets one do besides work."""
    registers = frozenset({"register"} if role in CHANNEL_OF_ROLE else ())
    of_role = PERMISSIONS_OF_ROLE.get(role, frozenset())
    return registers | of_role | PERMISSIONS_OF_POST.get(f"{unit}:{role}", frozenset())


def all_posts() -> set[str]:
    """`unit:role` of every post there is."""
    return {key.removeprefix("post:") for key in session.scalars(select(Post.key))}


def post_name(key: str) -> str:
    """县自然资源局联络员, from `post:natural_resources:liaison`; the key itself when nobody knows it."""
    return post_names([key])[key]


def post_names(keys: Iterable[str]) -> dict[str, str]:
    """The name of each of these posts."""
    wanted = set(keys)
    rows = select(Post.key, Unit.name, Post.role_name).join(Unit).where(Post.key.in_(wanted))
    known = {key: f"{unit}{role}" for key, unit, role in session.execute(rows)}
    return {key: known.get(key, key) for key in wanted}
