"""Weights, limits and modes of the assessment, as they stood at a case's beginning or at a period's end (C-11)."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from assessment import tz
from models import ParameterValue, session


def rules_of_case(revision: int) -> tz.Rules:
    """As the case began with them."""
    of_case = ParameterValue.id <= revision
    rows = select(ParameterValue.key, ParameterValue.value).where(ParameterValue.key.startswith("tz."), of_case)
    return tz.Rules.from_parameters(dict(session.execute(rows.order_by(ParameterValue.id)).all()))


def rules_at(end: datetime) -> tz.Rules:
    """As they stood when the period ended, however late it is worked out. What was not set yet has its first value."""
    rows = select(ParameterValue).where(ParameterValue.key.startswith("tz.")).order_by(ParameterValue.id)
    values: dict[str, Any] = {}
    for row in session.scalars(rows):
        if row.at < end or row.key not in values:
            values[row.key] = row.value
    return tz.Rules.from_parameters(values)
