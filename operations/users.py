"""People: their passwords and signing in (S-01)."""

from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import select

from errors import InvalidForm, NotAllowed
from models import Identity, User, now, session, transactional
from operations.passwords import WeakPassword, check_password
from reference import parameters
from reference.people import identity_of

_hasher = PasswordHasher()
#: Checked when nobody has that name, so that an answer takes as long and tells nothing.
_NOBODY = _hasher.hash("nobody")

LOCKED_FOR = timedelta(minutes=30)
WRONG = "用户名或密码不正确。"


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def sign_in(username: str, password: str) -> Identity:
    """The person with this name and password. Raises NotAllowed in words, the same for every wrong guess."""
    identity, problem = _try_sign_in(username, password)
    if identity is None:
        raise NotAllowed(problem)
    return identity


def change_password(old: str, new: str, again: str, *, by: Identity) -> Identity:
    """One's own password, by whoever knows the old one; sign-ins made with that end (S-01). Returns who one is now.

    Raises InvalidForm naming old, new or again. A wrong old password counts like a wrong one at the door.
    """
    identity, problem = _try_sign_in(by.username, old)
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
    user.password_hash = password_hash
    return identity_of(user)


def _try_sign_in(username: str, password: str) -> tuple[Identity | None, str]:
    """Checking a password takes long on purpose; nobody waits for a lock meanwhile."""
    user = session.scalar(select(User).where(User.username == username))
    right = _is_right(user.password_hash if user else _NOBODY, password)
    if user is None or user.disabled:
        return None, WRONG
    return _note_attempt(user.id, right)


@transactional
def _note_attempt(user_id: int, right: bool) -> tuple[Identity | None, str]:
    """Count what failed and commit that: a lock that a rollback forgets is no lock."""
    user = session.get_one(User, user_id, with_for_update=True, populate_existing=True)
    if user.locked_until and user.locked_until > now():
        return None, "密码错误次数过多，账号已锁定30分钟。"
    if right:
        user.failed_logins, user.locked_until = 0, None
        return identity_of(user), ""
    user.failed_logins += 1
    if user.failed_logins >= _allowed_failures():
        user.failed_logins, user.locked_until = 0, now() + LOCKED_FOR
    return None, WRONG


def _is_right(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def _allowed_failures() -> int:
    return int(parameters.in_force("sec.login_fail_lock", 5))
