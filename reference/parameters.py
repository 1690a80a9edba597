"""Parameters as a case reads them: as they stood when it began (C-11)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, select

from errors import NotFound
from models import ParameterValue, session
from reference.cache import per_database

_newest = select(func.max(ParameterValue.__table__.c.id))


def newest_revision() -> int:
    return session.connection().scalar(_newest) or 0


@per_database(size=64)
def values_at(revision: int) -> Mapping[str, Any]:
    """Every parameter's value as of a revision."""
    rows = select(ParameterValue.key, ParameterValue.value).where(ParameterValue.id <= revision)
    return MappingProxyType(dict(session.execute(rows.order_by(ParameterValue.id)).all()))


def value_at(key: str, revision: int) -> Any:
    """One parameter's value as of a revision. Raises NotFound in words a designer understands."""
    values = values_at(revision)
    if key not in values:
        raise NotFound(f"没有名为“{key}”的参数。")
    return values[key]
