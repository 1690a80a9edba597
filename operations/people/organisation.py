"""Set up units, posts and people."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from errors import NotAllowed
from models import SYSTEM, USUAL_KIND, Identity, Post, Unit, User, post_key, session, transactional
from operations.people.accounts import add_person
from operations.people.county_file import check_county
from operations.people.passwords import check_password, random_password
from operations.people.units import put_post, put_unit
from operations.people.users import hash_password


@dataclass
class Loaded:
    """What a county file has added. `passwords` are those made up for people, by username; nobody keeps them."""

    units: int = 0
    posts: int = 0
    people: int = 0
    passwords: dict[str, str] = field(default_factory=dict)


@transactional
def load_organisation(county: dict[str, Any], *, password: str = "", by: Identity = SYSTEM) -> Loaded:
    """Take over the units, posts and people of a county file. The names of what is there follow the file, people who
    are there stay as they are, nothing is taken away, what is abolished stays that. New people get `password`; without
    one, each one of their own.

    Raises NotAllowed, BadCountyFile, BadAccount, WeakPassword.
    """
    if not (by.can("administer") and by.can("accounts")):
        raise NotAllowed("组织文件只能在服务器上用命令装入。")
    check_county(county)
    loaded = Loaded()
    for entry in county["units"]:
        _take_unit(entry, county["roles"], loaded)
    _add_people(county.get("people", []), password, loaded)
    return loaded


def _take_unit(entry: dict[str, Any], roles: dict[str, str], loaded: Loaded) -> None:
    unit, kind = _unit(entry["code"]), entry.get("kind", USUAL_KIND)
    loaded.units += unit is None
    unit = put_unit(unit, entry["code"], entry["name"], entry.get("parent"), kind, entry.get("handles_cases", True))
    for role in entry.get("posts", []):
        loaded.posts += session.get(Post, post_key(unit.code, role)) is None
        put_post(unit, role, roles[role])


def _unit(code: str) -> Unit | None:
    return session.scalar(select(Unit).where(Unit.code == code))


def _add_people(people: list[dict[str, Any]], password: str, loaded: Loaded) -> None:
    known = set(session.scalars(select(User.username)))
    new = [person for person in people if person["username"] not in known]
    if password:
        check_password(password)
    same_for_all = hash_password(password) if password and new else ""  # hashing takes long on purpose
    for person in new:
        if not password:
            loaded.passwords[person["username"]] = random_password()
        add_person(
            person["username"],
            person["name"],
            person.get("posts", []),
            password_hash=same_for_all or hash_password(loaded.passwords[person["username"]]),
            administrator=person.get("administrator", ""),
        )
    loaded.people = len(new)
