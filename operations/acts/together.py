"""Claim, pass on (转办) or copy (抄送) several tasks at once: each is an act of its own, and what became of it is told.

Each is done in a transaction of its own, so one that a colleague was faster with stops none of the others. More than a
page of them are left alone. All raise StorageUnavailable; what was done before that stays done.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import select

from engine.forms import clean
from errors import AlreadyChanged, InvalidForm, MessageNotAccepted, NotAllowed, NotFound, TaskNotOpen
from models import Identity, Task, session
from models.task import IS_OPEN
from operations.acts import copies, passing_on
from operations.acts.tasks import claim_task
from operations.gate.held_posts import ChosenPost, choices_of

AT_ONCE = 50  # tasks: a page of the inbox


def claim_each(task_ids: Iterable[str], *, by: Identity) -> Mapping[str, str]:
    """By task id why it was not claimed, in a sentence; "" when it was."""
    return _each(chosen(task_ids), lambda task_id: claim_task(task_id, by=by))


def pass_on_each(
    task_ids: Iterable[str], values: Mapping[str, Any], *, by: Identity, request: str | None = None
) -> Mapping[str, str]:
    """By task id why it was not passed on to `values["to"]`; "" when it was.

    Raises InvalidForm before the first one; not when the same request comes again, and all of them are gone.
    """
    tasks = chosen(task_ids)
    if _mine(tasks, by):
        clean(passing_on.FORM, values, {"posts": choices_of(posts_to_pass_on(tasks, by))})
    return _each(tasks, lambda task_id: passing_on.pass_on_task(task_id, values, by=by, request=request))


def copy_each(
    task_ids: Iterable[str], values: Mapping[str, Any], *, by: Identity, request: str | None = None
) -> Mapping[str, str]:
    """By task id why its case was not copied to `values["to"]`; "" when it was. Of several tasks of one case only the
    first is told of: it is copied once. Raises InvalidForm before the first one.
    """
    clean(copies.FORM, values, {"posts": choices_of(copies.posts_of_county(by))})
    cases = {task.case_id: task.id for task in reversed(_mine(chosen(task_ids), by))}
    case_of = {task_id: case_id for case_id, task_id in cases.items()}
    mine = [task_id for task_id in chosen(task_ids) if task_id in case_of]
    return _each(mine, lambda task_id: copies.copy_case(case_of[task_id], values, by=by, request=request))


def chosen(task_ids: Iterable[str]) -> list[str]:
    """As many as are done at once, each once."""
    return list(dict.fromkeys(task_ids))[:AT_ONCE]


def posts_to_pass_on(task_ids: Iterable[str], by: Identity) -> list[ChosenPost]:
    """The posts that at least one of these tasks may be passed on to."""
    alike = {(task.post, task.confidential): task for task in _mine(task_ids, by)}
    found = {post.key: post for task in alike.values() for post in passing_on.posts_for(task)}
    return sorted(found.values(), key=lambda post: post.name)


def _mine(task_ids: Iterable[str], by: Identity) -> list[Task]:
    """Of these the open tasks of this person's posts, in the order of their choice."""
    ids = list(task_ids)
    rows = session.scalars(select(Task).where(Task.id.in_(ids), IS_OPEN, Task.post.in_(by.post_keys)))
    return sorted(rows, key=lambda task: ids.index(task.id))


def _each(task_ids: Iterable[str], act: Callable[[str], object]) -> dict[str, str]:
    return {task_id: _why_not(task_id, act) for task_id in task_ids}


def _why_not(task_id: str, act: Callable[[str], object]) -> str:
    try:
        act(task_id)
    except InvalidForm as error:
        return "".join(error.problems.values())
    except (NotFound, NotAllowed, TaskNotOpen, AlreadyChanged, MessageNotAccepted) as error:
        return str(error)
    return ""
