"""The working calendar in force, and the rules of counting that parameters set (C-03)."""

from datetime import date
from typing import Any

from sqlalchemy import func, select

from models import CalendarEdition, session
from reference.cache import per_database
from reference.parameters import newest_revision, values_at
from worktime import Calendar, Rules

#: Part of a statement that asks for more.
NEWEST = select(func.coalesce(func.max(CalendarEdition.__table__.c.id), 0)).scalar_subquery()
_newest = select(NEWEST)


def newest_edition() -> int:
    return session.connection().scalars(_newest).one()


def calendar() -> Calendar:
    """The newest edition. Raises CalendarMissing later, when a day outside it is asked for."""
    return edition(newest_edition())


@per_database(size=4)
def edition(revision: int) -> Calendar:
    row = session.get(CalendarEdition, revision)
    announcements: dict[str, Any] = row.announcements if row else {"years": {}}
    overrides = [(date.fromisoformat(day), workday, reason) for day, workday, reason in (row.overrides if row else [])]
    return Calendar.from_announcements(announcements, overrides, revision=revision)


def rules(parameter_revision: int | None = None) -> Rules:
    """How days are counted, as the parameters say."""
    return _rules(newest_revision() if parameter_revision is None else parameter_revision)


@per_database(size=64)
def _rules(revision: int) -> Rules:
    return Rules.from_parameters(values_at(revision))
