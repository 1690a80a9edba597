"""Urge whoever a case waits for (催办), by a notice: no paper, no step of the ladder, no deadline moves (C-08)."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from config import ZONE
from engine.forms import Field, Form, clean
from errors import MessageNotAccepted, NotAllowed
from models import Case, Identity, Notice, Task, Writes, now, previous_seal, session, transactional
from models.outbox import URGE
from models.task import IS_OPEN
from operations.gate.requests import already_handled, remember, request_key
from operations.gate.revisions import add_revision
from operations.gate.visibility import in_whose_name, is_office_of, locked_for
from reference.people import post_names

FORM = Form("urge", "催办", (Field("words", "textfield", "催办的话（可不填）", max_length=200),), {})


@transactional
def urge_case(case_id: int, values: Mapping[str, Any], *, by: Identity, request: str | None = None) -> str:
    """Send a notice, with `values["words"]`, to each post that holds an open task; once a day a case and person.
    Returns the names of the posts.

    Raises NotFound, NotAllowed for who neither registered the case nor sees all, InvalidForm, MessageNotAccepted when
    this person has urged today or the case waits for nobody else.
    """
    request = request_key(request, "urge", str(case_id), by=by)
    instance = locked_for(case_id, by)
    case, at = instance.case, now()
    posts = _by_post(tasks_to_urge(_open_tasks(case), by))
    names = "、".join(post_names(posts).values())
    if already_handled(request):
        return names
    if not is_office_of(case, by):
        raise NotAllowed("只有登记这个事项的单位和统管部门可以催办。")
    words = clean(FORM, values)["words"] or ""
    today = request_key(f"{at.astimezone(ZONE):%Y-%m-%d}", "urged", str(case_id), by=by)
    if already_handled(today):
        raise MessageNotAccepted("您今天已经催办过这个事项，明天可以再催。")
    if not posts:
        raise MessageNotAccepted("现在没有等别的岗位办理的任务，不用催办。")
    by = in_whose_name(case.id, by)
    writes = Writes()
    for post, tasks in posts.items():
        text = f"{by.name}催办“{'、'.join(tasks)}”：{case.title}。{words}"
        writes.add(Notice, case_id=case.id, post=post, kind=URGE, text=text, at=at)
    notes = [["words", f"催办的话：{words}", ""]] if words else []
    add_revision(writes, instance, previous_seal(instance.id), kind="urged", name=names, by=by, at=at, notes=notes)
    for each in (request, today):
        remember(writes, each, case_id=case.id, task_id="", at=at)
    writes.send()
    return names


def tasks_to_urge(tasks: Iterable[Task], by: Identity) -> list[Task]:
    """Of these open tasks those that others hold. Of a confidential one nobody hears this way (XT-20)."""
    return [task for task in tasks if not task.confidential and task.post not in by.post_keys]


def _open_tasks(case: Case) -> Iterable[Task]:
    return session.scalars(select(Task).where(Task.case_id == case.id, IS_OPEN).order_by(Task.created_at, Task.id))


def _by_post(tasks: Iterable[Task]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for task in tasks:
        found.setdefault(task.post, []).append(task.name)
    return found
