"""Claim several tasks at once: each is a claim of its own, and what became of it is told."""

from collections.abc import Iterable, Mapping

from errors import AlreadyChanged, NotAllowed, NotFound, TaskNotOpen
from models import Identity
from operations.tasks import claim_task

AT_ONCE = 50  # tasks: a page of the inbox


def claim_each(task_ids: Iterable[str], *, by: Identity) -> Mapping[str, str]:
    """By task id why it was not claimed, in a sentence; "" when it was. Each in a transaction of its own, so one that
    a colleague was faster with stops none of the others; more than a page of them are left alone.

    Raises StorageUnavailable; what was claimed before that stays claimed.
    """
    return {task_id: _why_not(task_id, by) for task_id in list(dict.fromkeys(task_ids))[:AT_ONCE]}


def _why_not(task_id: str, by: Identity) -> str:
    try:
        claim_task(task_id, by=by)
    except (NotFound, NotAllowed, TaskNotOpen, AlreadyChanged) as error:
        return str(error)
    return ""
