"""Which unit does a unit's work today: itself, or who took it over when it was abolished."""

from sqlalchemy import select
from sqlalchemy.orm import aliased

from models import Unit, session

_heir = aliased(Unit)


def serving(code: str) -> str:
    """The code of the unit that took this one's work over, else the same code."""
    found = select(_heir.code).join(Unit, Unit.successor_id == _heir.id).where(Unit.code == code)
    return session.scalar(found) or code


def serving_post(key: str) -> str:
    """The post of the same role there."""
    kind, _, rest = key.partition(":")
    unit, _, role = rest.partition(":")
    return f"{kind}:{serving(unit)}:{role}" if kind == "post" and role else key
