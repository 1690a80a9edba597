"""Who somebody is, and what that lets them do."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import bindparam, select

from models import HeldPost, Identity, Post, PostHolder, Unit, User, session

#: What each role may do besides the tasks of its own post. Everybody who holds a post may "work".
PERMISSIONS_OF_ROLE: dict[str, frozenset[str]] = {
    "window_clerk": frozenset({"register"}),
    "agent": frozenset({"register"}),
    "mailbox_clerk": frozenset({"register"}),
    "chief_rep": frozenset({"register"}),
    "butler": frozenset({"register"}),
    "dispatcher": frozenset({"see_all"}),
    "verifier": frozenset({"see_all"}),
    "visitor": frozenset({"see_all"}),
    "head": frozenset({"see_all"}),
    "supervisor": frozenset({"see_all", "clues"}),
    "unit_liaison": frozenset({"register"}),
    "campaign_clerk": frozenset({"register", "see_all", "clues"}),
    "campaign_director": frozenset({"see_all", "clues"}),
    "district_leader": frozenset({"see_all", "clues"}),
    "staff_reviewer": frozenset({"see_all"}),
    "call_agent": frozenset({"register"}),
    "duty_leader": frozenset({"register"}),
    "order_dispatcher": frozenset({"see_all"}),
    "reviewer": frozenset({"see_all"}),
    "supervisor_l1": frozenset({"see_all"}),
    "duty_head": frozenset({"see_all"}),
    "county_leader": frozenset({"see_all"}),
    "initiator": frozenset({"register"}),
    "whistle_officer": frozenset({"register", "see_all", "clues"}),
    "discipline_officer": frozenset({"see_all", "clues"}),
}
ADMIN = frozenset({"work", "see_all", "operate", "clock"})

#: The channel a post registers cases of (XT-03, XT-07, TZ-05).
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


_users, _held, _posts, _units = (model.__table__ for model in (User, PostHolder, Post, Unit))
_person = (
    select(_users.c.username, _users.c.name, _users.c.is_admin, _posts.c.key, _posts.c.role, _posts.c.role_name,
           _units.c.code, _units.c.name.label("unit_name"))
    .select_from(_users.outerjoin(_held).outerjoin(_posts).outerjoin(_units))
    .where(_users.c.id == bindparam("user"), _users.c.disabled.is_(False))
    .order_by(_posts.c.key)
)


def identity(user_id: int) -> Identity | None:
    """The person as they are now; None when they do not exist or are disabled. Every request asks: one statement."""
    rows = session.connection().execute(_person, {"user": user_id}).all()
    if not rows:
        return None
    posts = [HeldPost(row.key, row.code, row.unit_name, row.role, row.role_name) for row in rows if row.key]
    return _identity(user_id, rows[0].username, rows[0].name, posts, rows[0].is_admin)


def identity_of(user: User) -> Identity:
    posts = [HeldPost(p.key, p.unit.code, p.unit.name, p.role, p.role_name) for p in user.posts]
    return _identity(user.id, user.username, user.name, posts, user.is_admin)


def _identity(user_id: int, username: str, name: str, posts: Collection[HeldPost], is_admin: bool) -> Identity:
    granted = ADMIN if is_admin else frozenset({"work"})
    granted = granted.union(*(PERMISSIONS_OF_ROLE.get(post.role, frozenset()) for post in posts))
    return Identity(user_id, username, name, tuple(posts), granted)


def post_name(key: str) -> str:
    """县自然资源局联络员, from `post:natural_resources:liaison`; the key itself when nobody knows it."""
    return post_names([key])[key]


def post_names(keys: Iterable[str]) -> dict[str, str]:
    """The name of each of these posts."""
    wanted = set(keys)
    rows = select(Post.key, Unit.name, Post.role_name).join(Unit).where(Post.key.in_(wanted))
    known = {key: f"{unit}{role}" for key, unit, role in session.execute(rows)}
    return {key: known.get(key, key) for key in wanted}


def handling_units() -> Sequence[Unit]:
    """The units a case can be dispatched to (XT-23)."""
    return session.scalars(select(Unit).where(Unit.handles_cases).order_by(Unit.name)).all()
