"""A revision of a case and the history row that tells of it: always both, never one (C-02, P1)."""

from functools import cache
from typing import Any

from sqlalchemy import Update, bindparam, update
from sqlalchemy.orm.attributes import set_committed_value

from models import Base, HistoryEvent, Identity, ProcessInstance, Task, Writes, previous_seal
from models.history import seal
from operations.gate.audit import note

#: Rows that the audit has as well (S-01): kind of the row, kind there.
LOOKS = {"revealed": "look", "viewed": "look", "taken": "taken", "taken_clue": "taken"}


def record(instance: ProcessInstance, *, kind: str, by: Identity, at: Any, **told: Any) -> None:
    """What somebody did to a case without moving it: its next revision and the history row, at once.

    Raises AlreadyChanged when the case has moved since it was read (P2).
    """
    writes = Writes()
    add_revision(writes, instance, previous_seal(instance.id), kind=kind, by=by, at=at, **told)
    writes.send()
    if kind in LOOKS:
        # Whoever reads the audit has no part in the case: that there is a clue is not theirs to know (XT-20).
        which = f"{instance.case.case_no or '未编号'}：{told.get('name', '')}"
        note(LOOKS[kind], "一份保密文书" if kind == "taken_clue" else which, by)


def add_revision(
    writes: Writes,
    instance: ProcessInstance,
    previous: str,
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
    """Raise the revision by one, set `columns` of the instance, and add the history row after the seal `previous`."""
    step(writes, instance, **columns)
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
    writes.add(HistoryEvent, **event, seal=seal(previous, event))


def change(row: ProcessInstance | Task, **columns: Any) -> None:
    """Compare and set (P2, P3): give the row its next revision and these values, at once.

    Raises AlreadyChanged when it is no longer as it was read.
    """
    writes = Writes()
    step(writes, row, **columns)
    writes.send()


def step(writes: Writes, row: ProcessInstance | Task, *, keep: bool = False, **columns: Any) -> None:
    """The same, to be sent with other rows. `keep`: the state that an instance has until now stays as `before`."""
    as_read = {"read_id": row.id, "read_revision": row.revision}
    columns["revision"] = row.revision + 1
    writes.change(_step_of(type(row), keep), **as_read, **columns)
    for column, value in columns.items():
        set_committed_value(row, column, value)


@cache
def _step_of(model: type[Base], keep: bool) -> Update:
    columns = model.__table__.c
    as_read = (columns.id == bindparam("read_id")) & (columns.revision == bindparam("read_revision"))
    changed = update(model.__table__).where(as_read)  # type: ignore[arg-type]
    return changed.values(before=columns.state) if keep else changed


def actor(by: Identity) -> str:
    """Name and unit as they are now: history keeps them even when people move on."""
    return f"{by.name}（{by.unit_name}）" if by.unit_name else by.name
