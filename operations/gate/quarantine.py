"""A case that the clock cannot move, or that takes its worker down, is left alone until an operator has looked (P7)."""

from sqlalchemy import Select, select

from errors import NotAllowed
from models import Incident, ProcessInstance, now, session
from operations.gate.incident_rows import tell_operators

KIND = "quarantine"  # an open incident of this kind is the quarantine

#: How often the clock tries a case, crashes included, before it is quarantined.
MAX_ATTEMPTS = 3


def quarantined_cases() -> Select[int]:
    return select(Incident.instance_id).where(Incident.kind == KIND, Incident.resolved_at.is_(None))


def is_quarantined(instance: ProcessInstance) -> bool:
    """Asks the database only for a case whose attempts are used up: most never come near it."""
    if instance.attempts < MAX_ATTEMPTS:
        return False
    return session.scalar(quarantined_cases().where(Incident.instance_id == instance.id).limit(1)) is not None


def refuse_quarantined(instance: ProcessInstance) -> None:
    """Raises NotAllowed: nobody moves it before an operator has looked."""
    if is_quarantined(instance):
        raise NotAllowed("这个事项多次出错，已被隔离，请联系运维人员。")


def quarantine(instance_id: int, why: str) -> None:
    message = f"到期处理连续{MAX_ATTEMPTS}次没有成功，事项已隔离：{why}"
    session.add(Incident(instance_id=instance_id, kind=KIND, ref="", element="", message=message, at=now()))
    tell_operators(session.get_one(ProcessInstance, instance_id), now())


def release(instance: ProcessInstance) -> None:
    """Let the clock have the case again, at its next tick."""
    instance.attempts, instance.leased_until = 0, None
