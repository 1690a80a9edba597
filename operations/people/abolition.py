"""A unit is abolished or merged while cases run: another takes its work over, and the cases say so (XT-23, C-02)."""

from collections.abc import Mapping

from sqlalchemy import select, update

from errors import NotAllowed, NotFound
from models import (
    AgendaItem,
    CaseUnit,
    Identity,
    Meeting,
    Notice,
    Post,
    Task,
    TaskSign,
    Unit,
    now,
    post_key,
    session,
    transactional,
)
from models.sign import IS_PENDING
from models.task import OPEN
from operations.gate.moves import locked
from operations.gate.revisions import change, record
from operations.people.organisation_log import note_change
from reference.counties import county_of


def abolish_unit(code: str, successor: str = "", *, by: Identity) -> int:
    """Hand all that a unit has open to its successor, or else to the unit above it; what its cases bring later, too.

    Deadlines stay as they are. Every case in which the unit takes part is visible to the successor from now on, and
    each one with an open task gets a row in its history. Returns how many tasks went over.
    The successor is committed first: who completes a step meanwhile has looked either before, and then their task is
    found here, or after. Once more for an abolished unit hands over what came to it nevertheless.
    Raises NotAllowed when the successor lacks a post that the unit has, NotFound.
    """
    _name_successor(code, successor, by)
    moved = 0
    while found := _sweep(code, by):
        moved += found
    return moved


@transactional
def _name_successor(code: str, successor: str, by: Identity) -> None:
    if not by.can("administer"):
        raise NotAllowed("只有管理员可以撤并单位。")
    unit = _find(code)
    if unit.successor_id and not successor:
        return
    heir = _find(successor) if successor else session.get(Unit, unit.parent_id or 0)
    if unit.successor_id and heir and heir.id == unit.successor_id:
        return
    _check(unit, heir)
    assert heir is not None
    unit.handles_cases, unit.successor_id = False, heir.id
    session.execute(update(Unit).where(Unit.successor_id == unit.id).values(successor_id=heir.id))
    note_change(f"撤并，由{heir.name}承接", by, unit=unit)


@transactional
def _sweep(code: str, by: Identity) -> int:
    """One pass; returns how many tasks it found."""
    unit = _find(code)
    heir = session.get_one(Unit, unit.successor_id)
    _let_see(unit, heir)
    posts = {post.key: post for post in _posts(unit)}
    for post in posts.values():
        unread = (Notice.post == post.key) & Notice.read_at.is_(None)
        asked = (TaskSign.post == post.key) & IS_PENDING
        session.execute(update(Notice).where(unread).values(post=post_key(heir.code, post.role)))
        session.execute(update(TaskSign).where(asked).values(post=post_key(heir.code, post.role)))
        for kept in (AgendaItem, Meeting):
            session.execute(update(kept).where(kept.post == post.key).values(post=post_key(heir.code, post.role)))
    waiting = select(Task.instance_id).where(Task.post.in_(posts), Task.state == OPEN).distinct()
    return sum(_hand_over(each, posts, unit, heir, by) for each in session.scalars(waiting.order_by(Task.instance_id)))


def _check(unit: Unit, heir: Unit | None) -> None:
    """The heir has a post for every kind of work of the unit. Whether somebody holds it may be settled later, as in any
    unit (`flask organisation abolish` says which are vacant).
    """
    if unit.successor_id:
        raise NotAllowed(f"{unit.name}已经撤并。")
    if heir is None:
        raise NotAllowed(f"{unit.name}没有上级单位，请指定由哪个单位承接。")
    if heir.successor_id or heir.id == unit.id:
        raise NotAllowed(f"{heir.name}不能承接：它自己已经撤并，或就是要撤并的单位。")
    if session.scalar(select(Unit.id).where(Unit.id == heir.id, Unit.code.in_(county_of([unit.code])))) is None:
        raise NotAllowed(f"{heir.name}不能承接：它不是本县的单位，看不到本县的事项。")
    roles = {post.role for post in _posts(heir)}
    if missing := [post.role_name for post in _posts(unit) if post.role not in roles]:
        raise NotAllowed(f"{heir.name}没有这些岗位：{'、'.join(missing)}。请先设岗，或另指定承接单位。")


def _hand_over(instance_id: int, posts: Mapping[str, Post], unit: Unit, heir: Unit, by: Identity) -> int:
    """What waits for the unit in one case, read under its lock: one step may just have led to the next."""
    instance = locked(instance_id)
    mine = select(Task).where(Task.instance_id == instance_id, Task.post.in_(posts), Task.state == OPEN)
    tasks = session.scalars(mine.order_by(Task.id).execution_options(populate_existing=True)).all()
    for task in tasks:
        post = posts[task.post]
        new = post_key(heir.code, post.role)
        told = [["abolished", f"{unit.name}撤并，由{heir.name}{post.role_name}承接", ""]]
        change(task, post=new, inbox_key=new, claimed_by=None)
        record(instance, kind="handed_over", by=by, at=now(), element=task.element, name=task.name, notes=told)
    return len(tasks)


def _let_see(unit: Unit, heir: Unit) -> None:
    theirs = select(CaseUnit.case_id).where(CaseUnit.unit == heir.code)
    mine = select(CaseUnit).where(CaseUnit.unit == unit.code, CaseUnit.case_id.not_in(theirs))
    session.add_all(CaseUnit(case_id=each.case_id, unit=heir.code, role=each.role) for each in session.scalars(mine))


def _posts(unit: Unit) -> list[Post]:
    return list(session.scalars(select(Post).where(Post.unit_id == unit.id).order_by(Post.key)))


def _find(code: str) -> Unit:
    unit = session.scalar(select(Unit).where(Unit.code == code))
    if unit is None:
        raise NotFound(f"没有代号为“{code}”的单位。")
    return unit
