"""Who somebody is, and what that lets them do."""

import hashlib
from collections.abc import Collection, Iterable

from sqlalchemy import bindparam, select

from models import HeldPost, Identity, Post, PostHolder, Unit, User, session
from models.trips import read

#: What a post may do besides its own tasks, by unit and role: a bureau may name a post of its own like one of these,
#: and must not read clues about itself for that. Everybody who holds a post may "work". Who watches has the desk for it
#: (督查台); clues are for supervision alone.
OFFICE = frozenset({"see_all"})
WATCH = OFFICE | {"supervise"}
SUPERVISION = WATCH | {"clues"}
PERMISSIONS_OF_POST: dict[str, frozenset[str]] = {
    "task_force:dispatcher": OFFICE,
    "task_force:verifier": OFFICE,
    "task_force:visitor": OFFICE,
    "task_force:head": WATCH,
    "supervision_office:supervisor": SUPERVISION,
    "tz_whistle_office:dispatcher": WATCH,
    "tz_whistle_office:head": WATCH,
    "tz_district_head:head": OFFICE,
    "tz_efficiency:supervisor": SUPERVISION,
    "campaign_office:campaign_clerk": SUPERVISION,
    "campaign_office:campaign_director": SUPERVISION,
    "district_gov:district_leader": SUPERVISION,
    "service_center:staff_reviewer": OFFICE,
    "service_center:visitor": OFFICE,
    "xx_data:order_dispatcher": OFFICE,
    "xx_data:reviewer": OFFICE,
    "xx_data:visitor": OFFICE,
    "xx_data:supervisor_l1": WATCH,
    "xx_data:duty_head": OFFICE,
    "xx_supervision:supervisor": SUPERVISION,
    "xx_government:county_leader": WATCH,
    "yl_whistle_office:whistle_officer": SUPERVISION,
    "yl_whistle_office:head": WATCH,
    "yl_discipline:discipline_officer": SUPERVISION,
}
ADMIN = frozenset({"work", "see_all", "operate", "clock", "manage", "administer"})

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


_users, _held, _posts, _units = (model.__table__ for model in (User, PostHolder, Post, Unit))
_person = (
    select(
        _users.c.username,
        _users.c.name,
        _users.c.is_admin,
        _users.c.password_hash,
        _posts.c.key,
        _posts.c.role,
        _posts.c.role_name,
        _units.c.code,
        _units.c.name.label("unit_name"),
    )
    .select_from(_users.outerjoin(_held).outerjoin(_posts).outerjoin(_units))
    .where(_users.c.id == bindparam("user"), _users.c.disabled.is_(False))
    .order_by(_posts.c.key)
)


def identity(user_id: int) -> Identity | None:
    """The person as they are now; None when they do not exist or are disabled. Every request asks: one statement."""
    rows = read(session.connection(), _person, {"user": user_id})
    if not rows:
        return None
    username, name, is_admin, password_hash, *_ = rows[0]
    posts = [
        HeldPost(key, unit, unit_name, role, role_name) for *_, key, role, role_name, unit, unit_name in rows if key
    ]
    return _identity(user_id, username, name, posts, is_admin, password_hash)


def identity_of(user: User) -> Identity:
    posts = [HeldPost(p.key, p.unit.code, p.unit.name, p.role, p.role_name) for p in user.posts]
    return _identity(user.id, user.username, user.name, posts, user.is_admin, user.password_hash)


def _identity(
    user_id: int, username: str, name: str, posts: Collection[HeldPost], is_admin: bool, password_hash: str
) -> Identity:
    granted = ADMIN if is_admin else frozenset({"work"})
    granted = granted.union(*(permissions_of(post.unit, post.role) for post in posts))
    stamp = hashlib.sha256(password_hash.encode()).hexdigest()[:16]
    return Identity(user_id, username, name, tuple(posts), granted, stamp)


def permissions_of(unit: str, role: str) -> frozenset[str]:
    """What holding this post lets one do besides work."""
    registers = frozenset({"register"} if role in CHANNEL_OF_ROLE else ())
    return registers | PERMISSIONS_OF_POST.get(f"{unit}:{role}", frozenset())


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
