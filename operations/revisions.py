"""A revision of a case and the history row that tells of it: always both, never one (C-02, P1)."""

from functools import cache
from typing import Any

from sqlalchemy import Update, bindparam, update
from sqlalchemy.orm.attributes import set_committed_value

from errors import AlreadyChanged
from models import Base, HistoryEvent, Identity, ProcessInstance, Task, add_row, previous_seal, session
from models.history import seal


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
    change(instance, **columns)
    event: dict[str, Any] = {
        "instance_id": instance.id,
        "revision": instance.revision,
        "at": at,
        "kind": kind,
        "actor": actor(by),
        "element": element,
        "name": name,
        "path": path or [],
        "notes": notes or [],
    }
    add_row(HistoryEvent, **event, seal=seal(previous_seal(instance.id), event))


def change(row: ProcessInstance | Task, **columns: Any) -> None:
    """Compare and set (P2, P3): give the row its next revision and these values.

    Raises AlreadyChanged when it is no longer as it was read.
    """
    as_read = {"read_id": row.id, "read_revision": row.revision}
    columns["revision"] = row.revision + 1
    if session.connection().execute(_step_of(type(row)), {**as_read, **columns}).rowcount != 1:
        raise AlreadyChanged
    for column, value in columns.items():
        set_committed_value(row, column, value)


@cache
def _step_of(model: type[Base]) -> Update:
    columns = model.__table__.c
    as_read = (columns.id == bindparam("read_id")) & (columns.revision == bindparam("read_revision"))
    return update(model.__table__).where(as_read)  # type: ignore[arg-type]


def actor(by: Identity) -> str:
    """Name and unit as they are now: history keeps them even when people move on."""
    return f"{by.name}（{by.unit_name}）" if by.unit_name else by.name
