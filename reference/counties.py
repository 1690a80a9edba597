"""Which units make one county: those under one top of the organisation tree. A database may hold several counties."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, select

from models import Identity, Unit, session

_units = Unit.__table__.c


def county_of(units: Collection[str] | Select[Any]) -> Select[Any]:
    """The codes of all units that stand under the same tops as these, to be part of a query: no list that ages.

    `units` are codes, or a query for codes.
    """
    # Without names: two of them may stand in one statement.
    above = select(_units.id, _units.parent_id).where(_units.code.in_(units)).cte(recursive=True)
    above = above.union(select(_units.id, _units.parent_id).join(above, _units.id == above.c.parent_id))
    tops = select(_units.id, _units.code).join(above, _units.id == above.c.id).where(above.c.parent_id.is_(None))
    county = tops.cte(recursive=True)
    county = county.union(select(_units.id, _units.code).join(county, _units.parent_id == county.c.id))
    return select(county.c.code)


def handling_units(by: Identity) -> list[tuple[str, str]]:
    """Code and name of the units a case can be dispatched to (XT-23): those of this person's county.

    To whoever is in none, and to administrators, those of all counties.
    """
    bounded = by.units and not by.can("administer")
    offered = select(Unit.code, Unit.name).where(Unit.handles_cases).order_by(Unit.name, Unit.code)
    rows = session.execute(offered.where(Unit.code.in_(county_of(by.units))) if bounded else offered)
    return [(row.code, row.name) for row in rows]


def may_serve(post_unit: str, named: Collection[str]) -> bool:
    """Whether a flow whose diagrams name these units is one of the county that this unit is in.

    A flow that names no unit of any county here is anybody's.
    """
    counties = set(session.scalars(county_of(named))) if named else set()
    return not counties or post_unit in counties
