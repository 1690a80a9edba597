"""What has failed and waits for an operator."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from config import ZONE
from models import Case, Incident, ProcessDefinition, ProcessInstance, session
from models.waiting import MENDABLE
from queries.privacy import listed

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


def open_incidents(limit: int = 200) -> list[IncidentRow]:
    """Newest first."""
    newer = aliased(ProcessDefinition)
    newest = (
        select(func.max(newer.version))
        .where(newer.key == ProcessDefinition.key, newer.version > ProcessDefinition.version)
        .scalar_subquery()
    )
    found = select(Incident, Case, newest).join(ProcessInstance, ProcessInstance.id == Incident.instance_id)
    found = found.join(ProcessDefinition, ProcessDefinition.id == ProcessInstance.definition_id)
    found = found.join(Case, Case.id == ProcessInstance.case_id).where(Incident.resolved_at.is_(None))
    rows = session.execute(found.order_by(Incident.id.desc()).limit(limit))
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
            version if i.kind in MENDABLE else None,
        )
        for i, c, version in rows
    ]
