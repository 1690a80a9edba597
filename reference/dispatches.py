"""What a county has learnt of its dispatches, made ready once after each time it has learnt."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models import DispatchModel, session
from models.nearest import Nearest
from reference.cache import per_database


@dataclass(frozen=True)
class Learnt:
    """`cases` and `units` are those of the texts in `index`, each in its place."""

    at: datetime
    cases: tuple[int, ...]
    units: tuple[str, ...]
    index: Nearest


def learnt(county: str) -> Learnt | None:
    """Of the county with this top unit; None where nothing was learnt yet."""
    at = session.scalar(select(DispatchModel.learnt_at).where(DispatchModel.county == county))
    return _learnt(county, at) if at else None


@per_database(size=8)
def _learnt(county: str, at: datetime) -> Learnt:
    examples = session.scalar(select(DispatchModel.examples).where(DispatchModel.county == county)) or []
    cases, units = tuple(each[0] for each in examples), tuple(each[1] for each in examples)
    return Learnt(at, cases, units, Nearest(each[2] for each in examples))
