"""Parameters as they stood at a case's beginning or at a period's end (C-11)."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from models import ParameterValue, session


def parameters_of(prefix: str, revision: int) -> dict[str, Any]:
    """Those whose keys begin so, as a case of this revision began with them."""
    mine = ParameterValue.key.startswith(prefix) & (ParameterValue.id <= revision)
    rows = select(ParameterValue.key, ParameterValue.value).where(mine)
    return dict(session.execute(rows.order_by(ParameterValue.id)).all())


def parameters_at(prefix: str, end: datetime) -> dict[str, Any]:
    """As they stood when the period ended, however late it is worked out. What was not set yet has its first value."""
    rows = select(ParameterValue).where(ParameterValue.key.startswith(prefix)).order_by(ParameterValue.id)
    values: dict[str, Any] = {}
    for row in session.scalars(rows):
        if row.at < end or row.key not in values:
            values[row.key] = row.value
    return values
