"""Units that a form names, whether or not it offers them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from engine.forms import Choice, Field, choices
from models import Unit, session

ABOLISHED = "（已撤并）"


def unit_choices() -> list[Choice]:
    """Every unit there is, offered or not."""
    return [Choice(row.code, row.name) for row in session.execute(select(Unit.code, Unit.name).order_by(Unit.code))]


def not_offered(value: Any, field: Field, lists: Mapping[str, Sequence[Choice]]) -> list[Choice]:
    """What was chosen in a field and is no choice here: shown by its name, so that one sees what is to be chosen anew,
    or reads it where the field is read only.
    """
    if not field.choices_key or not value:
        return []
    chosen = value if isinstance(value, list | tuple) else [value]
    missing = {str(each) for each in chosen} - {each.value for each in choices(field, lists)}
    if not missing:
        return []
    rows = session.execute(select(Unit.code, Unit.name, Unit.successor_id).where(Unit.code.in_(missing)))
    return [Choice(row.code, f"{row.name}{ABOLISHED if row.successor_id else ''}") for row in rows]
