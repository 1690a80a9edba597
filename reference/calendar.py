"""The working calendar in force, and the rules of counting that parameters set (C-03)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any

import orjson
from sqlalchemy import func, select

from models import CalendarEdition, session
from reference.cache import per_database
from reference.parameters import newest_revision, values_at
from reference.seeds import read_seed
from worktime import Calendar, Rules, infer_years, read_years

#: Part of a statement that asks for more.
NEWEST = select(func.coalesce(func.max(CalendarEdition.__table__.c.id), 0)).scalar_subquery()
_newest = select(NEWEST)


def newest_edition() -> int:
    return session.connection().scalars(_newest).one()


def calendar() -> Calendar:
    """The newest edition; a year that it lacks is inferred and provisional (C-03).

    Raises CalendarMissing later, when a day is asked for that lies before it, or beyond what seeds/festivals_cn.json
    knows.
    """
    return edition(newest_edition())


@per_database(size=4)
def edition(revision: int) -> Calendar:
    row = session.get(CalendarEdition, revision)
    return laid_out(row.announcements, row.overrides, revision) if row else laid_out({"years": {}}, [], revision)


@per_database(size=4)
def in_force_since(revision: int) -> datetime:
    row = session.get(CalendarEdition, revision)
    return row.at if row else datetime.min.replace(tzinfo=UTC)


def laid_out(announcements: Mapping[str, Any], overrides: Sequence[Sequence[Any]], revision: int) -> Calendar:
    """What an edition would be that says this; a year that it lacks is inferred. Raises BadCalendar."""
    return _laid_out(orjson.dumps((announcements, overrides)), revision)


@lru_cache(maxsize=8)
def _laid_out(said: bytes, revision: int) -> Calendar:
    """Announcements and overrides that say the same make the same calendar in every database; it takes long."""
    announcements, overridden = orjson.loads(said)
    overrides = [(date.fromisoformat(day), workday, reason) for day, workday, reason in overridden]
    years = read_years(announcements)
    return Calendar([*years, *infer_years(_festivals(), years)], overrides, revision)


@cache
def _festivals() -> dict[str, dict[str, str]]:
    """Year -> festival of the moon or the sun -> ISO day."""
    years: dict[str, dict[str, str]] = read_seed("festivals_cn.json")["years"]
    return years


def rules(parameter_revision: int | None = None) -> Rules:
    """How days are counted, as the parameters say."""
    return _rules(newest_revision() if parameter_revision is None else parameter_revision)


@per_database(size=64)
def _rules(revision: int) -> Rules:
    return Rules.from_parameters(values_at(revision))
