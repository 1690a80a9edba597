"""Who acts: a post by its name, 县自然资源局联络员, and one person who holds just that post."""

from sqlalchemy import literal, select
from sqlalchemy.orm import joinedload

from models import HeldPost, Identity, Post, Unit, User, session, transactional
from reference.people import permissions_of
from scenarios.failures import NotUnderstood, listed

ANOTHER = "另一位"
NO_PASSWORD = ""  # nobody signs in with it


def read_person(text: str) -> Identity:
    """The first holder of a post, or with 另一位 the second; a holder is made up where there is none."""
    return holder_of(read_post(text.removeprefix(ANOTHER)), 1 if text.startswith(ANOTHER) else 0)


def holder_of(post: Post, place: int) -> Identity:
    """One who holds just this post, of several the one at this place; made up where there is none."""
    user = _holder(post.key, place)
    held = HeldPost(post.key, post.unit.code, post.unit.name, post.role, post.role_name)
    permissions = permissions_of(held.unit, held.role) | {"work"}
    return Identity(user.id, user.username, user.name, (held,), permissions)


def read_post(text: str) -> Post:
    """县自然资源局联络员, 工作专班分流员. Raises NotUnderstood with the posts of that unit."""
    posts = select(Post).options(joinedload(Post.unit))
    ends_so = literal(text).like(literal("%").concat(Post.role_name))  # few; reading every post at each step takes long
    found = [post for post in session.scalars(posts.where(ends_so)) if text in (full_name(post), short_name(post))]
    if found:
        return found[0]
    of_unit = [post for post in session.scalars(posts) if text.startswith(_short(post.unit.name))]
    if of_unit:
        raise NotUnderstood(f"没有岗位“{text}”。{of_unit[0].unit.name}有：{listed(p.role_name for p in of_unit)}")
    raise NotUnderstood(f"没有岗位“{text}”，也没有这样开头的单位。")


def read_unit(text: str) -> Unit:
    units = session.scalars(select(Unit)).all()
    found = [unit for unit in units if text in (unit.name, _short(unit.name), unit.code)]
    if not found:
        raise NotUnderstood(f"没有单位“{text}”。")
    return found[0]


def full_name(post: Post) -> str:
    return post.unit.name + post.role_name


def short_name(post: Post) -> str:
    """Without what stands in brackets: 工作专班分流员 for 工作专班（县行政审批局）分流员."""
    return _short(post.unit.name) + post.role_name


def post_name(key: str) -> str:
    post = session.get(Post, key)
    return short_name(post) if post else key


def _short(unit_name: str) -> str:
    return unit_name.partition("（")[0]


@transactional
def _holder(post_key: str, place: int) -> User:
    post = session.get_one(Post, post_key)
    holders = sorted(post.holders, key=lambda user: user.id)
    while len(holders) <= place:
        username = f"{post.key.removeprefix('post:')}:{len(holders) + 1}"
        name = f"{full_name(post)}{len(holders) + 1 if len(holders) else ''}"
        user = User(username=username, name=name, password_hash=NO_PASSWORD, posts=[post])
        session.add(user)
        session.flush()
        holders.append(user)
    return holders[place]


def anyone() -> Identity:
    """Somebody who may see everything in every county, for what a scenario checks by itself."""
    return Identity(None, "scenario", "场景", permissions=frozenset({"see_all", "clues", "administer"}))
