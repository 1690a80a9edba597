"""What a completion leaves behind so that it can be taken back (撤回): the state of before stays in the case's row, the
rest is a few values beside it. It holds as long as nothing else moves the case (operations/acts/recalling.py).
"""

from dataclasses import dataclass
from typing import Any

import handlers
from models import Identity, Task
from operations.gate.moves import Move

#: Facts that a form or a 交办 puts on the case. Its number and query code stay: they were told.
FACTS = ("title", "status", "mark", "lead_org", "satisfaction", "confidential", "reporter", "closed_at")

#: After these there is nothing to take back: the state of before is of another version, or is in force again.
LAST = frozenset({"recalled", "migrated", "migrated_back"})

#: Services that only the holders of clues may know of.
CLUES = "clue."


@dataclass(frozen=True)
class RecallPoint:
    """Taken before a task is completed."""

    task_id: str
    by: int | None
    facts: dict[str, Any]


def point_of(move: Move, task: Task) -> RecallPoint:
    case = move.instance.case
    return RecallPoint(task.id, move.host.context.by.id, {fact: getattr(case, fact) for fact in FACTS})


def undo_columns(move: Move) -> dict[str, Any]:
    """What the row of the case says of taking this move back. `keep`: that its state of before stays there."""
    point, host = move.point, move.host
    if move.execution.ended or move.kind in LAST:
        return {"undo": None, "before": None}
    if point is None:
        return {}
    undo: dict[str, Any] = {"revision": move.instance.revision + 1, "task": point.task_id, "by": point.by}
    if sent := lasting(host.called):
        return {"undo": undo | {"sent": [] if _is_secret(move) else sent}, "before": None}
    case = move.instance.case
    facts = {fact: value for fact, value in point.facts.items() if value != getattr(case, fact)}
    undo |= {"facts": facts, "units": host.context.joined, "withdrawn": move.withdrawn}
    return {"undo": undo | {"deadlines": host.deadlines.undo()}, "keep": True}


def lasting(called: list[str]) -> list[str]:
    """The names of those of these services whose effect cannot be taken back."""
    known = handlers.catalogue()
    return list(dict.fromkeys(known[each].name for each in called if not known[each].undoable))


def _is_secret(move: Move) -> bool:
    """Whether what the services did must not be named to whoever made the move (XT-20)."""
    secrets = move.definition.secrets
    return any(step.element in secrets for step in move.execution.trail) or any(
        key.startswith(CLUES) for key in move.host.called
    )


def is_of(undo: dict[str, Any] | None, task: Task, by: Identity) -> bool:
    """Whether this is the step of this task, by this person."""
    return undo is not None and (undo["task"], undo["by"]) == (task.id, by.id)
