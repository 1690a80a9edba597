"""Which cases a person may see. Part of every query on cases, never a check after it."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from errors import NotFound
from models import Case, CaseUnit, Clue, Document, Identity, ProcessInstance, Task, session
from models.case import COPIED
from models.task import OPEN
from operations.gate.moves import locked
from reference.counties import county_of
from reference.people import permissions_of

RECEIPT = "CA-12.receipt"  # the form on which the addressee of a letter about a clue (F-C-6) signs for it


def visible(by: Identity) -> Any:
    """Those in which one of their units takes part; with a post that sees all, those of that post's county.

    Administrators look after the installation and see the cases of every county in it.
    """
    if by.can("administer"):
        return Case.id.is_not(None)
    offices = offices_of(by, "see_all")
    mine = CaseUnit.unit.in_(by.units)
    sees = mine | CaseUnit.unit.in_(county_of(offices)) if offices else mine
    return exists().where(CaseUnit.case_id == Case.id, sees)


def watched(by: Identity, permission: str, case_id: InstrumentedAttribute[int] = Case.id) -> ColumnElement[bool]:
    """Cases of the counties of those posts that give this permission: in no other county does one have it."""
    offices = offices_of(by, permission)
    return in_county_of(offices, case_id) if offices else false()


def in_county_of(units: Collection[str], case_id: InstrumentedAttribute[int] = Case.id) -> ColumnElement[bool]:
    """Cases in which a unit of the county of these takes part."""
    return exists().where(CaseUnit.case_id == case_id, CaseUnit.unit.in_(county_of(units)))


def clues_for(by: Identity) -> ColumnElement[bool]:
    """Clues of the counties whose clues one keeps; never one about a unit of one's own (XT-20)."""
    return and_(watched(by, "clues", Clue.case_id), Clue.org.not_in(by.units))


def offices_of(by: Identity, permission: str) -> list[str]:
    """The units of those of one's posts that give this permission."""
    return sorted({post.unit for post in by.posts if permission in permissions_of(post.unit, post.role)})


def locked_for(case_id: int, by: Identity) -> ProcessInstance:
    """The case under its lock. Raises NotFound when there is none or this person may not see it."""
    mine = select(ProcessInstance.id).join(Case, Case.id == ProcessInstance.case_id)
    instance_id = session.scalar(mine.where(Case.id == case_id, visible(by)))
    if instance_id is None:
        raise NotFound
    return locked(instance_id)


def in_whose_name(case_id: int, by: Identity) -> Identity:
    """As whom this person acts on a case besides its tasks: at a post of theirs that works on it now, else at one that
    lets them see it; of these their own first, else as who they stand in for. Its unit is the one written down (C-02).
    """
    if len(by.posts) < 2 and not by.stands_in:
        return by
    working = select(Task.post).where(Task.case_id == case_id, Task.state == OPEN, Task.post.in_(by.post_keys))
    busy = set(session.scalars(working))
    for post in sorted(by.posts, key=lambda each: (each.key not in busy, bool(each.instead_of))):
        alone = replace(by, posts=(post,))
        if post.key in busy or session.scalar(select(Case.id).where(Case.id == case_id, visible(alone))) is not None:
            return by.at(post.key)
    return by


def is_office_of(case: Case, by: Identity) -> bool:
    """Of the unit that registered it, or of an office that sees all. Not whoever looks after the installation."""
    return _is_office(by) or session.scalar(select(Case.id).where(Case.id == case.id, of_office(by))) is not None


def takes_part(case: Case, by: Identity) -> bool:
    """Whether a unit of theirs registered, handles or watches over it, and does not only look on (抄送)."""
    works = (CaseUnit.case_id == case.id) & CaseUnit.unit.in_(by.units) & (CaseUnit.role != COPIED)
    return _is_office(by) or session.scalar(select(CaseUnit.case_id).where(works).limit(1)) is not None


def of_office(by: Identity) -> ColumnElement[bool]:
    """is_office_of() of every case a query finds."""
    registrar = CaseUnit.role == "registrar"
    registered = exists().where(CaseUnit.case_id == Case.id, registrar, CaseUnit.unit.in_(by.units))
    return true() if _is_office(by) else registered


def _is_office(by: Identity) -> bool:
    return by.can("see_all") and not by.can("administer")


def readable(by: Identity) -> ColumnElement[bool]:
    """Papers of the cases this person may see; confidential ones only with the clues (XT-20), and for the post that
    signs for them: nobody can receive a letter unread, nor read the one about another clue (CA-12, TZ-30).
    """
    if by.can("clues"):
        return and_(visible(by))
    own = or_(Document.clue_id.is_(None), Document.clue_id == Task.clue_id)
    signs = exists().where(Task.case_id == Document.case_id, own, Task.form == RECEIPT, Task.post.in_(by.post_keys))
    return and_(visible(by), or_(Document.confidential.is_(False), signs))


def may_see_task(task: Task, by: Identity) -> bool:
    """Whoever holds its post, and the offices that see all; a confidential one only with the clues (XT-20)."""
    if task.post in by.post_keys:
        return True
    if not by.can("see_all") or (task.confidential and not by.can("clues")):
        return False
    return session.scalar(select(Case.id).where(Case.id == task.case_id, visible(by))) is not None
