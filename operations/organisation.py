"""Set up units, posts and people."""

from typing import Any

from sqlalchemy import select

from models import Post, Unit, User, session, transactional
from operations.users import hash_password


@transactional
def load_organisation(county: dict[str, Any], *, password: str) -> None:
    """Create the units, posts and people of a county file (seeds/demo_county.json); everybody gets `password`."""
    units: dict[str, Unit] = {}
    for entry in county["units"]:
        parent = units.get(entry.get("parent", ""))
        unit = Unit(code=entry["code"], name=entry["name"], parent_id=parent.id if parent else None,
                    handles_cases=entry["handles_cases"])
        session.add(unit)
        session.flush()
        units[unit.code] = unit
        for role in entry["posts"]:
            key = f"post:{unit.code}:{role}"
            session.add(Post(key=key, unit_id=unit.id, role=role, role_name=county["roles"][role]))
    session.flush()
    password_hash = hash_password(password)  # one for all: they are told the same password, and hashing takes long
    for person in county["people"]:
        _add_person(person, password_hash)


def _add_person(person: dict[str, Any], password_hash: str) -> None:
    keys = [f"post:{key}" for key in person["posts"]]
    posts = list(session.scalars(select(Post).where(Post.key.in_(keys))))
    user = User(username=person["username"], name=person["name"], password_hash=password_hash,
                is_admin=person.get("admin", False), posts=posts)
    session.add(user)
