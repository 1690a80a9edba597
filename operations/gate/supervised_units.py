"""Whom a 督办单 by hand may be sent to: who has had a part in the case, and is not what the case is a report about."""

from sqlalchemy import select

from models import Case, CaseUnit, Identity, ProcessInstance, Task, Unit, session, unit_of
from models.succession import serving
from operations.gate.complained_of import complained_of


def units_to_order(about: Case, by: Identity) -> list[tuple[str, str]]:
    """Code and name of the units that have had a task of the case, whoever handles it first: one that has no part in it
    cannot be ordered by mistake. Never a unit that a report is about (C-09), nor one's own.

    A confidential task says nothing here: who has one, only the holders of clues may know (XT-20).
    """
    posts = session.scalars(select(Task.post).where(Task.case_id == about.id, Task.confidential.is_(False)).distinct())
    instance = session.scalars(select(ProcessInstance).where(ProcessInstance.case_id == about.id)).one()
    complained = complained_of(instance)
    units = {serving(unit) for unit in {unit_of(post) for post in posts} - complained} - complained - set(by.units)
    names = dict(session.execute(select(Unit.code, Unit.name).where(Unit.code.in_(units))).all())
    place = _places(about)
    return sorted(names.items(), key=lambda pair: (place.get(pair[0], len(place)), pair[1]))


def _places(about: Case) -> dict[str, int]:
    """主办 first, then 协办, then whoever else."""
    part = select(CaseUnit.unit, CaseUnit.role).where(CaseUnit.case_id == about.id, CaseUnit.role.in_(("lead", "co")))
    helpers = [serving(unit) for unit, role in session.execute(part.order_by(CaseUnit.role.desc(), CaseUnit.unit))]
    first = [serving(about.lead_org)] if about.lead_org else []
    return {unit: place for place, unit in enumerate(dict.fromkeys([*first, *helpers]))}
