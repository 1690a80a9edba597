"""What has failed and waits for an operator, and what one has suspended."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import select

from config import ZONE
from models import Case, Incident, ProcessDefinition, ProcessInstance, session
from models.waiting import MENDABLE
from reference import definitions
from reference.privacy import listed

KINDS = {
    "step": "步骤出错",
    "post": "派不出去",
    "outbox": "消息未送达",
    "quarantine": "事项已隔离",
    "calendar": "时限未重算",
}


@dataclass(frozen=True)
class IncidentRow:
    id: int
    case_id: int
    case_no: str
    title: str
    kind_name: str
    element: str
    message: str
    at: datetime
    newer: int | None  # the version of its flow that may mend it; None when there is no newer one
    changed: list[str]  # the files in which that differs from its own


def open_incidents(limit: int = 200) -> list[IncidentRow]:
    """Newest first."""
    found = select(Incident, Case, ProcessDefinition).join(ProcessInstance, ProcessInstance.id == Incident.instance_id)
    found = found.join(ProcessDefinition, ProcessDefinition.id == ProcessInstance.definition_id)
    found = found.join(Case, Case.id == ProcessInstance.case_id).where(Incident.resolved_at.is_(None))
    newer = cache(_newer)
    return [
        IncidentRow(
            i.id,
            c.id,
            c.case_no or "未编号",
            listed(c.title, c),
            KINDS[i.kind],
            i.element,
            i.message,
            i.at.astimezone(ZONE),
            *(newer(own) if i.kind in MENDABLE else (None, [])),
        )
        for i, c, own in session.execute(found.order_by(Incident.id.desc()).limit(limit))
    ]


@dataclass(frozen=True)
class SuspendedRow:
    case_id: int
    case_no: str
    title: str
    since: datetime
    why: str


def suspended_cases(limit: int = 200) -> list[SuspendedRow]:
    """Those that an operator has suspended (暂停), the longest first."""
    found = select(ProcessInstance).where(ProcessInstance.suspended_at.is_not(None))
    rows = session.scalars(found.order_by(ProcessInstance.suspended_at).limit(limit))
    return [
        SuspendedRow(
            each.case_id,
            each.case.case_no or "未编号",
            listed(each.case.title, each.case),
            each.suspended_at.astimezone(ZONE),
            each.suspended_why,
        )
        for each in rows
        if each.suspended_at
    ]


def _newer(own: ProcessDefinition) -> tuple[int | None, list[str]]:
    newest = definitions.newest(own.key)
    return (newest.version, definitions.changed_files(own.id, newest.id)) if newest.id != own.id else (None, [])
