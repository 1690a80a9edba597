"""Somebody leaves: all they have claimed goes to a colleague or back before its posts, in one act (移交)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from engine.forms import Field, Form, clean
from errors import InvalidForm, NotAllowed, NotFound
from models import Draft, Identity, Notice, Task, User, now, session, transactional
from models.task import IS_OPEN
from operations.gate.revisions import change, record
from operations.people.accounts import disable_user, take_post
from operations.people.giving_back import claimed_task, give_back_all
from operations.people.organisation_log import note_change
from operations.people.people_named import WHO, person_named
from reference.people import identity, post_names

FORM = Form(
    "hand_over",
    "移交",
    (
        Field("person", "textfield", "移交给", f"{WHO}不填的放回各自的岗位，由同岗位的同事认领。", max_length=60),
        Field("reason", "textarea", "理由", "记入每个事项的办理经过。", required=True, max_length=500),
        Field("leaves", "checkbox", "调离：同时免去全部岗位，停用账号"),
    ),
    {},
)


@dataclass(frozen=True)
class HandedOver:
    """`drafts` are what the one who leaves has begun and not handed in: nobody else ever reads them."""

    tasks: int
    drafts: int
    to: str  # name of the colleague; "" where they went back before their posts


@transactional
def hand_over(username: str, values: Mapping[str, Any], *, by: Identity) -> HandedOver:
    """Give every open task that this person has claimed to `values["person"]`, who holds its post, or back before it,
    for `values["reason"]`; with `leaves` the person then gives up all posts and signs in no more. All of it or nothing.

    Raises NotAllowed, NotFound, AlreadyChanged, InvalidForm also for a colleague who does not hold one of the posts.
    """
    if not by.can("accounts"):
        raise NotAllowed("只有安全管理员可以移交。")
    user = session.scalar(select(User).where(User.username == username))
    if user is None:
        raise NotFound
    given = clean(FORM, values)
    colleague = person_named(given["person"], "person") if given["person"] else None
    if colleague:
        _require_posts(colleague, user)
    to = colleague.name if colleague else ""
    why = f"{user.name}移交给{to}" if to else f"{user.name}移交，放回岗位"
    why += f"，理由：{given['reason']}"
    tasks = _give_all(user, colleague, by, why) if colleague else give_back_all(user, by, why=why)
    note_change(f"{why}；在办任务{tasks}件", by, user=user)
    if given["leaves"]:
        _leave(user, by)
    drafts = select(func.count()).select_from(Draft).where(Draft.user_id == user.id)
    return HandedOver(tasks, session.scalar(drafts) or 0, to)


def claimed_by_post(user: User) -> dict[str, int]:
    """How many open tasks this person has claimed, by the name of the post."""
    mine = session.scalars(select(Task.post).where(IS_OPEN, Task.inbox_key == f"user:{user.id}")).all()
    names = post_names(mine)
    return {names[post]: number for post, number in sorted(Counter(mine).items())}


def _require_posts(colleague: User, user: User) -> None:
    """Whoever gets a task can do it: they hold its post, or stand in there today."""
    if colleague.id == user.id:
        raise InvalidForm({"person": f"{user.name}就是本人，请写另一人；不填的放回岗位。"})
    held = identity(colleague.id)
    posts = set(session.scalars(select(Task.post).where(IS_OPEN, Task.inbox_key == f"user:{user.id}")))
    if missing := sorted(posts - (held.post_keys if held else frozenset())):
        names = "、".join(post_names(missing)[key] for key in missing)
        raise InvalidForm(
            {"person": f"{colleague.name}没有担任{names}，办不了那里的任务；请先任职，或者不填，放回岗位。"}
        )


def _give_all(user: User, colleague: User, by: Identity, why: str) -> int:
    mine = select(Task.id, Task.instance_id).where(IS_OPEN, Task.inbox_key == f"user:{user.id}")
    rows = session.execute(mine.order_by(Task.instance_id, Task.id)).all()
    return sum(_give(task_id, instance_id, user, colleague, by, why) for task_id, instance_id in rows)


def _give(task_id: str, instance_id: int, user: User, colleague: User, by: Identity, why: str) -> bool:
    task = claimed_task(task_id, instance_id, user)
    if task is None:
        return False
    change(task, inbox_key=f"user:{colleague.id}", claimed_by=colleague.id)
    notes = [["handed_over", why, task.element]]
    record(task.instance, kind="handed_over", by=by, at=now(), element=task.element, name=task.name, notes=notes)
    text = f"“{task.name}”由{why.partition('，理由：')[0]}：{task.instance.case.title}。"
    session.add(Notice(case_id=task.case_id, post=task.post, text=text, at=now()))
    return True


def _leave(user: User, by: Identity) -> None:
    for post in list(user.posts):
        take_post(user.username, post.key.removeprefix("post:"), by=by)
    disable_user(user.username, by=by)
