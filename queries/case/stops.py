"""Cases that stand still, for whoever works on them or waits for them: a fault has stopped them, since when and
nothing of why, or an operator has suspended them, since when and why.
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from config import ZONE
from models import Identity, Incident, ProcessInstance, session
from operations.gate.suspension import words_of
from queries.case.history import PAUSED, secret_elements

#: An undelivered message or a deadline not counted anew stops nobody.
STOPPING = ("step", "post", "quarantine")
_FAILED = (Incident.instance_id == ProcessInstance.id) & Incident.resolved_at.is_(None) & Incident.kind.in_(STOPPING)

_OF_CASE = (
    *(ProcessInstance.case_id, ProcessInstance.definition_id),
    *(ProcessInstance.suspended_at, ProcessInstance.suspended_why),
)


def is_stopped(instance_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Part of a statement about tasks or cases; stops() then says which of them this person may know of."""
    suspended = exists().where(ProcessInstance.id == instance_id, ProcessInstance.suspended_at.is_not(None))
    failed = exists().where(
        Incident.instance_id == instance_id, Incident.resolved_at.is_(None), Incident.kind.in_(STOPPING)
    )
    return or_(suspended, failed)


def stops(cases: Collection[int], by: Identity | None = None) -> dict[int, str]:
    """本件因系统故障暂停，已通知管理员（2026-03-12）, or 本件已暂停（2026-03-12）：原因, by case id. A fault of a
    confidential step is told to holders of `clues` alone, and to no reporter (XT-20).
    """
    if not cases:
        return {}
    found = select(*_OF_CASE, Incident.element, Incident.at).outerjoin(Incident, _FAILED)
    found = found.where(ProcessInstance.case_id.in_(cases))
    found = found.where(ProcessInstance.suspended_at.is_not(None) | Incident.id.is_not(None))
    knows_all = by is not None and by.can("clues")
    words: dict[int, str] = {}
    for row in session.execute(found.order_by(Incident.id)):
        if row.suspended_at:
            words[row.case_id] = words_of(row.suspended_at, row.suspended_why)
        elif knows_all or row.element not in secret_elements(row.definition_id):
            words.setdefault(row.case_id, f"{PAUSED}（{row.at.astimezone(ZONE):%Y-%m-%d}）")
    return words
