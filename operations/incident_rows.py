"""An incident: something failed, nothing is lost, an operator is told."""

from models import Incident, session
from operations.moves import Move


def raise_incident(move: Move, *, kind: str, ref: str, element: str, message: str) -> None:
    session.add(
        Incident(instance_id=move.instance.id, kind=kind, ref=ref, element=element, message=message, at=move.host.now)
    )
    move.host.context.note("incident", message, element)
