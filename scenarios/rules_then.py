"""What else held when a case was handled: parameters and the calendar, as the steps of a scenario that say so."""

from collections.abc import Iterator
from datetime import date, datetime

import orjson
from sqlalchemy import select

from config import ZONE
from engine import Definition
from models import CalendarEdition, session
from reference import parameters
from reference.seeds import seeded_parameters


def parameters_then(definition: Definition, revision: int) -> Iterator[str]:
    """Those that the flow reads and that had another value when the case began than now, or than a new county has."""
    then, here = parameters.values_at(revision), parameters.values_at(parameters.newest_revision())
    seeded = {entry["key"]: entry["value"] for entry in seeded_parameters()}
    known = sorted(key for key in definition.parameters if key in then)
    changed = [key for key in known if then[key] != here[key] or then[key] != seeded.get(key)]
    if changed:
        yield "而且 一起改参数（依据 登记时的值）："
        yield from (f"  | {key} | {_written(then[key])} |" for key in changed)


def _written(value: object) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def days_edited(begun: datetime, until: datetime) -> Iterator[tuple[datetime, str]]:
    """When the county made a day after the beginning one off, or one worked on, and the step that does it again."""
    known: dict[str, tuple[bool, str]] = {}
    editions = select(CalendarEdition).where(CalendarEdition.at <= until).order_by(CalendarEdition.id)
    for edition in session.scalars(editions):
        now = {day: (workday, why) for day, workday, why in edition.overrides}
        for day, (workday, why) in now.items():
            if known.get(day) != (workday, why) and date.fromisoformat(day) >= begun.astimezone(ZONE).date():
                yield edition.at, f"日历 {day} {'上班' if workday else '放假'}（{why}）"
        known = now
