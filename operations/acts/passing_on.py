"""Pass a task on to another post of the same unit (转办). The engine does not move: it is the same step, and its
deadline runs on.
"""

from collections.abc import Mapping
from typing import Any

from engine.forms import Field, Form, clean
from errors import InvalidForm, MessageNotAccepted
from models import Identity, Notice, Post, Task, Writes, now, previous_seal, transactional
from models.task import HELD
from operations.acts.tasks import locked_task, workable_task
from operations.gate.held_posts import choices_of, posts_where
from operations.gate.passing_posts import posts_for, why_not
from operations.gate.requests import already_handled, remember, request_key
from operations.gate.revisions import add_revision, step
from reference.people import post_name

FORM = Form(
    "pass_on",
    "转办",
    (
        Field("", "text", "任务交给本单位的另一个岗位，时限不变；理由记入办理经过，对方收到通知。"),
        Field("to", "select", "转给", required=True, choices_key="posts"),
        Field("reason", "textarea", "转办理由", required=True, max_length=500),
    ),
    {},
)


@transactional
def pass_on_task(task_id: str, values: Mapping[str, Any], *, by: Identity, request: str | None = None) -> Task:
    """Give the task to the post `values["to"]` for `values["reason"]`: it leaves this post's inbox, unclaimed.

    Raises NotFound, NotAllowed, TaskNotOpen, AlreadyChanged (P2), MessageNotAccepted for why_not_now(), InvalidForm
    also for a post that why_not() refuses.
    """
    request = request_key(request, "pass_on", task_id, by=by)
    row = locked_task(task_id)
    if row and already_handled(request):  # it is before another post now
        return row
    task, at = workable_task(row, by), now()
    by = by.at(task.post)
    if problem := why_not_now(task):
        raise MessageNotAccepted(problem)
    given = _checked(task, values)
    writes, before = Writes(), post_name(task.post)
    step(writes, task, post=given["to"], inbox_key=given["to"], claimed_by=None)
    told = f"由{before}转给{post_name(task.post)}，理由：{given['reason']}"
    add_revision(
        writes,
        task.instance,
        previous_seal(task.instance_id),
        kind="passed_on",
        element=task.element,
        name=task.name,
        by=by,
        at=at,
        notes=[["passed_on", told, task.element]],
    )
    text = f"{by.name}转办“{task.name}”：{task.instance.case.title}。理由：{given['reason']}"
    writes.add(Notice, case_id=task.case_id, post=task.post, text=text, at=at)
    remember(writes, request, case_id=task.case_id, task_id=task.id, at=at)
    writes.send()
    return task


def why_not_now(task: Task) -> str:
    """Why nobody may pass this task on now, in a sentence; "" when they may."""
    if task.asked == HELD:  # it would be completed in the name of somebody who has given it away
        return "任务已经提交、正在等答复，不能转办；请先取回。"
    return ""


def _checked(task: Task, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the form. Raises InvalidForm, which says of a post that may not have it why."""
    try:
        return clean(FORM, values, {"posts": choices_of(posts_for(task))})
    except InvalidForm as error:
        why = "".join(why_not(task, post) for post in posts_where(Post.key == str(values.get("to"))))
        raise InvalidForm(error.problems | ({"to": why} if why else {})) from None
