"""Which way cases have gone, from their history."""

from collections import defaultdict

from sqlalchemy import select

from models import HistoryEvent, ProcessDefinition, ProcessInstance, session

#: Elements passed, by flow.
Walked = dict[str, set[str]]


def path_of(instance_id: int) -> list[str]:
    """Every element the case has completed, in order."""
    rows = select(HistoryEvent.path).where(HistoryEvent.instance_id == instance_id).order_by(HistoryEvent.revision)
    return [element for path in session.scalars(rows) for element, outcome in path if outcome == "completed"]


def walked() -> Walked:
    """What the cases of this database have passed, flow by flow."""
    session.rollback()
    found: Walked = defaultdict(set)
    of_flows = select(ProcessDefinition.key, ProcessInstance.id)
    of_flows = of_flows.join(ProcessInstance, ProcessInstance.definition_id == ProcessDefinition.id)
    for key, instance_id in session.execute(of_flows).all():
        found[key].update(path_of(instance_id))
    return dict(found)
