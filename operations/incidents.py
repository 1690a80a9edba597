"""Let an operator try again what has failed."""

from errors import NotAllowed, NotFound
from models import Identity, Incident, OutboxMessage, ProcessInstance, now, session, transactional
from models.outbox import WAITING
from operations.instances import moving
from operations.moves import locked
from operations.open_tasks import assign_again
from operations.quarantine import KIND, release


@transactional
def retry_incident(incident_id: int, *, by: Identity) -> Incident:
    """Run again what failed. Raises NotFound, NotAllowed."""
    if not by.can("operate"):
        raise NotAllowed
    incident = session.get(Incident, incident_id)
    if incident is None or incident.resolved_at is not None:
        raise NotFound
    _RETRIES[incident.kind](incident, by)
    return incident


def _retry_step(incident: Incident, by: Identity) -> None:
    """The step's own writing-down resolves the incident if it went well."""
    with moving(locked(incident.instance_id), by=by, kind="retried", element=incident.element) as move:
        move.name = move.definition.elements[incident.element].name
        move.execution.retry(incident.ref)


def _retry_post(incident: Incident, by: Identity) -> None:
    with moving(locked(incident.instance_id), by=by, kind="retried", element=incident.element) as move:
        move.name = move.definition.elements[incident.element].name
        assign_again(move, incident)


def _retry_outbox(incident: Incident, by: Identity) -> None:
    message = session.get_one(OutboxMessage, int(incident.ref))
    message.state, message.attempts, message.next_at = WAITING, 0, now()
    incident.resolved_at = now()


def _release(incident: Incident, by: Identity) -> None:
    release(session.get_one(ProcessInstance, incident.instance_id))
    incident.resolved_at = now()


_RETRIES = {"step": _retry_step, "post": _retry_post, "outbox": _retry_outbox, KIND: _release}
