"""Who may sign in: add people, give them passwords, let them go (S-01)."""

import re
from collections.abc import Collection, Iterable

from sqlalchemy import select

from errors import AppError, NotAllowed, NotFound
from models import Identity, Post, PostChange, Task, Unit, User, now, session, transactional
from operations.gate.audit import note
from operations.people.giving_back import give_back_all
from operations.people.organisation_log import note_change
from operations.people.passwords import check_password
from operations.people.separation import why_no_post
from operations.people.substitution import end_substitutions_of
from operations.people.users import hash_password
from reference.people import ADMINISTRATORS, permissions_of, post_name

USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,39}")
LONGEST_NAME = 40


class BadAccount(AppError):
    """人员信息有误。"""

    def __init__(self, message: str, field: str = ""):
        """`field`: which part of an account is wrong, `username`, `name` or `post`; "" for none alone."""
        super().__init__(message)
        self.field = field


@transactional
def add_user(
    username: str, name: str, posts: Collection[str], *, password: str, by: Identity, administrator: str = ""
) -> User:
    """Let a new person sign in. `posts` as the diagrams write them: natural_resources:liaison.

    Raises NotAllowed, BadAccount, NotFound, WeakPassword.
    """
    _require_keeper(by)
    check_password(password)
    return take_on(username, name, posts, password_hash=hash_password(password), by=by, administrator=administrator)


@transactional
def take_on(
    username: str, name: str, posts: Collection[str], *, password_hash: str, by: Identity, administrator: str = ""
) -> User:
    """add_user() for who has hashed the password before: that takes long on purpose. Raises as it does."""
    _require_keeper(by)
    if administrator:
        require_server(by)
    user = add_person(username, name, posts, password_hash=password_hash, administrator=administrator)
    office = f"，任{ADMINISTRATORS[administrator]}" if administrator else ""
    user.must_change = by.id is not None  # on the server they set their own, or a demonstration's
    note_change(f"添加人员{user.name}（{username}）{office}", by, user=user)
    for held in user.posts:
        _note_change(user, held, given=True, by=by)
    return user


def add_person(
    username: str, name: str, posts: Collection[str], *, password_hash: str, administrator: str = ""
) -> User:
    """The row. For callers that have a transaction and have checked who asks."""
    if not USERNAME.fullmatch(username):
        raise BadAccount(f"用户名“{username}”应为2至40个字母、数字或 . _ -，以字母或数字开头。", "username")
    _require_name(username, name)
    if session.scalar(select(User.id).where(User.username == username)) is not None:
        raise BadAccount(f"已有用户名为“{username}”的人员。", "username")
    held = _find_posts(posts)
    _require_serving(held)
    require_no_post(administrator, posts)
    user = User(username=username, name=name.strip(), password_hash=password_hash, posts=held)
    user.administrator = administrator
    session.add(user)
    session.flush()
    return user


@transactional
def rename_user(username: str, name: str, *, by: Identity) -> User:
    """From now on; what was written down before keeps the old name. Raises NotAllowed, NotFound, BadAccount."""
    _require_keeper(by)
    user, new = find_user(username), name.strip()
    _require_name(username, new)
    if user.name != new:
        note_change(f"姓名“{user.name}”改为“{new}”", by, user=user)
        user.name = new
    return user


@transactional
def set_password(username: str, password: str, *, by: Identity) -> User:
    """Give somebody a new password; a lock after wrong guesses ends. Raises NotAllowed, NotFound, WeakPassword."""
    _require_keeper(by)
    check_password(password)
    user = find_user(username)
    _require_nobody_above(user, by)
    user.password_hash = hash_password(password)
    user.must_change = by.id is not None
    user.failed_logins, user.locked_until = 0, None
    note_change("重置密码，解除锁定", by, user=user)
    return user


@transactional
def disable_user(username: str, *, by: Identity) -> int:
    """Let somebody sign in no more; what they had claimed goes back to its post. Returns how many tasks that were.

    Raises NotAllowed, also for the only one left of a kind of administrator, NotFound, AlreadyChanged.
    """
    _require_keeper(by)
    require_another(username)
    user = find_user(username)
    user.disabled = True
    note_change("停用", by, user=user)
    return give_back_all(user, by)


@transactional
def give_post(username: str, post: str, *, by: Identity) -> tuple[User, Post]:
    """Let somebody hold one post more, from the next request on. Raises NotAllowed, NotFound, BadAccount."""
    user, held = _user_and_post(username, post, by)
    if held in user.posts:
        raise BadAccount(f"{username}已经担任{post_name(held.key)}。", "post")
    _require_serving([held])
    require_no_post(user.administrator, [post])
    user.posts.append(held)
    _note_change(user, held, given=True, by=by)
    return user, held


@transactional
def take_post(username: str, post: str, *, by: Identity) -> tuple[User, Post, int]:
    """Somebody holds a post no more; what they had claimed of it goes back to the post. Returns how many that were.

    Raises NotAllowed, NotFound, BadAccount, AlreadyChanged.
    """
    user, held = _user_and_post(username, post, by)
    if held not in user.posts:
        raise BadAccount(f"{username}没有担任{post_name(held.key)}。")
    user.posts.remove(held)
    _note_change(user, held, given=False, by=by)
    end_substitutions_of(user, held, by)
    return user, held, give_back_all(user, by, Task.post == held.key)


def _user_and_post(username: str, post: str, by: Identity) -> tuple[User, Post]:
    _require_keeper(by)
    [held] = _find_posts([post])
    return find_user(username), held


def _note_change(user: User, post: Post, *, given: bool, by: Identity) -> None:
    session.add(PostChange(user_id=user.id, post_key=post.key, given=given, at=now(), by=by.name))
    what = f"{user.name}（{user.username}）{'担任' if given else '不再担任'}{post_name(post.key)}"
    if given and "clues" in permissions_of(post.unit.code, post.role):
        what += "（看得到问责线索，XT-20）"
    note("account", what, by, about=user)
    session.flush()


@transactional
def enable_user(username: str, *, by: Identity) -> User:
    """Raises NotAllowed, NotFound."""
    _require_keeper(by)
    user = find_user(username)
    user.disabled = False
    note_change("启用", by, user=user)
    return user


@transactional
def unlock_user(username: str, *, by: Identity) -> User:
    """A lock after wrong passwords ends, the password stays. Raises NotAllowed, NotFound."""
    _require_keeper(by)
    user = find_user(username)
    user.failed_logins, user.locked_until = 0, None
    note_change("解除锁定", by, user=user)
    return user


def find_user(username: str) -> User:
    """Under its lock. Raises NotFound."""
    mine = select(User).where(User.username == username).with_for_update()
    user = session.scalar(mine.execution_options(populate_existing=True))
    if user is None:
        raise NotFound(f"没有用户名为“{username}”的人员。")
    return user


def _find_posts(names: Collection[str]) -> list[Post]:
    found = {post.key: post for post in session.scalars(select(Post).where(Post.key.in_([f"post:{n}" for n in names])))}
    for name in names:
        if f"post:{name}" not in found:
            raise NotFound(f"没有岗位“{name}”；应写作 单位代号:角色代号，例如 natural_resources:liaison。")
    return list(found.values())


def _require_name(username: str, name: str) -> None:
    if not name.strip():
        raise BadAccount(f"没有写明“{username}”的姓名。", "name")
    if len(name) > LONGEST_NAME:
        raise BadAccount(f"“{username}”的姓名超过{LONGEST_NAME}字。", "name")


def _require_serving(posts: Iterable[Post]) -> None:
    """Nothing comes to a post of an abolished unit: whoever were given it would wait in vain."""
    for post in posts:
        if post.unit.successor_id:
            heir = session.get_one(Unit, post.unit.successor_id)
            raise BadAccount(
                f"{post.unit.name}已经撤并，{post.role_name}的任务由{heir.name}（{heir.code}）承接。", "post"
            )


def _require_keeper(by: Identity) -> None:
    if not by.can("accounts"):
        raise NotAllowed("只有安全管理员可以管理人员、任职和账号。")


def _require_nobody_above(user: User, by: Identity) -> None:
    """Whoever sets the password of another administrator could sign in as one: that is two of the three (S-01)."""
    if user.administrator and by.id is not None:
        kind = ADMINISTRATORS[user.administrator]
        raise NotAllowed(f"{user.name}是{kind}：密码由本人修改，忘记的在服务器上用命令重置。")


def require_no_post(administrator: str, posts: Collection[str]) -> None:
    """Raises BadAccount."""
    if why := why_no_post(administrator, posts):
        raise BadAccount(why, "post")


def require_another(username: str) -> None:
    """Of each kind of administrator somebody stays who may sign in. Raises NotAllowed.

    They are locked, before anybody alone is: of two who go at once the second sees that the first is gone.
    """
    kind = session.scalar(select(User.administrator).where(User.username == username))
    serving = select(User.username).where(User.administrator == kind, User.disabled.is_(False))
    if kind and list(session.scalars(serving.order_by(User.id).with_for_update(key_share=True))) == [username]:
        raise NotAllowed(f"{username}是唯一在用的{ADMINISTRATORS[kind]}；请先添加或启用另一名。")


def require_server(by: Identity) -> None:
    """Administrators are made and unmade on the server alone: whoever gives out accounts must not make one of their
    own. Raises NotAllowed.
    """
    if by.id is not None:
        raise NotAllowed("系统、安全、审计管理员只能在服务器上用命令任免（三员分立，S-01）。")
