"""A revision of a case and the history row that tells of it: always both, never one (C-02, P1)."""

from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.orm.attributes import set_committed_value

from errors import AlreadyChanged
from models import HistoryEvent, Identity, ProcessInstance, add_row, previous_seal, session

_instances = ProcessInstance.__table__.c
_step = update(ProcessInstance.__table__).where(  # type: ignore[arg-type]
    _instances.id == bindparam("read_id"), _instances.revision == bindparam("read_revision")
)


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
    as_read = {"read_id": instance.id, "read_revision": instance.revision}
    if session.connection().execute(_step, {**as_read, "revision": revision, **columns}).rowcount != 1:
        raise AlreadyChanged
    for column, value in {"revision": revision, **columns}.items():
        set_committed_value(instance, column, value)
    event: dict[str, Any] = {
        "instance_id": instance.id, "revision": revision, "at": at, "kind": kind, "actor": actor(by),
        "element": element, "name": name, "path": path or [], "notes": notes or [],
    }
    add_row(HistoryEvent, **event, seal=HistoryEvent(**event).seal_after(previous_seal(instance.id)))


def actor(by: Identity) -> str:
    """Name and unit as they are now: history keeps them even when people move on."""
    return f"{by.name}（{by.unit_name}）" if by.unit_name else by.name
