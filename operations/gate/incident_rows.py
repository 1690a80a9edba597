"""An incident: something failed, nothing is lost, an operator is told."""

from datetime import datetime

from models import Incident, Notice, ProcessInstance, session
from operations.gate.moves import Move

#: Whoever mends faults; also where a task waits whose post does not exist.
OPERATORS = "post:system:operator"


def raise_incident(move: Move, *, kind: str, ref: str, element: str, message: str) -> None:
    session.add(
        Incident(instance_id=move.instance.id, kind=kind, ref=ref, element=element, message=message, at=move.host.now)
    )
    move.host.context.note("incident", message, element)
    tell_operators(move.instance, move.host.now)


def tell_operators(instance: ProcessInstance, at: datetime) -> None:
    """A notice, besides the page of incidents: whoever waits for the case is told that they know."""
    case = instance.case
    text = f"“{case.case_no or case.title or case.flow_name}”因系统故障暂停，请到“异常”处理"
    session.add(Notice(case_id=instance.case_id, post=OPERATORS, text=text, at=at))
