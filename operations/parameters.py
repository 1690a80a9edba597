"""Change parameters. A running case keeps what it began with (C-11)."""

from collections.abc import Iterable
from typing import Any

from errors import NotAllowed, NotFound
from models import Identity, Parameter, ParameterValue, now, session, transactional


@transactional
def load_parameters(entries: Iterable[dict[str, Any]], *, by: Identity) -> int:
    """Add the parameters the database does not have yet. What a manager has changed stays. Returns how many are new."""
    added = 0
    for entry in entries:
        if session.get(Parameter, entry["key"]) is None:
            fields = ("key", "unit", "seed", "rule", "origin", "note", "editable_by")
            session.add(Parameter(**{field: entry[field] for field in fields}))
            session.add(ParameterValue(key=entry["key"], value=entry["value"], at=now(), by=by.name))
            added += 1
    return added


@transactional
def set_parameter(key: str, value: Any, *, by: Identity, basis: str = "") -> ParameterValue:
    """Give a parameter a new value for cases that begin from now on.

    Raises NotFound, and NotAllowed when a value that the document fixes (origin "text") changes without `basis`,
    the number of the document that allows it (SPEC 2.6).
    """
    parameter = session.get(Parameter, key)
    if parameter is None:
        raise NotFound(f"没有名为“{key}”的参数。")
    if parameter.origin == "text" and not basis:
        raise NotAllowed(f"“{key}”由文件原文规定（{parameter.rule}），修改须填写依据文号。")
    row = ParameterValue(key=key, value=value, at=now(), by=by.name, basis=basis)
    session.add(row)
    return row
