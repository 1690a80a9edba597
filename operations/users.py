"""People: their passwords and signing in (S-01)."""

from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import select

from errors import NotAllowed
from models import Identity, User, now, session, transactional
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
    return int(parameters.values_at(parameters.newest_revision()).get("sec.login_fail_lock", 5))
