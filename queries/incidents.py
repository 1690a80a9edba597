"""What has failed and waits for an operator."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from config import ZONE
from models import Case, Incident, ProcessInstance, session
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


def open_incidents(limit: int = 200) -> list[IncidentRow]:
    """Newest first."""
    found = select(Incident, Case).join(ProcessInstance, ProcessInstance.id == Incident.instance_id)
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
        )
        for i, c in rows
    ]
