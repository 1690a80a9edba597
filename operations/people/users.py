"""People: their passwords and signing in (S-01)."""

from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import select

from errors import InvalidForm, NotAllowed
from models import Identity, User, now, session, transactional
from operations.gate.audit import note, note_attempt
from operations.people.passwords import WeakPassword, check_password
from reference import parameters
from reference.people import identity_of

_hasher = PasswordHasher()
#: Checked when nobody has that name, so that an answer takes as long and tells nothing.
_NOBODY = _hasher.hash("nobody")

LOCKED_FOR = timedelta(minutes=30)
WRONG = "用户名或密码不正确。"


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def sign_in(username: str, password: str, address: str = "") -> Identity:
    """The person with this name and password. Raises NotAllowed in words, the same for every wrong guess. Each attempt
    is in the audit, with the `address` of the network it came from.
    """
    identity, problem = _try_sign_in(username, password, "登录", address)
    if identity is None:
        raise NotAllowed(problem)
    return identity


def change_password(old: str, new: str, again: str, *, by: Identity) -> Identity:
    """One's own password, by whoever knows the old one; sign-ins made with that end (S-01). Returns who one is now.

    Raises InvalidForm naming old, new or again. A wrong old password counts like a wrong one at the door.
    """
    identity, problem = _try_sign_in(by.username, old, "修改密码")
    if identity is None:
        raise InvalidForm({"old": "原密码不正确。" if problem == WRONG else problem})
    if new == old:
        raise InvalidForm({"new": "新密码不能和原密码相同。"})
    try:
        check_password(new)
    except WeakPassword as error:
        raise InvalidForm({"new": str(error)}) from None
    if new != again:
        raise InvalidForm({"again": "两次输入的新密码不一致。"})
    return _set_password(identity, hash_password(new))


@transactional
def _set_password(identity: Identity, password_hash: str) -> Identity:
    user = session.get_one(User, identity.id, with_for_update=True, populate_existing=True)
    user.password_hash, user.must_change = password_hash, False
    note("account", "修改了自己的密码", identity, about=user)
    return identity_of(user)


def must_change(identity: Identity) -> bool:
    """Whether somebody else has set their password: then it is changed before anything else (S-01)."""
    return session.get_one(User, identity.id).must_change


@transactional
def sign_out(*, by: Identity, address: str = "") -> None:
    """Only written down: the browser forgets who it was."""
    note("sign_in", "退出", by, address=address)


def _try_sign_in(username: str, password: str, what: str, address: str = "") -> tuple[Identity | None, str]:
    """`what` it is for, as the audit calls it. Checking a password takes long on purpose; nobody waits for a lock
    meanwhile.
    """
    user = session.scalar(select(User).where(User.username == username))
    right = _is_right(user.password_hash if user else _NOBODY, password)
    if user is None or user.disabled:
        _note_stranger(f"{what}：{'账号已停用' if user else '没有这个用户名'}", username, user, address)
        return None, WRONG
    return _note_attempt(user.id, right, what, address)


@transactional
def _note_stranger(what: str, username: str, user: User | None, address: str) -> None:
    note_attempt(what, username, user, address, hopeless=True)


@transactional
def _note_attempt(user_id: int, right: bool, what: str, address: str) -> tuple[Identity | None, str]:
    """Count what failed and commit that: a lock that a rollback forgets is no lock."""
    user = session.get_one(User, user_id, with_for_update=True, populate_existing=True)
    if user.locked_until and user.locked_until > now():
        note_attempt(f"{what}：账号锁定中", user.username, user, address, hopeless=True)
        return None, "密码错误次数过多，账号已锁定30分钟。"
    if right:
        user.failed_logins, user.locked_until = 0, None
        note_attempt(what, user.username, user, address)
        return identity_of(user), ""
    user.failed_logins += 1
    if user.failed_logins >= _allowed_failures():
        user.failed_logins, user.locked_until = 0, now() + LOCKED_FOR
    locked = "" if user.failed_logins else "，锁定30分钟"
    note_attempt(f"{what}：密码不正确{locked}", user.username, user, address)
    return None, WRONG


def _is_right(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def _allowed_failures() -> int:
    return int(parameters.in_force("sec.login_fail_lock", 5))
