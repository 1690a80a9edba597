"""Drafts end with what they are of: a form that is handed in, a task that closes. The caller sends and commits."""

from sqlalchemy import bindparam, delete, update

from models import Draft, Identity, Writes

_drafts = Draft.__table__.c
_all_of_task = (
    delete(Draft.__table__)  # type: ignore[arg-type]
    .where(_drafts.task_id == bindparam("task"))
    .execution_options(may_find_none=True)
)
_one_form = (
    delete(Draft.__table__)  # type: ignore[arg-type]
    .where(_drafts.user_id == bindparam("user"), _drafts.task_id == bindparam("task"))
    .where(_drafts.action == bindparam("action"), _drafts.flow == bindparam("flow"))
    .execution_options(may_find_none=True)
)


_to_heir = (
    update(Draft.__table__)  # type: ignore[arg-type]
    .where(_drafts.task_id == bindparam("task"))
    .values(task_id=bindparam("heir"))
    .execution_options(may_find_none=True)
)


def pass_drafts_on(writes: Writes, task_id: str, heir: str) -> None:
    """The step begins anew in the task `heir`: what was typed so far is of that."""
    writes.change(_to_heir, task=task_id, heir=heir)


def drop_drafts_of_task(writes: Writes, task_id: str) -> None:
    """The task is closed: nobody goes on with any form of it."""
    writes.change(_all_of_task, task=task_id)


def drop_draft(writes: Writes, by: Identity, *, task_id: str = "", action: str = "", flow: str = "") -> None:
    """This form was handed in by its writer; colleagues keep theirs."""
    writes.change(_one_form, user=by.id, task=task_id, action=action, flow=flow)
