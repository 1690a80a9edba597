"""Objects of rows that were read past the session: as if it had loaded them, at a third of the work."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, inspect
from sqlalchemy.orm import Mapper, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from models.db import Base, session

M = TypeVar("M", bound=Base)


@cache
def columns_of(model: type[Base]) -> Sequence[ColumnElement[Any]]:
    """What to ask for: all that is not deferred."""
    return [each.columns[0] for each in inspect(model).column_attrs if not each.deferred]


@cache
def _names_of(model: type[Base]) -> Sequence[str]:
    return [each.key for each in inspect(model).column_attrs if not each.deferred]


def take(model: type[M], row: Iterator[Any]) -> M:
    """The object whose columns come next in a row; one that the session has already says then what the row says.

    What the session has changed is flushed before the row is read, or it would be lost.
    """
    values = {name: next(row) for name in _names_of(model)}
    mapper: Mapper[Any] = inspect(model)
    known = session.identity_map.get(mapper.identity_key_from_primary_key((values["id"],)))
    if known is not None:
        assert not session.is_modified(known), "flushed first"
        for name, value in values.items():
            set_committed_value(known, name, value)
        return known
    made: Any = mapper.class_manager.new_instance()
    vars(made).update(values)  # as the session does: nothing is to be told of each value
    make_transient_to_detached(made)
    session.add(made)
    return made
