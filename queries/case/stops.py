"""Cases that a fault has stopped, for whoever works on them or waits for them: since when, and nothing of why."""

from collections.abc import Collection

from sqlalchemy import Exists, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from config import ZONE
from models import Identity, Incident, ProcessInstance, session
from queries.case.history import PAUSED, secret_elements

#: An undelivered message or a deadline not counted anew stops nobody.
STOPPING = ("step", "post", "quarantine")


def is_stopped(instance_id: InstrumentedAttribute[int]) -> Exists:
    """Part of a statement about tasks or cases; stops() then says which of them this person may know of."""
    return exists().where(
        Incident.instance_id == instance_id, Incident.resolved_at.is_(None), Incident.kind.in_(STOPPING)
    )


def stops(cases: Collection[int], by: Identity | None = None) -> dict[int, str]:
    """本件因系统故障暂停，已通知管理员（2026-03-12）, by case id. A fault of a confidential step is told to holders of
    `clues` alone, and to no reporter (XT-20).
    """
    if not cases:
        return {}
    found = select(ProcessInstance.case_id, ProcessInstance.definition_id, Incident.element, Incident.at)
    found = found.join(Incident, Incident.instance_id == ProcessInstance.id).where(
        ProcessInstance.case_id.in_(cases), Incident.resolved_at.is_(None), Incident.kind.in_(STOPPING)
    )
    knows_all = by is not None and by.can("clues")
    words: dict[int, str] = {}
    for row in session.execute(found.order_by(Incident.id)):
        if knows_all or row.element not in secret_elements(row.definition_id):
            words.setdefault(row.case_id, f"{PAUSED}（{row.at.astimezone(ZONE):%Y-%m-%d}）")
    return words
