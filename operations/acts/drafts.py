"""Keep what somebody has typed into a form and is not ready to hand in (存草稿)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select

from engine.forms import Form, drafted
from errors import MessageNotAccepted, NotFound
from models import Draft, Identity, Task, User, now, session, transactional
from models.task import HELD
from operations.acts.cases import registering_post
from operations.acts.tasks import locked_task, workable_task
from reference import definitions


@transactional
def save_task_draft(task_id: str, values: Mapping[str, Any], *, by: Identity, action: str = "") -> None:
    """Keep what was typed on a task's form, or on the form of an event on it; it takes the place of the draft before.

    Nothing is checked. Whoever may hand the form in may keep a draft of it: raises NotFound, NotAllowed, TaskNotOpen,
    MessageNotAccepted of the task's own form while one is held.
    """
    task = workable_task(locked_task(task_id), by)  # whoever completes it now waits, or was first
    if task.asked == HELD and not action:  # it would be lost, or what is held, when that comes back as a draft
        raise MessageNotAccepted("这个任务已经提交、正在等答复，不再存草稿；要改请先取回。")
    name, form = _form_on(task, action)
    _save(by, name, drafted(form, values), task_id=task.id, action=action)


@transactional
def save_registration_draft(flow: str, values: Mapping[str, Any], *, by: Identity) -> None:
    """Keep what was typed on the form that registers a case. Raises NotFound, NotAllowed (XT-03)."""
    registering_post(flow, by)
    row = definitions.newest(flow)
    form = definitions.definition(row.id).first_form
    if form is None:
        raise NotFound
    session.get(User, by.id, with_for_update={"key_share": True})  # two tabs of one person, one after the other
    _save(by, row.name, drafted(form, values), flow=flow)


@transactional
def delete_draft(draft_id: int, *, by: Identity) -> tuple[str, str, str]:
    """Throw one's own draft away; the task, action and flow it was of. Raises NotFound."""
    mine = (Draft.id == draft_id) & (Draft.user_id == by.id)
    row = session.execute(select(Draft.task_id, Draft.action, Draft.flow).where(mine)).first()
    if row is None:
        raise NotFound
    session.execute(delete(Draft).where(mine))
    return row.task_id, row.action, row.flow


def _form_on(task: Task, action: str) -> tuple[str, Form]:
    """The form of the task, or of an event that the diagram has on it, and what users call it."""
    definition = definitions.definition(task.instance.definition_id)
    if not action:
        name, form = task.name, definition.form_at(task.element)
    elif (event := definition.elements.get(action)) and event.attached_to == task.element:
        name, form = event.name, definition.form_at(action)
    else:
        raise NotFound
    if form is None:
        raise NotFound
    return name, form


def _save(by: Identity, name: str, values: dict[str, Any], **of: str) -> None:
    draft = session.scalar(select(Draft).filter_by(user_id=by.id, **({"task_id": "", "action": "", "flow": ""} | of)))
    if draft is None:
        draft = Draft(user_id=by.id, **of)
        session.add(draft)
    draft.name, draft.values, draft.at = name, values, now()
