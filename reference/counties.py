"""Which units make one county: those under one top of the organisation tree. A database may hold several counties."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, select

from models import CaseUnit, Identity, Unit, beneath, session
from reference.people import CHANNEL_OF_ROLE

_units = Unit.__table__.c


def county_of(units: Collection[str] | Select[Any]) -> Select[Any]:
    """The codes of all units that stand under the same tops as these, to be part of a query: no list that ages.

    `units` are codes, or a query for codes.
    """
    return beneath(_tops(units))


def counties_of(units: Collection[str] | Select[Any]) -> tuple[str, ...]:
    """The codes of the units at the top of the counties that these are in, in order."""
    return tuple(sorted(row.code for row in session.execute(_tops(units))))


def _top(units: Collection[str] | Select[Any]) -> str:
    """The first of them, should there be several."""
    rows = session.execute(_tops(units).order_by(_units.id).limit(1)).all()
    return rows[0].code if rows else ""


def _tops(units: Collection[str] | Select[Any]) -> Select[Any]:
    """Id and code of the units that these stand under and that stand under none."""
    # Without names: two of them may stand in one statement.
    above = select(_units.id, _units.parent_id).where(_units.code.in_(units)).cte(recursive=True)
    above = above.union(select(_units.id, _units.parent_id).join(above, _units.id == above.c.parent_id))
    return select(_units.id, _units.code).join(above, _units.id == above.c.id).where(above.c.parent_id.is_(None))


def county_of_case(case_id: int, named: Collection[str]) -> str:
    """The code of the unit at the top of the county a case is of: of the units that its flow's diagrams name, or of
    those it was registered by and dispatched to. "" when none of them is known.

    An office that a task of it came to says nothing: that may be another county's, or the operator's, to whom a task
    goes that has no post.
    """
    mine = select(CaseUnit.unit).where(CaseUnit.case_id == case_id, CaseUnit.role.in_(("registrar", "lead", "co")))
    return _top(named) or _top(mine)


def handling_units(by: Identity) -> list[tuple[str, str]]:
    """Code and name of the units a case can be dispatched to (XT-23): those of this person's county.

    To whoever is in none, and to administrators, those of all counties; where there are several, each with its county.
    """
    return _of_county(by, Unit.handles_cases & Unit.successor_id.is_(None))


def abolished_units(by: Identity) -> list[tuple[str, str]]:
    """Code and name of the units of this person's county whose work another has taken over: only to look back at."""
    return _of_county(by, Unit.successor_id.is_not(None))


def _of_county(by: Identity, which: ColumnElement[bool]) -> list[tuple[str, str]]:
    if _is_bounded(by):
        found = select(Unit.code, Unit.name).where(which, Unit.code.in_(county_of(by.units)))
        return [(row.code, row.name) for row in session.execute(found.order_by(Unit.name, Unit.code))]
    return _with_county(which)


def _with_county(which: ColumnElement[bool]) -> list[tuple[str, str]]:
    """The same of all counties, county by county: two of them may have a 县自然资源局."""
    tree = _with_tops()
    found = select(Unit.code, Unit.name, tree.c.county).join(tree, tree.c.id == Unit.id).where(which)
    rows = session.execute(found.order_by(tree.c.county, Unit.name, Unit.code)).all()
    if len({row.county for row in rows}) < 2:
        return [(row.code, row.name) for row in rows]
    return [(row.code, row.name if row.name == row.county else f"{row.name} · {row.county}") for row in rows]


def county_names() -> dict[str, str]:
    """By the code of each unit the name of the unit at the top of its county; {} where all are of one."""
    tree = _with_tops()
    rows = session.execute(select(Unit.code, tree.c.county).join(tree, tree.c.id == Unit.id)).all()
    return {row.code: row.county for row in rows} if len({row.county for row in rows}) > 1 else {}


def _with_tops() -> CTE:
    """Id of each unit and name of the one at the top of its county."""
    tree = select(_units.id, _units.name.label("county")).where(_units.parent_id.is_(None)).cte(recursive=True)
    return tree.union_all(select(_units.id, tree.c.county).join(tree, _units.parent_id == tree.c.id))


def own_units(by: Identity) -> list[tuple[str, str]]:
    """Code and name of the units in whose name this person may act: those of their posts.

    Who holds a post of an office that itself handles no cases and registers for others (领导交办由吹哨办录入) may name
    any of its county, whatever other posts they hold.
    """
    offered = handling_units(by)
    handling = {code for code, _ in offered}
    offices = (post for post in by.posts if CHANNEL_OF_ROLE.get(post.role) == "office")
    if not by.posts or any(post.unit not in handling for post in offices):
        return offered
    return [(code, name) for code, name in offered if code in by.units]


def unit_kind(code: str) -> str:
    """What sort of unit it is, by the organisation: township, department or park; "" when there is none."""
    return session.scalar(select(Unit.kind).where(Unit.code == code)) or ""


def within(code: str, other: str) -> bool:
    """Whether it is this other unit or stands beneath it: an office within a bureau is that bureau (C-09)."""
    whole = beneath(select(_units.id, _units.code).where(_units.code == other))
    return session.scalar(select(Unit.id).where(Unit.code == code, Unit.code.in_(whole))) is not None


def may_serve(post_unit: str, named: Collection[str]) -> bool:
    """Whether a flow whose diagrams name these units is one of the county that this unit is in.

    A flow that names no unit of any county here is anybody's.
    """
    return bool(_serving([post_unit], {0: named}))


def is_at_home(named: Collection[str]) -> bool:
    """Whether a flow whose diagrams name these units has a county here: it names none, or one of them is known."""
    return not named or session.scalar(select(Unit.id).where(Unit.code.in_(named)).limit(1)) is not None


def flows_of(by: Identity, named: Mapping[int, Collection[str]]) -> frozenset[int]:
    """Which of these flows, each with the units its diagrams name, are this person's county's, or anybody's.

    To whoever is in no county, and to administrators, those of all.
    """
    return _serving(by.units, named) if _is_bounded(by) else frozenset(named)


def _serving(units: Collection[str], named: Mapping[int, Collection[str]]) -> frozenset[int]:
    county = set(session.scalars(county_of(units)))
    here = set(session.scalars(select(Unit.code).where(Unit.code.in_(set().union(*named.values())))))
    return frozenset(key for key, codes in named.items() if here.isdisjoint(codes) or not county.isdisjoint(codes))


def _is_bounded(by: Identity) -> bool:
    return bool(by.units) and not by.can("administer")
