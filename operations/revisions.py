"""A revision of a case and the history row that tells of it: always both, never one (C-02, P1)."""

from typing import Any

from sqlalchemy import update
from sqlalchemy.orm.attributes import set_committed_value

from errors import AlreadyChanged
from models import HistoryEvent, Identity, ProcessInstance, previous_seal, session


def record(
    instance: ProcessInstance,
    *,
    kind: str,
    by: Identity,
    at: Any,
    element: str | None = None,
    name: str = "",
    path: list[list[str]] | None = None,
    notes: list[list[str]] | None = None,
    **columns: Any,
) -> None:
    """Raise the revision by one, set `columns` of the instance, and add the history row.

    Raises AlreadyChanged when the case has moved since it was read (P2).
    """
    revision = instance.revision + 1
    as_read = (ProcessInstance.id == instance.id) & (ProcessInstance.revision == instance.revision)
    step = update(ProcessInstance).where(as_read).values(revision=revision, **columns).returning(ProcessInstance.id)
    if session.scalar(step, execution_options={"synchronize_session": False}) is None:
        raise AlreadyChanged
    for column, value in {"revision": revision, **columns}.items():
        set_committed_value(instance, column, value)
    event = HistoryEvent(
        instance_id=instance.id, revision=revision, at=at, kind=kind, actor=actor(by), element=element, name=name,
        path=path or [], notes=notes or [],
    )
    event.seal = event.seal_after(previous_seal(instance.id))
    session.add(event)


def actor(by: Identity) -> str:
    """Name and unit as they are now: history keeps them even when people move on."""
    return f"{by.name}（{by.unit_name}）" if by.unit_name else by.name
