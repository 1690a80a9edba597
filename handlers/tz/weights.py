"""Weights, limits and modes of the assessment, as they stood at a case's beginning or at a period's end (C-11)."""

from datetime import datetime

from assessment import tz
from handlers.parameters import parameters_at, parameters_of


def rules_of_case(revision: int) -> tz.Rules:
    """As the case began with them."""
    return tz.Rules.from_parameters(parameters_of("tz.", revision))


def rules_at(end: datetime) -> tz.Rules:
    """As they stood when the period ended."""
    return tz.Rules.from_parameters(parameters_at("tz.", end))
