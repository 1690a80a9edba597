"""What a county has made of the program, to be carried into the database of a trial: units, parameters, calendar."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from models import SYSTEM, CalendarEdition, ParameterValue, Post, Unit, now, session, transactional
from operations.house import retirement
from operations.house.calendars import edit_calendar
from operations.people.units import put_post, put_unit
from reference import parameters
from reference.calendar import newest_edition


@dataclass(frozen=True)
class Surroundings:
    """All of it goes through JSON.

    `units`: {"code", "name", "kind", "handles_cases", "parent": code or None, "posts": {role: name}}; `values` of
    parameters by key; `announcements` and `overrides` as a CalendarEdition has them.
    """

    units: list[dict[str, Any]]
    values: dict[str, Any]
    announcements: dict[str, Any]
    overrides: list[Any]


def surroundings_here(values: Mapping[str, Any] | None = None) -> Surroundings:
    """Of this database; `values` are parameters with other values than here. A retired flow is tried all the same."""
    known = {**parameters.values_at(parameters.newest_revision()), **(values or {})}
    known.pop(retirement.KEY, None)
    edition = session.get_one(CalendarEdition, newest_edition())
    return Surroundings(_units(), known, edition.announcements, edition.overrides)


def _units() -> list[dict[str, Any]]:
    """Those that serve; who holds their posts is nobody's business in a trial."""
    rows = session.scalars(select(Unit).where(Unit.successor_id.is_(None)).order_by(Unit.id)).all()
    codes = {unit.id: unit.code for unit in rows}
    posts: dict[int, dict[str, str]] = {}
    for unit_id, role, name in session.execute(select(Post.unit_id, Post.role, Post.role_name).order_by(Post.key)):
        posts.setdefault(unit_id, {})[role] = name
    return [
        {
            "code": unit.code,
            "name": unit.name,
            "kind": unit.kind,
            "handles_cases": unit.handles_cases,
            "parent": codes.get(unit.parent_id) if unit.parent_id else None,
            "posts": posts.get(unit.id, {}),
        }
        for unit in rows
    ]


@transactional
def settle(around: Surroundings) -> None:
    """Make a county like that one of the database at hand, which holds what a new one begins with."""
    _settle_units(around.units)
    settle_values(around.values)
    edition = session.get_one(CalendarEdition, newest_edition())
    if (edition.announcements, edition.overrides) != (around.announcements, around.overrides):
        edit_calendar(around.announcements, [tuple(each) for each in around.overrides], by=SYSTEM, reason="试跑")


@transactional
def settle_values(values: Mapping[str, Any]) -> None:
    """What a new county has no parameter for is passed over."""
    before = parameters.values_at(parameters.newest_revision())
    for key, value in values.items():
        if key in before and before[key] != value:
            session.add(ParameterValue(key=key, value=value, at=now(), by=SYSTEM.name))


def _settle_units(units: list[dict[str, Any]]) -> None:
    rows = {unit.code: unit for unit in session.scalars(select(Unit))}
    for parents_known in (False, True):  # in whatever order they come
        for each in units:
            above = each["parent"] if parents_known else None
            about = (each["code"], each["name"], above, each["kind"], each["handles_cases"])
            rows[each["code"]] = put_unit(rows.get(each["code"]), *about)
    for each in units:
        for role, name in each["posts"].items():
            put_post(rows[each["code"]], role, name)
