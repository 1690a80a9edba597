"""三员分立 (S-01): who is system, security or audit administrator. Nobody is two of them: the account has one place."""

from collections.abc import Mapping

from sqlalchemy import select

from models import Identity, User, session, transactional
from operations.people.accounts import (
    BadAccount,
    find_user,
    require_another,
    require_no_post,
    require_server,
    take_on,
)
from operations.people.organisation_log import note_change
from operations.people.passwords import random_password
from operations.people.separation import posts_of
from operations.people.users import hash_password
from reference.people import ADMINISTRATORS

#: What `flask user administrators` calls those that an installation lacks.
USUAL = {"system": "xitong", "security": "anquan", "audit": "shenji"}


@transactional
def appoint(username: str, kind: str, *, by: Identity) -> User:
    """Make somebody one of ADMINISTRATORS. Raises NotAllowed, NotFound, BadAccount: to who is another one already, and
    to who has a post that this one cannot have, or stands in at one, be it only planned.
    """
    require_server(by)
    user = find_user(username)
    if user.administrator:
        raise BadAccount(f"{user.name}已是{ADMINISTRATORS[user.administrator]}，一人不能兼任两员（三员分立，S-01）。")
    require_no_post(kind, posts_of(user))
    user.administrator = kind
    note_change(f"任{ADMINISTRATORS[kind]}", by, user=user)
    return user


@transactional
def dismiss(username: str, *, by: Identity) -> User:
    """Somebody is an administrator no more. Raises NotAllowed, also for the only one left of a kind, NotFound."""
    require_server(by)
    require_another(username)
    user = find_user(username)
    if not user.administrator:
        raise BadAccount(f"{username}不是管理员。")
    note_change(f"不再任{ADMINISTRATORS[user.administrator]}", by, user=user)
    user.administrator = ""
    return user


def add_those_lacking(*, by: Identity) -> Mapping[str, tuple[str, str]]:
    """An account for each kind that nobody in use is: username and password by kind. Raises NotAllowed, BadAccount."""
    require_server(by)
    found = set(session.scalars(select(User.administrator).where(User.disabled.is_(False))))
    lacking = {kind: (USUAL[kind], random_password()) for kind in ADMINISTRATORS if kind not in found}
    hashes = {kind: hash_password(password) for kind, (_, password) in lacking.items()}
    _add(hashes, by)
    return lacking


@transactional
def _add(hashes: Mapping[str, str], by: Identity) -> None:
    for kind, password_hash in hashes.items():
        name = ADMINISTRATORS[kind]
        take_on(USUAL[kind], name, [], password_hash=password_hash, by=by, administrator=kind)
